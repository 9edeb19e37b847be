"""The commands: good input, bad input and none; exit codes and both streams."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click import Choice
from click.testing import CliRunner, Result

from kg.cli.main import cli
from kg.cli.output import width
from kg.export.answer_files import ANSWER_FORMATS
from kg.export.formats import FORMATS

Run = Callable[..., Result]

SAMPLE = Path(__file__).resolve().parent / "sample"
ASK_TYPE = "PREFIX bde: <https://w3id.org/beijing-digital-economy/ontology#>\nSELECT ?x { ?x a $type } ORDER BY ?x\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command on the sample, in an empty folder, in English."""
    monkeypatch.setenv("KG_DATA", str(SAMPLE))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, list(arguments), input=stdin, prog_name="kg")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_has_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5
    assert "\\b" not in result.stdout


def test_help_lists_every_command_whole(run: Run) -> None:
    listed = run("--help").stdout
    assert all(f"  {name} " in listed for name in cli.commands)
    assert not any(line.endswith("...") for line in listed.splitlines()[1:])


@pytest.mark.parametrize(
    "arguments", [["find"], ["show"], ["path", "a"], ["query"], ["export"], ["verify", "a"], ["nonse"]]
)
def test_what_is_missing_or_unknown_is_a_usage_error(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_find_lists_hits(run: Run) -> None:
    result = run("find", "changanlian")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2].split()[0] == "changan-chain"


def test_find_takes_words_without_quotes(run: Run) -> None:
    assert "trusted-data-space" in run("find", "space", "trusted").stdout


def test_find_writes_json(run: Run) -> None:
    (hit,) = json.loads(run("find", "長安鏈", "--json").stdout)
    assert (hit["entity"]["id"], hit["entity"]["name"]["zh"], hit["reason"]) == (
        "changan-chain",
        "长安链",
        "traditional",
    )


def test_find_without_a_hit_is_1(run: Run) -> None:
    result = run("find", "xyzzy", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])
    assert "Nothing is called “xyzzy”" in result.stderr


def test_find_of_nothing_is_a_wrong_command(run: Run) -> None:
    result = run("find", " ")
    assert result.exit_code == 2
    assert "give a name" in result.stderr


def test_find_names_the_types_that_there_are(run: Run) -> None:
    assert json.loads(run("find", "技术", "--type", "agency", "--json").stdout)[0]["entity"]["type"] == "agency"
    result = run("find", "x", "--type", "agncy")
    assert result.exit_code == 2
    assert "agency, person, technology" in result.stderr


def test_show_says_everything_with_its_words(run: Run) -> None:
    shown = run("show", "changan-chain", "--lang", "zh").stdout
    for words in (
        "长安链 · Chang'an Chain",
        "超2.4万亿条",
        "“累计共享数据超2.4万亿条” — 刘卫华",
        "计划, 已宣布",
        "ChainMaker",
    ):
        assert words in shown


def test_show_takes_a_name_a_source_and_a_statement(run: Run) -> None:
    card = json.loads(run("show", "cal", "--json").stdout)
    assert card["entity"]["id"] == "changan-chain"
    assert card["figures"][0]["value"] == 2400000000000
    statement = card["figures"][0]["statement"]
    assert "累计共享数据超2.4万亿条" in run("show", statement).stdout
    assert "statements: 6" in run("show", "2025-01-05-sample").stdout


def test_show_says_when_it_takes_a_guess(run: Run) -> None:
    result = run("show", "changan-chian")
    assert result.exit_code == 0
    assert "taken for changan-chain" in result.stderr


def test_show_lists_what_may_be_meant(run: Run) -> None:
    result = run("show", "技术")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "isolated-technology" in result.stderr
    assert "science-commission" in result.stderr


def test_show_of_nothing_known_is_1(run: Run) -> None:
    result = run("show", "xyzzy")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Error: No entity “xyzzy”" in result.stderr


def test_path_shows_each_step(run: Run) -> None:
    result = run("path", "刘卫华", "trusted-data-space")
    assert result.stdout.startswith(
        "1. Liu Weihua → Beijing STC → Chang'an Chain → Trusted Data Space (3 steps, partly planned)"
    )
    assert "“市科委牵头长安链”" in result.stdout


def test_path_writes_json(run: Run) -> None:
    (way,) = json.loads(run("path", "liu-weihua", "changan-chain", "--json").stdout)
    assert [hop["rows"][0]["relation"] for hop in way["hops"]] == ["holds-post-at", "leads"]


def test_a_path_from_a_thing_to_itself_is_a_wrong_command(run: Run) -> None:
    result = run("path", "changan-chain", "长安链")
    assert result.exit_code == 2
    assert "two different entities" in result.stderr


def test_an_id_that_does_not_exist_stops_every_command_but_those_for_curators(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(SAMPLE, folder)
    source = folder / "sources" / "2025-01-05-sample.yaml"
    broken = source.read_text(encoding="utf-8").replace("object: changan-chain", "object: changan-chian")
    source.write_text(broken, encoding="utf-8")
    for arguments in (("find", "cal"), ("export", "turtle", "-o", "-"), ("stats",)):
        result = run(*arguments, "--data", str(folder))
        assert (result.exit_code, result.stdout) == (1, "")
        assert "Did you mean changan-chain?" in result.stderr


def test_no_path_is_said_and_is_no_error(run: Run) -> None:
    result = run("path", "liu-weihua", "trusted-data-space", "--avoid", "changan-chain")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no way was found" in result.stderr


def test_stats_counts(run: Run) -> None:
    assert json.loads(run("stats", "--json").stdout)["types"] == {"technology": 3, "person": 2, "agency": 1}
    assert "陈述" in run("stats", "--lang", "zh").stdout


def test_query_reads_a_file_with_parameters(run: Run, tmp_path: Path) -> None:
    Path("q.rq").write_text(ASK_TYPE, encoding="utf-8")
    result = run("query", "q.rq", "--param", "type=bde:Agency")
    assert result.stdout.splitlines() == ["x", "──────────────────────", "ent:science-commission"]


def test_query_reads_stdin_even_with_a_byte_order_mark(run: Run) -> None:
    assert run("query", "-", stdin=b"\xef\xbb\xbfASK { ?s ?p ?o }").stdout == "yes\n"


def test_query_asks_a_stored_question(run: Run) -> None:
    result = run("query", "@figures_of_metric", "--param", "metric=time-saved", "--format", "csv")
    assert result.stdout.count("\n") == 2


@pytest.mark.parametrize(("format_name", "begin"), [
    ("csv", "x\r\n"), ("tsv", "?x\n"), ("json", '{"head"'), ("xml", "<?xml"), ("table", "x\n"),
])  # fmt: skip
def test_query_writes_rows_in_every_format(run: Run, format_name: str, begin: str) -> None:
    text = ASK_TYPE.replace("$type", "bde:Agency")
    assert run("query", "-", "--format", format_name, stdin=text).stdout_bytes.decode().startswith(begin)


@pytest.mark.parametrize("format_name", ["turtle", "ntriples", "jsonld", "rdfxml", "table"])
def test_query_writes_graphs_in_every_format(run: Run, format_name: str) -> None:
    assert "changan-chain" in run("query", "@graph_one_entity", "--format", format_name).stdout


def test_query_knows_every_format_of_an_answer() -> None:
    (option,) = [one for one in cli.commands["query"].params if one.name == "format_name"]
    assert isinstance(option.type, Choice)
    assert set(option.type.choices) == {"table", *ANSWER_FORMATS}


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "xml", "xlsx", "md", "tex", "html", "parquet"])
def test_query_writes_a_file_in_the_format_of_its_ending(run: Run, ending: str) -> None:
    text = ASK_TYPE.replace("$type", "bde:Agency")
    result = run("query", "-", "--output", f"answer.{ending}", stdin=text)
    content = Path(f"answer.{ending}").read_bytes()
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"Wrote answer.{ending} ({len(content):,} bytes, 1 row)" in result.stderr


@pytest.mark.parametrize(("ending", "begin"), [("json", "[{"), ("xml", "<?xml"), ("ttl", "# "), ("csv", "subject,")])
def test_query_writes_a_graph_in_the_format_of_its_ending(run: Run, ending: str, begin: str) -> None:
    assert run("query", "@graph_one_entity", "-o", f"answer.{ending}").exit_code == 0
    assert Path(f"answer.{ending}").read_text(encoding="utf-8").startswith(begin)


def test_a_file_of_an_answer_has_labels_and_tells_where_it_is_from(run: Run) -> None:
    page = run("query", "@graph_types", "--format", "markdown", "--lang", "zh").stdout
    assert "数据版本：" in page
    assert "样本发布会" in page
    assert "```sparql" in page


def test_what_is_not_text_needs_a_file(run: Run) -> None:
    result = run("query", "-", "--format", "xlsx", stdin="SELECT ?s { ?s ?p ?o }")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "say where it goes with --output FILE" in result.stderr


def test_what_is_not_text_goes_to_stdout_where_that_is_asked(run: Run) -> None:
    result = run("query", "-", "--format", "xlsx", "-o", "-", stdin="SELECT ?s { ?s ?p ?o }")
    assert result.stdout_bytes.startswith(b"PK")
    assert result.stdout_bytes.endswith(b"\0\0")


def test_a_file_whose_name_tells_no_format_is_a_usage_error(run: Run) -> None:
    result = run("query", "-", "-o", "answer", stdin="ASK {}")
    assert result.exit_code == 2
    assert "does not say in which format" in result.stderr
    assert not Path("answer").exists()


def test_query_refuses_a_format_that_does_not_fit(run: Run) -> None:
    result = run("query", "-", "--format", "turtle", stdin="ASK {}")
    assert result.exit_code == 2
    assert "choose from table, csv" in result.stderr


def test_a_malformed_query_is_shown_with_a_caret(run: Run) -> None:
    result = run("query", "-", stdin='SELECT *\n{ ?s ?p "长安链" ? }')
    assert result.exit_code == 1
    line, caret = result.stderr.splitlines()[-2:]
    assert line == '2 | { ?s ?p "长安链" ? }'
    assert width(line[: line.rindex("?")]) <= len(caret) - 1 <= width(line)


def test_an_unknown_prefix_is_cured(run: Run) -> None:
    result = run("query", "-", stdin="SELECT * { ?s a bde:Agency }")
    assert result.exit_code == 1
    assert "PREFIX bde: <" in result.stderr


@pytest.mark.parametrize("text", [
    "DELETE WHERE { ?s ?p ?o }",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
])  # fmt: skip
def test_what_is_not_allowed_is_refused(run: Run, text: str) -> None:
    result = run("query", "-", stdin=text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")


def test_a_query_that_never_ends_is_stopped(run: Run) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(8)) + " }"
    result = run("query", "-", "--timeout", "0.2", stdin=endless)
    assert result.exit_code == 1
    assert "Stopped after 0.2 s" in result.stderr


def test_an_empty_answer_is_an_answer(run: Run) -> None:
    result = run("query", "-", stdin="SELECT ?s { ?s ?p 'no such text' }")
    assert result.exit_code == 0
    assert "No rows" in result.stderr


def test_a_cut_answer_says_so(run: Run) -> None:
    result = run("query", "-", "--rows", "3", "--format", "tsv", stdin="SELECT ?s { ?s ?p ?o }")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 4)
    assert "Cut after 3 rows" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["query", "@no_such"], "No stored question"),
        (["query", "nowhere.rq"], "nowhere.rq"),
        (["query", "latin1.rq"], "UTF-8"),
        (["query", "@figures_of_metric", "--param", "metrik=x"], "No parameter “metrik”. Did you mean metric?"),
        (["questions", "no_such"], "No stored question"),
        (["verify", "no-such", "latin1.rq"], "No source"),
        (["check", "--data", "nowhere"], "there is no such folder"),
        (["stats", "--data", "nowhere"], "there is no such folder"),
    ],
)
def test_what_is_wrong_is_said_and_is_1(run: Run, arguments: list[str], words: str) -> None:
    Path("latin1.rq").write_bytes("ASK { ?s ?p 'é' }".encode("latin-1"))
    result = run(*arguments)
    assert result.exit_code == 1
    assert words in result.output


@pytest.mark.parametrize("value", ["type", "=x", 'type="open'])
def test_a_parameter_that_is_none_is_a_usage_error(run: Run, value: str) -> None:
    assert run("query", "-", "--param", value, stdin=ASK_TYPE).exit_code == 2


def test_every_stored_question_is_checked(run: Run) -> None:
    result = run("questions", "--check", "--data", str(SAMPLE.parents[1] / "data"))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) >= 42


def test_stored_questions_without_an_answer_are_named(run: Run) -> None:
    result = run("questions", "--check")
    assert result.exit_code == 1
    assert "have no answer: @" in result.stderr


def test_questions_are_listed_and_printed(run: Run) -> None:
    assert "@plans_promised" in run("questions").stdout
    assert "谁做什么" in run("questions", "--lang", "zh").stdout
    assert run("questions", "@graph_types").stdout.startswith("# title-zh: ")
    assert {"name", "title", "sparql"} <= set(json.loads(run("questions", "--json").stdout)[0])


def test_a_printed_question_can_be_asked(run: Run) -> None:
    text = run("questions", "figures_of_entity").stdout
    result = run("query", "-", "--param", "entity=ent:changan-chain", "--format", "csv", stdin=text)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 4)


def test_export_writes_a_file_and_says_where(run: Run) -> None:
    result = run("export", "ntriples")
    name = FORMATS["ntriples"].file_name
    assert (result.exit_code, result.stdout) == (0, "")
    assert name in result.stderr
    assert "changan-chain" in Path(name).read_text(encoding="utf-8")


def test_export_to_stdout_is_the_same_twice(run: Run) -> None:
    first, again = (run("export", "nquads", "-o", "-").stdout_bytes for _ in range(2))
    assert first == again
    assert first.endswith(b" .\n")


def test_export_names_its_formats(run: Run) -> None:
    shown = run("export", "--help").stdout
    assert all(name in shown for name in FORMATS)
    result = run("export", "docx")
    assert result.exit_code == 2
    assert "turtle, trig" in result.stderr


def test_export_into_a_folder_that_is_not_there_is_1(run: Run) -> None:
    result = run("export", "csv", "-o", "nowhere/x.csv")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr


def test_check_lists_problems_and_cures(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "entities/technology.yaml:16 [isolated-technology]" in result.stdout
    problems = json.loads(run("check", "--json").stdout)
    assert {"file", "line", "record", "message", "cure"} == set(problems[0])


def test_check_of_the_real_data_is_clean(run: Run, data_dir: Path) -> None:
    result = run("check", "--data", str(data_dir))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No problems" in result.stderr


def test_check_says_what_cannot_even_be_read(run: Run) -> None:
    shutil.copytree(SAMPLE, "copy")
    Path("copy/entities/agency.yaml").write_bytes(b"\xff")
    result = run("check", "--data", "copy")
    assert result.exit_code == 1
    assert "entities/agency.yaml:1" in result.stdout


def test_format_checks_then_rewrites(run: Run) -> None:
    shutil.copytree(SAMPLE, "copy")
    asked = run("format", "--check", "--data", "copy")
    assert asked.exit_code == 1
    assert "entities/person.yaml" in asked.stdout
    assert run("format", "--data", "copy").exit_code == 0
    assert run("format", "--check", "--data", "copy").exit_code == 0


def test_verify_proves_records_and_disproves(run: Run) -> None:
    shutil.copytree(SAMPLE, "copy")
    phrases = ["over 1.8 trillion records", "Ada leads the space"]
    Path("text.txt").write_text(". ".join(phrases), encoding="utf-8")
    proved = run("verify", "2024-06-sample", "text.txt", "--data", "copy")
    assert (proved.exit_code, "2 of 2 phrases proved" in proved.stdout) == (0, True)
    assert run("verify", "2024-06-sample", "text.txt", "--record", "--data", "copy").exit_code == 0
    Path("text.txt").write_text(phrases[0], encoding="utf-8")
    result = run("verify", "2024-06-sample", "text.txt", "--data", "copy")
    assert result.exit_code == 1
    assert "Ada leads the space" in result.stdout
    found = json.loads(run("verify", "2024-06-sample", "text.txt", "--data", "copy", "--json").stdout)
    assert [proof["position"] for proof in found["proofs"]] == [0]


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e300", "0.000001", "0", "-1"])
def test_a_timeout_that_no_one_can_wait_for_is_a_usage_error(run: Run, seconds: str) -> None:
    result = run("query", "-", "--timeout", seconds, stdin="ASK {}")
    assert result.exit_code == 2
    assert "--timeout" in result.stderr


def test_a_part_of_a_name_is_never_shown_as_the_thing_meant(run: Run) -> None:
    result = run("show", "data space")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Did you mean trusted-data-space?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", ""], "a name is empty"),
        (["path", "", ""], "a name is empty"),
        (["path", "liu-weihua", "changan-chain", "--avoid", "liu-weihua"], "cannot avoid liu-weihua"),
        (["stats", "--data", ""], "it is empty"),
        (["query", "-", "--param", "a=1", "--param", "$a=2"], "a is given twice"),
        (["export", "ttl"], "Did you mean turtle?"),
        (["export", "json-ld"], "Did you mean jsonld?"),
        (["export", "TURTLE"], "Did you mean turtle?"),
        (["export", "excel"], "Did you mean xlsx?"),
    ],
)
def test_a_wrong_command_is_told_with_what_to_write(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["query", "@xyzzy"], "“kg questions” lists them"),
        (["query", "@figures_of_entity", "--param", "entity=changan-chian"], "Did you mean changan-chain?"),
        (["query", "@figures_of_metric", "--param", "metric=time-savd"], "Did you mean time-saved?"),
        (["verify", "xyzzy", "text.txt"], "The id of a source is"),
    ],
)
def test_an_unknown_name_is_told_with_what_to_do(run: Run, arguments: list[str], words: str) -> None:
    Path("text.txt").write_text("x", encoding="utf-8")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


def test_a_value_that_is_taken_unasked_is_told(run: Run) -> None:
    assert "entity is big-data-platform unless you say" in run("query", "@figures_of_entity").stderr


def test_what_to_run_after_a_format_check_names_the_same_folder(run: Run) -> None:
    shutil.copytree(SAMPLE, "a copy")
    assert "Run: kg format --data 'a copy'" in run("format", "--check", "--data", "a copy").stderr


def test_recording_is_only_advised_where_it_would_succeed(run: Run) -> None:
    Path("text.txt").write_text("something else", encoding="utf-8")
    assert "--record" not in run("verify", "2024-06-sample", "text.txt").stderr


def test_a_type_with_a_slip_is_told_the_nearest(run: Run) -> None:
    assert "Did you mean agency?" in " ".join(run("find", "x", "--type", "Agncy").stderr.split())


def test_check_says_that_it_did_not_get_to_the_rules(run: Run) -> None:
    shutil.copytree(SAMPLE, "copy")
    assert "was not checked" not in run("check", "--data", "copy").stderr
    Path("copy/entities/agency.yaml").write_bytes(b"\xff")
    assert "What the files say was not checked" in run("check", "--data", "copy").stderr


def test_check_does_not_let_a_file_steer_the_terminal(run: Run) -> None:
    shutil.copytree(SAMPLE, "copy")
    Path("copy/entities/\x07.yaml").write_bytes(b"\xff")
    assert "\x07" not in run("check", "--data", "copy").stdout


def test_another_text_than_the_recorded_one_is_never_told_as_proved(run: Run) -> None:
    shutil.copytree(SAMPLE, "copy")
    phrases = "over 1.8 trillion records. Ada leads the space"
    Path("text.txt").write_text(phrases, encoding="utf-8")
    assert run("verify", "2024-06-sample", "text.txt", "--record", "--data", "copy").exit_code == 0
    Path("text.txt").write_text(f"{phrases}, it says", encoding="utf-8")
    longer = run("verify", "2024-06-sample", "text.txt", "--data", "copy")
    assert "has changed, run again with --record" in longer.stdout
    assert "2 of 2 phrases proved, in a text that is not the recorded one." in longer.stdout
    Path("text.txt").write_text("something else", encoding="utf-8")
    assert "mend the phrases below" in run("verify", "2024-06-sample", "text.txt", "--data", "copy").stdout


def test_a_parameter_without_a_value_is_told_to_be_a_variable(run: Run) -> None:
    result = run("query", "-", stdin=ASK_TYPE)
    assert result.exit_code == 0
    assert "$type has no value, and is a variable" in result.stderr


def test_export_says_which_table_a_spreadsheet_can_open_safely(run: Run) -> None:
    assert "for a formula, in xlsx never" in run("export", "--help").stdout
