"""What a build asks of the graph, as the patterns of a WHERE clause with the columns that they give.

Each condition takes no more than it needs: where nothing of its far end is shown it is a test, so that it adds no row.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.names import class_iri, concept_iri, decimal_text, entity_iri, source_iri
from kg.model.dates import PartialDate
from kg.model.glossary import Glossary
from kg.query.builder import Build, Link, Marked, Measured, Related
from kg.query.builder_patterns import (
    ABOUT,
    INDEXED,
    NEWEST,
    Column,
    Where,
    block,
    curie,
    flat,
    is_symmetric,
    predicates,
    triple,
    variable_of,
)

__all__ = ["where"]

_SIGNS = {"least": ">=", "most": "<="}


def where(
    build: Build,
    glossary: Glossary,
    thing: str = "thing",
    *,
    counting: bool = False,
    having: str = "",
    indexed: bool = False,
) -> Where:
    """The patterns of a build, with the variable ``thing`` for what it asks for.

    For ``counting`` nothing else, and the pattern ``having``; ``indexed`` where the store has an index.
    """
    made = Where(glossary, f"?{thing}", {thing}, counting, indexed, opened=ABOUT in having)
    made.show(made.thing, "skos:prefLabel")
    if build.type:
        made.lines.append(f"{made.thing} a {curie(class_iri(build.type))} .")
    for one in build.conditions:
        if isinstance(one, Related):
            _related(made, one, build)
        elif isinstance(one, Measured):
            _measured(made, one, build)
        else:
            _marked(made, one, build)
    made.lines += [having] if having else []
    made.count_related()
    if not made.lines:
        made.lines.append(f"GRAPH graph:entities {{ {made.thing} a {made.fresh('kind')} }}")
    _beside(made, build)
    return made


def _related(made: Where, one: Related, build: Build) -> None:
    name = variable_of(one.link, made.glossary)
    end = curie(entity_iri(one.value)) if one.value else made.fresh(name)
    joined = triple(one.link, made.thing, end, made.glossary)
    far, rest = _of_type(made, one, end)
    if "words" in build.show:
        _stated(made, one.link, end, name)
        made.lines += rest
    elif one.value or "ends" in build.show:
        made.lines += [joined, *rest]
    elif rest:
        made.only([joined, *rest])
    elif made.counting:
        made.related.append(joined)
    else:
        made.tests.append(f"FILTER EXISTS {{ {joined} }}")
    if not one.value and "ends" in build.show:
        made.show(end, "skos:prefLabel", one.link)
        if far:
            made.show(far, "skos:prefLabel", one.then)
    if one.link.hold == "either" and "words" not in build.show and not made.counting:
        inside = triple(Link(one.link.relation, one.link.outgoing), made.thing, end, made.glossary)
        open_end = not one.value and "ends" not in build.show
        planned = made.fresh(f"{name}_planned")
        made.tests.append(f"BIND (NOT EXISTS {{ {' '.join([inside, *(rest if open_end else ())])} }} AS {planned})")
        made.show(planned)


def _of_type(made: Where, one: Related, end: str) -> tuple[str, list[str]]:
    """What the far end must be, and the variable of its own far end if that is open."""
    lines = [f"{end} a {curie(class_iri(one.type))} ."] if one.type else []
    if one.then is None:
        return "", lines
    far = "" if one.then_value else made.fresh(variable_of(one.then, made.glossary))
    beyond = far or curie(entity_iri(one.then_value))
    return far, [*lines, triple(one.then, end, beyond, made.glossary)]


def _stated(made: Where, link: Link, end: str, name: str) -> None:
    """The statement that the relation rests on: in a statement the relation stands as a value."""
    statement, predicate = made.fresh("statement"), "".join(predicates(link)[:1])
    if link.hold == "either":
        predicate, planned = made.fresh("relation"), made.fresh(f"{name}_planned")
        rows = " ".join(f"({one} {'true' if place else 'false'})" for place, one in enumerate(predicates(link)))
        made.lines.append(f"VALUES ({predicate} {planned}) {{ {rows} }}")
        made.show(planned)
    ends = [("rdf:subject", made.thing), ("rdf:object", end)]
    if is_symmetric(link, made.glossary):
        turned = [("rdf:subject", end), ("rdf:object", made.thing)]
        made.lines.append(" UNION ".join(f"{{ {flat(block(statement, one))} }}" for one in (ends, turned)))
        ends = []
    elif not link.outgoing:
        ends = [("rdf:subject", end), ("rdf:object", made.thing)]
    made.block(statement, [*ends[:1], ("rdf:predicate", predicate), *ends[1:], *_words(made)])


def _words(made: Where) -> list[tuple[str, str]]:
    phrase, source = made.fresh("phrase"), made.fresh("source")
    made.words += [Column(phrase[1:]), Column(source[1:])]
    return [("bde:phrase", phrase), ("dcterms:source", source)]


def _measured(made: Where, one: Measured, build: Build) -> None:
    figure = made.fresh("figure")
    pairs = [("bde:subject", made.thing), ("bde:metric", curie(concept_iri("metric", one.metric)))]
    shown = "figures" in build.show
    value = made.fresh("value") if shown or one.sign else ""
    pairs += [("bde:value", value)] if value else []
    if one.hold != "either":
        pairs.append(("bde:aim", "aim:target" if one.hold == "planned" else "aim:achieved"))
    if not shown:
        made.block(figure, [*pairs, *(_words(made) if "words" in build.show else ())])
    else:
        _figure(made, figure, pairs, value, says=one, aim=one.hold == "either", words="words" in build.show)
    if one.sign:
        made.tests.append(f"FILTER ({value} {_SIGNS[one.sign]} {decimal_text(one.number)})")


def _figure(
    made: Where,
    figure: str,
    pairs: Sequence[tuple[str, str]],
    value: str,
    *,
    says: Measured | None = None,
    aim: bool,
    words: bool,
) -> None:
    """A figure with all that its number needs beside it: how exactly it is meant, its unit and its date."""
    sign, unit, as_of, qualifier = (made.fresh(name) for name in ("sign", "unit", "as_of", "qualifier"))
    said = [("bde:qualifier", qualifier), ("sdmx-attribute:unitMeasure", unit), ("bde:asOf", as_of)]
    made.show(sign)
    made.show(value, says=says)
    made.show(unit, "skos:prefLabel")
    made.show(as_of)
    if aim:
        aimed = made.fresh("aim")
        said.append(("bde:aim", aimed))
        made.show(aimed, "skos:prefLabel")
    made.block(figure, [*pairs, *said, *(_words(made) if words else ())])
    made.lines.append(f"{qualifier} bde:sign {sign} .")


def _marked(made: Where, one: Marked, build: Build) -> None:
    words = "words" in build.show
    if one.mark == "theme":
        made.lines.append(f"{made.thing} bde:theme {curie(concept_iri('theme', one.value))} .")
    elif one.mark == "status":
        statement, as_of = made.fresh("standing"), made.fresh("status_as_of")
        status = curie(concept_iri("status", one.value))
        pairs = [("a", "bde:Status"), ("bde:subject", made.thing), ("bde:status", status), ("bde:asOf", as_of)]
        made.block(statement, [*pairs, *(_words(made) if words else ())])
        later, date = made.fresh("later"), made.fresh("later_date")
        made.tests += NEWEST.format(later=later, thing=made.thing, date=date, as_of=as_of).splitlines()
    else:
        _spoken_of(made, one, words)


def _spoken_of(made: Where, one: Marked, words: bool) -> None:
    """A statement of a source, or of one that speaks from a day or later."""
    if one.mark == "since" and made.counting and made.indexed:
        date = made.fresh("date")
        made.lines.append(INDEXED.format(thing=made.thing, date=date))
        made.tests.append(_from_day(date, one.value))
        return
    statement, tests = made.fresh("statement"), []
    if words:
        said = _words(made)
        source = said[-1][1]
    else:
        source = curie(source_iri(one.value)) if one.mark == "source" else made.fresh("source")
        said = [("dcterms:source", source)]
    lines = [*block(statement, [(ABOUT, made.thing), *said])]
    if one.mark == "since":
        date = made.fresh("date")
        lines.append(f"{source} dcterms:date {date} .")
        tests.append(_from_day(date, one.value))
        made.words += [Column(date[1:])] if words else []
    elif words:
        tests.append(f"FILTER ({source} = {curie(source_iri(one.value))})")
    if words:
        made.lines += lines
        made.tests += tests
    else:
        made.only([*lines, *tests], common=one.mark == "since")


def _from_day(date: str, day: str) -> str:
    return f'FILTER (STR({date}) >= "{PartialDate.read(day)}")'


def _beside(made: Where, build: Build) -> None:
    """What stands beside each thing whether or not a condition asks for it; a thing without it keeps its row."""
    if "type" in build.show:
        kind = made.fresh("type")
        made.lines.append(f"{made.thing} a {kind} .")
        made.show(kind, "rdfs:label")
    if "about" in build.show:
        for lang in ("zh", "en"):
            about = made.fresh(f"about_{lang}")
            test = f'FILTER (LANG({about}) = "{lang}")'
            made.tests.append(f"OPTIONAL {{ {made.thing} dcterms:description {about} . {test} }}")
            made.show(about)
    if "figures" in build.show and not any(isinstance(one, Measured) for one in build.conditions):
        beside = Where(made.glossary, made.thing, made.taken)
        metric, value, figure = (beside.fresh(name) for name in ("metric", "value", "figure"))
        beside.show(metric, "skos:prefLabel")
        pairs = [("bde:subject", made.thing), ("bde:metric", metric), ("bde:value", value)]
        _figure(beside, figure, pairs, value, aim=True, words=False)
        made.optional(beside)
    states = any(not isinstance(one, Marked) or one.mark != "theme" for one in build.conditions)
    if "words" in build.show and not states:
        beside = Where(made.glossary, made.thing, made.taken)
        beside.block(beside.fresh("statement"), [(ABOUT, made.thing), *_words(beside)])
        made.optional(beside)
