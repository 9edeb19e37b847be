"""A query as code that asks an endpoint for it, or this package: for curl, Python, R and JavaScript.

Each language quotes the query in its own way, so that it arrives sign for sign and nothing in it is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, get_args

from kg.engine.answer import Form
from kg.engine.tokens import significant

__all__ = ["LANGUAGES", "Language", "snippet"]

Language = Literal["curl", "sparqlwrapper", "kg", "r", "javascript"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_JSON, _TURTLE = "application/sparql-results+json", "text/turtle"
#: What a person or R reads most easily.
_PLAIN: dict[Form, str] = {"select": "text/csv", "ask": _JSON, "graph": _TURTLE}

_CURL = """\
curl --silent --show-error --fail-with-body --globoff \\
  --header 'Accept: {accept}' \\
  --data-urlencode {query} \\
  --url {endpoint}
"""

_WRAPPER = """\
# pip install sparqlwrapper
from SPARQLWrapper import {names}

query = {query}

endpoint = SPARQLWrapper({endpoint})
endpoint.setMethod(POST)
endpoint.setQuery(query)
endpoint.setReturnFormat({format})
answer = endpoint.query().convert()
{use}
"""

_WRAPPER_USE: dict[Form, str] = {
    "select": """\
for row in answer["results"]["bindings"]:
    print({name: cell["value"] for name, cell in row.items()})""",
    "ask": """print(answer["boolean"])""",
    "graph": "print(answer.decode())",
}

_KG = """\
from kg import load_knowledge, start_engine

query = {query}

with start_engine(load_knowledge()) as engine:
    answer = engine.ask(query)
{use}
"""

_KG_USE: dict[Form, str] = {
    "select": """\
for row in answer.records():
    print({name: cell.value for name, cell in row.items()})""",
    "ask": "print(answer.boolean)",
    "graph": """\
for subject, predicate, thing in answer.triples():
    print(subject.value, predicate.value, thing.value)""",
}

_R = """\
# install.packages("httr2"); needs R 4.1 or newer
library(httr2)

query <- {query}

response <- request({endpoint}) |>
  req_headers(Accept = "{accept}") |>
  req_body_form(query = query) |>
  req_perform()
{use}
"""

_R_USE: dict[Form, str] = {
    "select": """\
answer <- read.csv(text = resp_body_string(response), check.names = FALSE, na.strings = "")
print(answer)""",
    "ask": "print(resp_body_json(response)$boolean)",
    "graph": "cat(resp_body_string(response))",
}

_JAVASCRIPT = """\
// In a browser, or in Node 18 or newer as an .mjs file.
const query = {query};

const response = await fetch({endpoint}, {{
  method: "POST",
  headers: {{ Accept: "{accept}" }},
  body: new URLSearchParams({{ query }}),
}});
if (!response.ok) throw new Error(`${{response.status}}: ${{await response.text()}}`);
{use}
"""

_JAVASCRIPT_USE: dict[Form, str] = {
    "select": """\
const answer = await response.json();
for (const row of answer.results.bindings) {
  console.log(Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.value])));
}""",
    "ask": "console.log((await response.json()).boolean);",
    "graph": "console.log(await response.text());",
}

#: Signs that do not show, or that a language's reader would change: written as escapes.
_HIDDEN = re.compile(
    r"[^\S\n\t ]|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_UNSENDABLE = re.compile(r"[\x00\ud800-\udfff]")
_FORMS: dict[str, Form] = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "graph", "DESCRIBE": "graph"}


def snippet(language: Language, query: str, endpoint: str) -> str:
    """Code in ``language`` that asks ``query`` and prints the answer.

    It asks the SPARQL ``endpoint`` by POST, so a query may be long; "kg" opens the graph itself and needs none. Raises
    ValueError for an endpoint that is no web address, and for a query with a character that cannot be sent.
    """
    if language != "kg" and not endpoint.startswith(("http://", "https://")):
        raise ValueError(f"“{endpoint[:60]}” is no web address: begin it with https://")
    found = _UNSENDABLE.search(query) or _UNSENDABLE.search(endpoint)
    if found:
        raise ValueError(f"the character U+{ord(found[0]):04X} cannot be sent: delete it")
    return _WRITERS[language](query, endpoint, _form(query))


def _form(query: str) -> Form:
    """The form of the answer; a text that is no query is taken for a SELECT, which the endpoint will refuse."""
    words = (token.text.upper() for token in significant(query) if token.kind == "word")
    return next((_FORMS[word] for word in words if word in _FORMS), "select")


def _curl(query: str, endpoint: str, form: Form) -> str:
    return _CURL.format(accept=_PLAIN[form], query=_in_shell(f"query={query}"), endpoint=_in_shell(endpoint))


def _wrapper(query: str, endpoint: str, form: Form) -> str:
    format, names = ("TURTLE", "POST, TURTLE") if form == "graph" else ("JSON", "JSON, POST")
    place = _in_javascript(endpoint, quote='"')  # on one line the two languages quote alike
    return _WRAPPER.format(
        names=f"{names}, SPARQLWrapper", format=format, query=_in_python(query), endpoint=place, use=_WRAPPER_USE[form]
    )


def _kg(query: str, _endpoint: str, form: Form) -> str:
    return _KG.format(query=_in_python(query), use=_KG_USE[form])


def _r(query: str, endpoint: str, form: Form) -> str:
    return _R.format(query=_in_r(query), endpoint=_in_r(endpoint), accept=_PLAIN[form], use=_R_USE[form])


def _javascript(query: str, endpoint: str, form: Form) -> str:
    accept = _TURTLE if form == "graph" else _JSON
    place = _in_javascript(endpoint, quote='"')
    return _JAVASCRIPT.format(query=_in_javascript(query), endpoint=place, accept=accept, use=_JAVASCRIPT_USE[form])


_WRITERS: dict[Language, Callable[[str, str, Form], str]] = {
    "curl": _curl,
    "sparqlwrapper": _wrapper,
    "kg": _kg,
    "r": _r,
    "javascript": _javascript,
}


def _in_shell(text: str) -> str:
    """Between apostrophes a POSIX shell reads nothing but the next apostrophe."""
    return "'" + text.replace("'", "'\\''") + "'"


def _in_python(text: str) -> str:
    """A string over lines. No quote that is left bare stands before another or at the end."""
    written = re.sub(r'"(?="|\Z)', r"\"", text.replace("\\", "\\\\"))
    return f'"""\\\n{_escaped(written)}"""'


def _in_r(text: str) -> str:
    """A raw string, with as many dashes as keep the text from ending it, where a common one would be hard to read."""
    if _HIDDEN.search(text) or not re.search(r'["\\]', text):
        written = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{_escaped(written)}"'
    longest = max((len(run) for run in re.findall(r'\)(-*)"', text)), default=-1)
    dashes = "-" * (longest + 1)
    return f'r"{dashes}({text}){dashes}"'


def _in_javascript(text: str, quote: str = "`") -> str:
    """A template literal over lines, or a string on one line."""
    written = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    written = written.replace("${", "\\${") if quote == "`" else written.replace("\n", "\\n")
    return f"{quote}{_escaped(written)}{quote}"


def _escaped(text: str) -> str:
    return _HIDDEN.sub(lambda sign: "\\r" if sign[0] == "\r" else f"\\u{ord(sign[0]):04x}", text)
