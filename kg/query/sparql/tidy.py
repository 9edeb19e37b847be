"""Lays out the text of a query: one thing a line, indented by braces, keywords as the specification spells them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from kg.engine.keywords import KEYWORDS, QUERY_FORMS
from kg.engine.tokens import Token, tokenize

__all__ = ["tidy"]

#: What begins a line, wherever it stands outside round brackets.
_STARTERS = frozenset(
    {*QUERY_FORMS, "PREFIX", "BASE", "FROM", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}
    | {"OPTIONAL", "FILTER", "BIND", "MINUS", "GRAPH"}
)
_SPELLING = {name.upper(): name for name in KEYWORDS} | {"A": "a", "TRUE": "true", "FALSE": "false"}
_NO_SPACE_BEFORE = frozenset({")", ",", "^^"})
_NO_SPACE_AFTER = frozenset({"(", "^^", "!"})
#: Between others there is a space where there was one: ``a/b`` is a path, ``?a / ?b`` a division.
_SPACED = frozenset({"=", "!=", "<", ">", "<=", ">=", "&&", "||", "{", "}"})
_SIGNS = frozenset("^!<>=&|*+-/?")
_INDENT = "  "
_LONGEST = 100  # characters of a SELECT, a VALUES or a group on one line


def tidy(text: str) -> str:
    """``text`` with the same words and comments in a readable layout, which tidying again does not change.

    Strings, IRIs and comments stay as they are. Raises ValueError where a string is not closed: nobody can say where
    the words of such a text end.
    """
    layout = _Layout()
    tokens = [token for token in tokenize(text) if token.kind != "space"]
    if any(token.open for token in tokens):
        raise ValueError("a string is not closed")
    for index, token in enumerate(tokens):
        gap = text[tokens[index - 1].end if index else 0 : token.offset]
        layout.put(token, gap, token.text == "{" and _is_short(text, tokens, index))
    return layout.finish()


def _is_short(text: str, tokens: list[Token], index: int) -> bool:
    """Whether a brace closes on the line on which it opened, and that line is no long one."""
    depth = 0
    for token in map(tokens.__getitem__, range(index, len(tokens))):
        depth += (token.text == "{") - (token.text == "}")
        if token.kind == "comment" or token.end - tokens[index].offset > _LONGEST:
            return False
        if depth == 0:
            return "\n" not in text[tokens[index].offset : token.end]
    return False


@dataclass
class _Layout:
    lines: list[str] = field(default_factory=list)
    line: str = ""
    depth: int = 0  # braces that are open and indent
    rounds: list[int] = field(default_factory=lambda: [0])  # round and square brackets open within each brace
    flat: int = 0  # open braces that stay on one line
    continued: bool = False  # the line goes on with a triple that an earlier line began
    closed: bool = False  # a brace or a filter was closed, and its line may end
    last: str = ""  # the last word on the line
    part: str = ""  # the keyword that began the line
    columns: list[int] = field(default_factory=list)  # where in the line each column of a SELECT begins

    def put(self, token: Token, gap: str, short: bool) -> None:
        """Lay out one more word; ``gap`` stood before it, ``short`` says that the brace which it opens is."""
        word = token.text.upper() if token.kind == "word" else ""
        if token.kind == "comment":
            self._comment(token.text, gap)
            return
        if self.closed and token.text not in (".", ")", ",") and word != "UNION":
            self._end()
        if gap.count("\n") > 1 and not self.line and self.lines and token.text != "}":
            self._blank()
        if token.text == "{":
            self._open(short)
        elif token.text == "}":
            self._close()
        elif word in _STARTERS and not self.rounds[-1] and not self.flat:
            self._start(word)
        elif token.text in (".", ";") and not self.rounds[-1]:
            self._add(token.text, True)
            if not self.flat:
                self._end(within=token.text == ";")
        else:
            self._word(token, word, bool(gap))

    def _word(self, token: Token, word: str, gap: bool) -> None:
        if word == "WHERE":
            self._break_columns()
        if self.part == "SELECT" and not self.rounds[-1] and token.text[0] in "?$(":
            self.columns.append(len(self.line))
        self.rounds[-1] += (token.text in ("(", "[")) - (token.text in (")", "]"))
        column = token.text == "(" and self.last[:1] in ("?", "$", ")") and self.part == "SELECT"
        self._add(_SPELLING.get(word, token.text), gap or bool(word) or column)
        if token.text == ")" and self.part in ("FILTER", "BIND") and not self.rounds[-1]:
            self.closed = not self.flat

    def _add(self, words: str, space: bool) -> None:
        self.closed = False
        space = space or words in _SPACED or self.last in (*_SPACED, ",")
        close = self.last in _NO_SPACE_AFTER or words in _NO_SPACE_BEFORE
        if close and self.last[-1:] in _SIGNS and words[0] in _SIGNS:
            close = False  # two signs would become one
        self.line += f" {words}" if space and self.line and not close else words
        self.last = words

    def _start(self, word: str) -> None:
        opened = self.part
        self._end()
        if word in QUERY_FORMS and opened in ("PREFIX", "BASE"):
            self._blank()
        self._add(word, True)
        self.part = word

    def _blank(self) -> None:
        """An empty line, if there is none."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _open(self, short: bool) -> None:
        self._break_columns()
        self._add("{", True)
        self.rounds.append(0)
        if self.flat or short:
            self.flat += 1
            return
        self._end()
        self.depth += 1

    def _close(self) -> None:
        if len(self.rounds) > 1:
            self.rounds.pop()
        if self.flat:
            self.flat -= 1
            self._add("}", True)
        else:
            self._end()
            self.depth = max(self.depth - 1, 0)
            self._add("}", True)
        self.closed = not self.flat and not self.rounds[-1]

    def _comment(self, text: str, gap: str) -> None:
        within = not self.closed and not self.part if self.line else self.continued
        if "\n" in gap:
            self._end(within=within)
        elif self.line:
            self.line += "  "
        elif self.lines and self.lines[-1]:
            self.lines[-1] += f"  {text.rstrip()}"
            return
        if gap.count("\n") > 1:
            self._blank()
        self.line += text.rstrip()
        self._end(within=within)

    def _break_columns(self) -> None:
        """A SELECT that is too long for a line has a line for each column."""
        if self.part == "SELECT" and self.columns and len(self.line) > _LONGEST:
            line, places = self.line, [*self.columns, len(self.line)]
            self.line = line[: places[0]].rstrip()
            self._end()
            indent = _INDENT * (self.depth + 1)
            self.lines += [indent + line[start:end].strip() for start, end in pairwise(places)]
        self.part = "" if self.part == "SELECT" else self.part

    def _end(self, *, within: bool = False) -> None:
        """Begin a new line, ``within`` a triple or not."""
        if self.line:
            self.lines.append(_INDENT * (self.depth + 2 * self.continued) + self.line)
        self.line, self.part, self.columns = "", "", []
        self.continued, self.closed, self.last = within, False, ""

    def finish(self) -> str:
        """The text that was laid out."""
        self._end()
        return "\n".join(self.lines) + "\n" if self.lines else ""
