"""Circular reporting, and other circles: each found as a cycle, and named as one."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from newsdesk.provenance.appearance import Appearance, Who

Edges = Mapping[str, Iterable[str]]


class Circle(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Outlets that have a claim from one another: each has it from the next, the last from the
    first. `appearances` are those that show it."""

    claim: str
    sources: tuple[str, ...]
    appearances: tuple[str, ...]


def circular_reporting(appearances: Sequence[Appearance], who: Who | None = None) -> list[Circle]:
    """The circles in which one claim is reported (SCHEME, provenance 2).

    A paper that relies on its own reporting is no circle.
    """
    who = who or {}
    edges: dict[str, list[str]] = {}
    shows: dict[str, list[str]] = {}
    for one in appearances:
        by_hop: dict[int, list[str]] = {}
        for tie in one.said:
            if tie.source:
                by_hop.setdefault(tie.hop, []).append(who.get(tie.source, tie.source))
        above = [who.get(one.outlet, one.outlet)] if one.outlet else []
        for hop in sorted(by_hop, reverse=True):
            for giver in above:
                edges.setdefault(giver, []).extend(x for x in by_hop[hop] if x != giver)
                shows.setdefault(giver, []).append(one.id)
            above = by_hop[hop]
    return [
        Circle(
            claim=appearances[0].claim,
            sources=circle,
            appearances=tuple(dict.fromkeys(id for one in circle for id in shows[one])),
        )
        for circle in circles(edges)
    ]


def circles(edges: Edges) -> list[tuple[str, ...]]:
    """One shortest cycle out of each strongly connected component, a self-loop included.

    Tarjan's algorithm (1972), without recursion: a chain of corrections may be long. Each cycle
    begins at its lowest id; the cycles are sorted.
    """
    found = []
    for component in _components(edges):
        first = min(component)
        if len(component) > 1 or first in set(edges.get(first, ())):
            found.append(_shortest(edges, first, component))
    return sorted(found)


def _components(edges: Edges) -> list[set[str]]:
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    out: list[set[str]] = []
    for start in sorted(edges):
        if start in index:
            continue
        work = [(start, iter(sorted(edges.get(start, ()))))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    out.append(_popped(stack, on_stack, node))
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                work.append((following, iter(sorted(edges.get(following, ())))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return out


def _popped(stack: list[str], on_stack: set[str], until: str) -> set[str]:
    out = set()
    while True:
        one = stack.pop()
        on_stack.discard(one)
        out.add(one)
        if one == until:
            return out


def _shortest(edges: Edges, start: str, within: set[str]) -> tuple[str, ...]:
    """The shortest way from a node back to itself."""
    came: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following in sorted(edges.get(node, ())):
            if following == start:
                way = [node]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            if following in within and following not in came:
                came[following] = node
                queue.append(following)
    raise AssertionError("a strongly connected component has a cycle")
