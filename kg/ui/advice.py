"""Shows why an answer is empty: the lines that fail, and the causes with their cures as links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from kg.errors import Edit
from kg.model.text import Lang
from kg.query.advice import Advice, Cause, mended
from kg.query.sparql.read import read_query
from kg.query.sparql.tree import Span
from kg.ui.markup import link
from kg.ui.words import say

__all__ = ["advice_box"]


def advice_box(advice: Advice, query_text: str, lang: Lang, to: Callable[[str], str]) -> str:
    """The advice as markup; ``to`` gives the address of another query's text. Empty where nothing was found out."""
    parts = []
    if advice.failing:
        key = "why_fails" if len(advice.failing) == 1 else "why_fails_together"
        parts.append(f"<h3>{escape(say(key, lang))}</h3>{_lines(query_text, advice.failing)}")
    if advice.causes:
        items = "".join(_cause(one, query_text, lang, to) for one in advice.causes)
        parts.append(f"<h3>{escape(say('why_causes', lang))}</h3><ol>{items}</ol>")
    elif advice.failing:
        parts.append(f"<p>{escape(say('why_no_cause', lang))}</p>")
    return f'<section class="why">{"".join(parts)}</section>' if parts else ""


def _lines(text: str, spans: Sequence[Span]) -> str:
    """The lines in which ``spans`` stand, with their numbers, the spans marked."""
    rows = []
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        end = start + len(line)
        inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
        if inside:
            rows.append(f'<span class="at" aria-hidden="true">{number}</span>{_marked(text, start, end, inside)}')
        start = end
    return f"<pre>{'<br>'.join(rows)}</pre>"


def _marked(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> str:
    found = ""
    for first, last in sorted(inside):
        first = max(first, start)
        if last > first:
            words = text[first:last].rstrip("\r\n")
            found += escape(text[start:first]) + f"<mark>{escape(words)}</mark>"
            start = last
    return found + escape(text[start:end].rstrip("\r\n"))


def _cause(cause: Cause, text: str, lang: Lang, to: Callable[[str], str]) -> str:
    also = [say("why_also", lang, words="{words}").format(words=_said(one, lang)) for one in cause.also]
    said = "".join(f"<p>{words}</p>" for words in [_said(cause, lang), *also])
    change = "".join(_change(text, edit) for edit in cause.edits)
    label = f'<span class="aside">{escape(say("why_change", lang))}</span>'
    cure = link(to(mended(text, cause.edits)), escape(_outcome(cause, text, lang)), css="cure")
    return f'<li>{said}<div class="change">{label}{change}</div>{cure}</li>'


def _said(cause: Cause, lang: Lang) -> str:
    words = escape(say(f"why_{cause.kind}", lang)).format(**dict(_named(cause.values, lang)))
    return words.replace("） ", "）")


def _named(values: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Each value as code, with what it is called in the reader's language, else in the other."""
    other = "en" if lang == "zh" else "zh"
    for name, value in values.items():
        code = f"<code>{escape(value)}</code>"
        label = values.get(f"{name}_{lang}")
        tongue = ""
        if label is None:
            label, tongue = values.get(f"{name}_{other}"), f' lang="{"zh-Hans" if other == "zh" else "en"}"'
        if label is not None:
            called = f"<span{tongue}>{escape(label)}</span>"
            code = escape(say("why_named", lang)).format(term=code, name=called)
        yield name, value if name in ("rows", "offset") else code


def _change(text: str, edit: Edit) -> str:
    """One edit: what goes and what comes."""
    gone, comes = text[edit.start : edit.end].strip(), edit.text.strip()
    pieces = [f"<{tag}>{escape(words)}</{tag}>" for tag, words in (("del", gone), ("ins", comes)) if words]
    joint = "\n" if "\n" in gone + comes else " "
    return f"<code>{joint.join(pieces)}</code>" if pieces else ""


def _outcome(cause: Cause, text: str, lang: Lang) -> str:
    """What the mended query has: rows, triples, or a yes."""
    try:
        form = read_query(text).form
    except ValueError:
        form = "SELECT"
    if form == "ASK":
        return say("why_ask_yes", lang)
    several, one, more = (
        ("why_ask", "why_ask_one", "why_ask_more")
        if form == "SELECT"
        else ("why_ask_triples", "why_ask_triple", "why_ask_more_triples")
    )
    if cause.cut:
        return say(more, lang, rows=f"{cause.rows:,}")
    return say(one, lang) if cause.rows == 1 else say(several, lang, rows=f"{cause.rows:,}")
