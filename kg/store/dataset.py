"""Hand a graph folder to rdflib: oxrdflib's store, made to refuse where it would quietly do something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from oxrdflib._converter import from_ox, from_ox_graph_name, to_ox, to_ox_quad_pattern
from rdflib import XSD, Dataset, Graph, Literal
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.term import Identifier, Node, Variable

from kg import edits, folder, sparql
from kg.errors import UsageError
from kg.store.querying import explained

_UNION = "__UNION__"


def open_dataset(path: Path | str) -> Dataset:
    """The graph folder `path` as a read-only Dataset; its default graph is the union of all named graphs."""
    opened = folder.read_only(path)
    triples = _count(opened) if edits.published(Path(path)) else folder.manifest(Path(path))["triples"]
    store = GraphStore(opened, triples=triples)
    dataset = GraphDataset(store=store, default_union=True)
    for prefix, namespace in sparql.PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def _count(store: ox.Store) -> int:
    """How many triples the graphs hold together, where no manifest says it."""
    [row] = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", use_default_graph_as_union=True)  # type: ignore[misc]
    return int(row["n"].value)


class GraphDataset(Dataset):
    """A Dataset whose queries Oxigraph answers: never rdflib's own evaluator, up to 650 times slower."""

    def query(self, query_object: Any, *args: Any, use_store_provided: bool = True, **kwargs: Any) -> Result:
        """The answer of Oxigraph; a UsageError for whatever rdflib would have to evaluate itself."""
        if args or not use_store_provided or {"processor", "result"} & kwargs.keys():
            raise UsageError(
                "queries are answered by Oxigraph only: leave out processor, result and use_store_provided"
            )
        return super().query(query_object, **kwargs)

    @property
    def default_context(self) -> Graph:
        """The default graph; rdflib itself still asks for it by this name, and would warn of its own use."""
        return self._default_context

    @default_context.setter
    def default_context(self, graph: Graph) -> None:
        self._default_context = graph


class GraphStore(OxigraphStore):
    """Oxigraph for reading, as rdflib sees it.

    Unlike oxrdflib's own it answers FROM, gives plain literals without xsd:string, knows its length at once, and
    raises a UsageError where oxrdflib hands over to rdflib's evaluator without a word.
    """

    def __init__(self, store: ox.Store, *, triples: int) -> None:
        super().__init__(store=store)
        self._triples = triples
        self._lengths: dict[Identifier, int] = {}

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's name
        initBindings: Mapping[str, Identifier],  # noqa: N803 - rdflib's name
        queryGraph: Any,  # noqa: N803 - rdflib's name
        **kwargs: object,
    ) -> Result:
        """The answer to a query given as text; `initBindings` must be variables that the query selects."""
        if not isinstance(query, str):
            raise UsageError("prepared queries are not answered by Oxigraph; give the query as text")
        if kwargs:
            raise UsageError(f"Oxigraph takes no {', '.join(sorted(kwargs))}; leave it out")
        checked = sparql.check(query)
        union = queryGraph == _UNION
        with explained(query):
            found = self._inner.query(
                query,
                prefixes={**sparql.PREFIXES, **{name: str(value) for name, value in initNs.items()}},
                use_default_graph_as_union=union and not checked.dataset,
                default_graph=None if union or checked.dataset else _ox(queryGraph),
                substitutions={ox.Variable(name): _ox(value) for name, value in initBindings.items()},
            )
        return _result(found)

    def triples(
        self, triple_pattern: Any, context: Graph | None = None
    ) -> Iterator[tuple[tuple[Node, Node, Node], Iterator[Graph]]]:
        """The triples that match, each with its graph."""
        try:
            quads = self._inner.quads_for_pattern(*to_ox_quad_pattern(triple_pattern, context))
        except (TypeError, ValueError):
            return iter(())  # a pattern such as a literal as subject, which nothing matches
        return (
            ((_term(q.subject), _term(q.predicate), _term(q.object)), iter([from_ox_graph_name(q.graph_name, self)]))
            for q in quads
        )

    def __len__(self, context: Graph | None = None) -> int:
        if context is None:
            return self._triples
        if context.identifier not in self._lengths:
            self._lengths[context.identifier] = int(super().__len__(context))
        return self._lengths[context.identifier]

    def add_graph(self, graph: Graph) -> None:
        """Let `Dataset.graph` name a graph that exists; another cannot be made."""
        if graph.identifier != DATASET_DEFAULT_GRAPH_ID and not self._inner.contains_named_graph(_ox(graph)):
            raise UsageError(f"there is no graph {graph.identifier} in this store, and it cannot be written to")

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise UsageError("the graph is read-only; build it again to change it")

    add = addN = remove = update = remove_graph = destroy = _refuse  # noqa: N815 - rdflib's name


def _ox(term: Any) -> Any:
    return to_ox(term)


def _result(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Result:
    if isinstance(found, ox.QueryBoolean):
        result = Result("ASK")
        result.askAnswer = bool(found)
    elif isinstance(found, ox.QuerySolutions):
        result = Result("SELECT")
        result.vars = [Variable(variable.value) for variable in found.variables]
        names = result.vars
        result.bindings = (
            {name: _term(value) for name, value in zip(names, row, strict=True) if value is not None} for row in found
        )
    else:
        result = Result("CONSTRUCT")
        result.graph = Graph()
        for triple in found:
            result.graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return result


def _term(term: Any) -> Any:
    """An rdflib term; a literal without language or other type is plain, as rdflib's own parsers make it."""
    if isinstance(term, ox.Literal) and not term.language and term.datatype.value == str(XSD.string):
        return Literal(term.value)
    return from_ox(term)
