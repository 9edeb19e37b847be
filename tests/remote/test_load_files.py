"""What is sent to a store, and by which way: an export and nothing else, to where stores of that make take graphs."""

from __future__ import annotations

from io import BytesIO

import pytest
from pyoxigraph import RdfFormat

from kg.engine.login import Login
from kg.errors import KgError
from kg.export.loading import Ways, load_store
from kg.graph.build import Rdf
from tests.remote.fakes import Asked, Fake, Talk, says
from tests.remote.kit import held_by, results
from tests.remote.standard import Standard

pytestmark = pytest.mark.usefixtures("no_lists")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"id,name\n1,x\n",
        b"<urn:s> <urn:p> <urn:o> <urn:g> .\n",
        b"\xff\xfe\x00binary",
        b"@prefix a: <urn:> .\na:b a:c a:d .\n",
    ],
)
def test_what_is_no_export_is_refused_before_the_store_is_touched(fake: Fake, content: bytes) -> None:
    with pytest.raises(KgError, match="kg export nquads"):
        load_store(fake.url, Login(), BytesIO(content))
    assert not fake.asked


@pytest.mark.parametrize("kept", [0.4, 0.9, 0.999])
def test_half_an_export_is_found_out_and_described_as_nothing(standard: Standard, twice_rdf: Rdf, kept: float) -> None:
    """Lines of a copy that broke off are lines like any others; but the version is made of all of them."""
    lines = twice_rdf.nquads.splitlines(keepends=True)
    with pytest.raises(KgError):
        load_store(standard.url, Login(), BytesIO(b"".join(lines[: int(kept * len(lines))])))
    assert held_by(standard.url) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Chang'an Chain", b"Chang'an Chains"),
        (b"Chang'an Chain", b"Chang'an \xff\xfe"),
        (b"graph/entities> .\n", b"graph/\xff> .\n"),
        (b"graph/entities> .\n", b"graph/entities> .\nnonsense\n"),
        (b"graph/entities> .\n", b"graph/entities> .\n<urn:s> <urn:p> <urn:o> .\n"),
        (b"graph/entities> .\n", b"graph/entities> .\n<urn:s> <urn:p> <urn:o> <urn:example:foreign> .\n"),
        (b"graph/entities> .\n", b'graph/entities> .\n<urn:s> <urn:p> "o" <x> } } ; DROP ALL # .\n'),
    ],
)
@pytest.mark.parametrize("way", ["graph_store", "update"])
def test_an_export_that_was_changed_is_found_out_and_harms_nobody(
    standard: Standard, twice_rdf: Rdf, way: str, old: bytes, new: bytes
) -> None:
    foreign = "<urn:s> <urn:p> <urn:kept> <urn:example:foreign> ."
    standard.content.load(foreign.encode(), format=RdfFormat.N_QUADS)
    changed = twice_rdf.nquads.replace(old, new, 1)
    assert changed != twice_rdf.nquads
    with pytest.raises(KgError):
        load_store(standard.url, Login(), BytesIO(changed), ways=Ways(**{way: getattr(standard, way)}))
    assert held_by(standard.url) is None
    ours = "/beijing-digital-economy/graph/"
    assert {quad for quad in standard.quads() if ours not in quad.rpartition(" <")[2]} == {foreign}


@pytest.mark.parametrize(
    ("server", "path", "graphs"),
    [
        ("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu", "/sparql", "/sparql-graph-crud-auth"),
        ("Virtuoso/08.03", "/sparql/", "/sparql-graph-crud-auth"),
        ("Apache Jena Fuseki (4.10.0)", "/bde/sparql", "/bde/data"),
        ("Apache Jena Fuseki (4.10.0)", "/bde/query", "/bde/data"),
        ("Apache Jena Fuseki (4.10.0)", "/bde", "/bde/data"),
        ("GraphDB-Free/10.6", "/repositories/bde", "/repositories/bde/rdf-graphs/service"),
        ("", "/rdf4j-server/repositories/bde", "/rdf4j-server/repositories/bde/rdf-graphs/service"),
        ("Oxigraph/0.4", "/query", ""),
        ("", "/sparql?db=one", ""),
    ],
)
def test_where_a_store_takes_graphs_is_guessed_from_what_it_is(
    twice_rdf: Rdf, server: str, path: str, graphs: str
) -> None:
    refuse = says("No.", "text/plain", 409)
    with Fake(
        lambda asked, talk: (_nothing if asked.query else refuse)(asked, talk), server=server, path=path
    ) as store:
        with pytest.raises(KgError, match="409"):
            load_store(store.url, Login(), BytesIO(twice_rdf.nquads))
        act = store.asked[-1]
    assert (act.path if graphs else act.target) == (graphs or path)
    assert bool(act.all("update")) is not bool(graphs)


def _nothing(asked: Asked, talk: Talk) -> None:
    """Yes to an ASK, and no rows to anything else."""
    yes = asked.query.startswith("ASK")
    says('{"head":{},"boolean":true}' if yes else results("p", "o", "g"))(asked, talk)


def test_what_a_store_refuses_is_told_with_what_it_says(twice_rdf: Rdf) -> None:
    refuse = says("This repository is read-only.", "text/plain", 409)
    with (
        Fake(lambda asked, talk: (_nothing if asked.query else refuse)(asked, talk)) as store,
        pytest.raises(KgError) as caught,
    ):
        load_store(store.url, Login(), BytesIO(twice_rdf.nquads))
    assert "409" in str(caught.value) and "read-only" in str(caught.value) and store.url in str(caught.value)
