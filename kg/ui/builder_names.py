"""What the parts of a build are called on the screen, in the reader's language."""

from __future__ import annotations

from kg.model.text import Lang
from kg.query.builder import Condition, Link, Marked, Measured, Related
from kg.query.builder_words import Naming
from kg.ui.state import app
from kg.ui.words import say
from kg.view.numbers import say_number

__all__ = ["condition_name", "end_name", "hold_name", "link_name", "number_name", "some", "the_naming", "type_name"]


def the_naming() -> Naming:
    """The names of everything, each read when it is first wanted."""
    return Naming(app().terms, app().directory)


def type_name(type_id: str, lang: Lang) -> str:
    """What is looked for: things of a type, or anything."""
    if not type_id:
        return say("builder_anything", lang)
    return say("builder_every", lang, type=_lower(the_naming().term("type", type_id, lang)))


def some(type_id: str, lang: Lang) -> str:
    """An end that is left open: something, or some thing of a type."""
    if not type_id:
        return say("builder_some", lang)
    return say("builder_some_type", lang, type=_lower(the_naming().term("type", type_id, lang)))


def link_name(one: Link, lang: Lang) -> str:
    """The relation, read from the thing that is looked for."""
    return the_naming().relation(one, lang)


def condition_name(one: Condition, lang: Lang) -> str:
    """What is asked, without its end: "is led by", "has a figure for …", "belongs to the theme"."""
    if isinstance(one, Related):
        return link_name(one.link, lang)
    if isinstance(one, Measured):
        key = "builder_has" if one.hold == "fact" else f"builder_has_{one.hold}"
        return say(key, lang, metric=the_naming().term("metric", one.metric, lang))
    return say(f"builder_is_{one.mark}", lang)


def end_name(one: Condition, lang: Lang) -> str:
    """What stands at the end of the condition."""
    if isinstance(one, Related):
        return the_naming().entity(one.value, lang) if one.value else some(one.type, lang)
    if isinstance(one, Measured):
        return number_name(one, lang)
    return mark_name(one, lang)


def mark_name(one: Marked, lang: Lang) -> str:
    """A status, a theme, the title of a source, or a date."""
    if one.mark == "since":
        return one.value
    return (
        the_naming().source(one.value, lang) if one.mark == "source" else the_naming().term(one.mark, one.value, lang)
    )


def number_name(one: Measured, lang: Lang) -> str:
    """What the figure is compared with, with its unit; or any value."""
    if not one.sign:
        return say("builder_any_number", lang)
    unit = the_naming().unit(one.metric, lang)
    between = "" if lang == "zh" or unit == "%" else " "
    return say(f"builder_{one.sign}", lang, number=f"{say_number(one.number, lang).text}{between}{unit}")


def hold_name(one: Related | Measured, lang: Lang) -> str:
    """How the condition is to hold."""
    if isinstance(one, Related):
        return say(f"builder_{one.link.hold}", lang)
    return say({"fact": "builder_reached", "planned": "builder_target", "either": "builder_any_aim"}[one.hold], lang)


def _lower(name: str) -> str:
    """A type's name within a sentence."""
    return name[:1].lower() + name[1:]
