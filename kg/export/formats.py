"""Every export format by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.errors import NotFound
from kg.export.jsonld import write_jsonld
from kg.export.network_files import write_gexf, write_graphml
from kg.export.rdf_lines import write_nquads, write_ntriples
from kg.export.rdfxml import write_rdfxml
from kg.export.table import write_csv
from kg.export.turtle import write_ontology, write_shapes, write_trig, write_turtle
from kg.export.workbook import write_xlsx
from kg.graph.wording import wording
from kg.model.knowledge import Knowledge
from kg.model.text import Text

__all__ = ["FORMATS", "Format", "get_format"]


@dataclass(frozen=True)
class Format:
    """A format, and ``write``, which makes the whole file's bytes: the same for equal knowledge, in any process."""

    name: str
    write: Callable[[Knowledge], bytes]

    @property
    def title(self) -> Text:
        """What a reader is told that the format is."""
        return wording().formats[self.name].title

    @property
    def media_type(self) -> str:
        """The IANA media type, for HTTP and for downloads."""
        return wording().formats[self.name].media_type

    @property
    def suffix(self) -> str:
        """The file name's ending, with its dot."""
        return wording().formats[self.name].suffix

    @property
    def file_name(self) -> str:
        """A file name that tells this export from every other one of ours."""
        part = f"-{self.name}" if self.name in ("ontology", "shapes") else ""
        return f"beijing-digital-economy{part}{self.suffix}"


#: Name → format, in the order in which they are offered.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        name: Format(name, write)
        for name, write in (
            ("turtle", write_turtle),
            ("trig", write_trig),
            ("nquads", write_nquads),
            ("ntriples", write_ntriples),
            ("jsonld", write_jsonld),
            ("rdfxml", write_rdfxml),
            ("graphml", write_graphml),
            ("gexf", write_gexf),
            ("csv", write_csv),
            ("xlsx", write_xlsx),
            ("ontology", write_ontology),
            ("shapes", write_shapes),
        )
    }
)


def get_format(name: str) -> Format:
    """The format with this name; raises :class:`NotFound` with all the names where there is none."""
    if name not in FORMATS:
        raise NotFound("export format", name, tuple(FORMATS))
    return FORMATS[name]
