"""Where the nodes of a graph stand: columns from left to right, with few lines that cross.

Layered drawing after Sugiyama, Tagawa and Toda (1981): circles are broken, each node stands one
column beyond the last of those that lead to it, columns are put in order by barycentres.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import networkx as nx

SWEEPS = 8
"""Times that the columns are gone through; more changes next to nothing."""
Pair = tuple[str, str]


class Layering(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Column and row of each node, both from 0 (rows may be fractions), and of each tie the rows
    at which it passes the columns between its ends, by the place of the tie."""

    columns: Mapping[str, int]
    rows: Mapping[str, float]
    bends: Mapping[int, tuple[tuple[int, float], ...]]


def layered(nodes: Sequence[str], ties: Sequence[Pair]) -> Layering:
    """Place nodes, all named in ``nodes``, by the ties between them."""
    columns = _columns(nodes, ties)
    order: dict[int, list[str]] = {}
    for node in nodes:
        order.setdefault(columns[node], []).append(node)
    links: list[Pair] = []
    passing: dict[int, list[tuple[int, str]]] = {}
    for at, (start, end) in enumerate(ties):
        low, high = sorted((columns[start], columns[end]))
        left, right = (start, end) if columns[start] <= columns[end] else (end, start)
        chain = [left]
        for column in range(low + 1, high):
            order.setdefault(column, []).append(f"\0{at} {column}")
            passing.setdefault(at, []).append((column, f"\0{at} {column}"))
            chain.append(f"\0{at} {column}")
        links += list(zip([*chain], [*chain[1:], right], strict=True)) if low != high else []
    rows = _rows([order[column] for column in sorted(order)], links)
    return Layering(
        columns=columns,
        rows={node: rows[node] for node in nodes},
        bends={at: tuple((column, rows[id]) for column, id in way) for at, way in passing.items()},
    )


def _columns(nodes: Sequence[str], ties: Iterable[Pair]) -> dict[str, int]:
    """One column beyond all that leads there; beginnings stand next to what they lead to."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((start, end) for start, end in ties if start != end)
    for start, end in _turned(graph):
        graph.remove_edge(start, end)
    found = {
        node: column
        for column, those in enumerate(nx.topological_generations(graph))
        for node in those
    }
    for node in nodes:
        if graph.in_degree(node) == 0 and graph.out_degree(node):
            found[node] = min(found[after] for after in graph.successors(node)) - 1
    return found


def _turned(graph: "nx.DiGraph[str]") -> list[Pair]:
    """The edges that close a circle in a walk through the graph, depth first."""
    import networkx as nx

    # A visit that is under way has been entered and not left: an edge into it goes back.
    left: set[str] = set()
    entered: set[str] = set()
    back: list[Pair] = []
    for start, end, kind in nx.dfs_labeled_edges(graph):
        if kind == "forward":
            entered.add(end)
        elif kind == "reverse":
            left.add(end)
        elif end in entered and end not in left and start != end:
            back.append((start, end))
    return back


def _rows(order: list[list[str]], links: Sequence[Pair]) -> dict[str, float]:
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for start, end in links:
        before.setdefault(end, []).append(start)
        after.setdefault(start, []).append(end)
    rows = {id: float(at) for those in order for at, id in enumerate(those)}
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        beside = before if forth else after
        for those in order if forth else reversed(order):
            wanted = {
                id: sum(rows[one] for one in beside[id]) / len(beside[id])
                if beside.get(id)
                else rows[id]
                for id in those
            }
            those.sort(key=lambda id: wanted[id])
            rows |= _spread(those, wanted)
    top = min(rows.values(), default=0.0)
    return {id: row - top for id, row in rows.items()}


def _spread(those: Sequence[str], wanted: Mapping[str, float]) -> dict[str, float]:
    """Rows near those wanted, in this order and at least one apart."""
    placed: list[float] = []
    for id in those:
        placed.append(max(wanted[id], placed[-1] + 1) if placed else wanted[id])
    # What was pushed down is drawn back by half of what the column was moved as a whole.
    moved = sum(row - wanted[id] for id, row in zip(those, placed, strict=True)) / len(those)
    return {id: row - moved for id, row in zip(those, placed, strict=True)}
