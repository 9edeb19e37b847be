"""Knowledge with names that try to break out of every format."""

from __future__ import annotations

import dataclasses

import pytest

from kg.model.knowledge import Knowledge
from kg.model.text import Names, Text

#: What stands in the name below: a formula, the ends of a script, of CDATA and of a comment, an entity, quotes, white
#: space, characters that XML cannot carry, a line separator, a place for Python's ``format``, an emoji.
HOSTILE = "=1+1 </script> ]]> --> &amp; 'a' \"b\" \\ \t\r\x08\u2028\ufffe{0} 🚀 末"
#: The same in XML, where two characters are not allowed.
HOSTILE_IN_XML = HOSTILE.replace("\x08", "\ufffd").replace("\ufffe", "\ufffd")


@pytest.fixture(scope="session")
def hostile_name() -> str:
    return HOSTILE


@pytest.fixture(scope="session")
def hostile_name_in_xml() -> str:
    return HOSTILE_IN_XML


@pytest.fixture(scope="session")
def hostile(sample: Knowledge) -> Knowledge:
    """The sample, in which an entity, a relation and a phrase have the hostile name."""
    name = Text(zh=HOSTILE, en=HOSTILE)
    entity = sample.entities["liu-weihua"].model_copy(update={"name": name, "aliases": Names(en=(HOSTILE,))})
    relation = sample.vocabulary.relations[2].model_copy(update={"name": name})
    relations = (*sample.vocabulary.relations[:2], relation)
    source = sample.sources["2025-01-05-sample"]
    first = source.statements[0].model_copy(update={"phrase": HOSTILE[:40]})
    return dataclasses.replace(
        sample,
        vocabulary=sample.vocabulary.model_copy(update={"relations": relations}),
        entities={**sample.entities, entity.id: entity},
        sources={
            **sample.sources,
            source.id: source.model_copy(update={"statements": (first, *source.statements[1:])}),
        },
    )
