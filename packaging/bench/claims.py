"""Newsdesk's own side of the cases about claims: 10,000 articles with 50,000 claims in them."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from bench import desks, windows
from bench.bareqt import rest
from bench.corpus import GIVEN, TOWNS
from bench.sides import Measured, Room
from newsdesk.desk import Desk, open_desk
from newsdesk.model import (
    Annotation,
    Assertion,
    Attribution,
    Channel,
    Claim,
    ClaimState,
    Source,
    SourceKind,
    replace,
)

OUTLETS = 60
SAMPLES = 20
PEOPLE = 4_000
STATES = list(ClaimState)


def ready(room: Room) -> Path:
    """The 10k corpus, each article with an outlet, as a desk whose claims have sources and hops."""
    place = room.cache / f"claims-{desks.code_mark()}.desk"
    if not place.exists():
        for old in room.cache.glob("claims-*"):
            old.unlink()
        file, draft = room.cache / "claims-draft.jsonl", room.cache / "claims-draft.desk"
        with file.open("w", encoding="utf-8") as out, room.corpus("10k").open() as lines:
            out.writelines(_printed(lines))
        desk = desks.made(draft, file)
        with desk.change("Claims"):
            _tell(desk, random.Random(9))
        desk.close()
        file.unlink()
        draft.rename(place)
    return place


def _printed(lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        one = json.loads(line)
        if one.get("type") == "article":
            line = json.dumps({**one, "outlet": f"Outlet {number % OUTLETS}"}) + "\n"
        yield line


def _tell(desk: Desk, pick: random.Random) -> None:
    """Make a claim of each passage that is marked as one; one in five is printed once more."""
    named, unnamed = SourceKind.NAMED_INDIVIDUAL, SourceKind.UNNAMED_GROUP
    people = [Source(description=f"{pick.choice(GIVEN)} of {pick.choice(TOWNS)}, {n}", kind=named)
              for n in range(PEOPLE)]  # fmt: skip
    people += [Source(description="Officials", kind=unnamed) for _ in range(300)]
    outlets = desk.find(Source, kind=SourceKind.MEDIA_OUTLET)
    marks = list(desk.each(Annotation, label=desk.label("CLAIM").id))
    claims = [
        Claim(
            statement=" ".join(mark.quote.split()),
            topic=pick.choice(TOWNS),
            assignee=pick.choice(("", "", *GIVEN[:9])),
            state=pick.choice(STATES[:3]),
            due=f"2026-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}",
        )
        for mark in marks
    ]
    desk.add_all(people)
    desk.add_all(claims)
    desk.put_all(replace(mark, claim=one.id) for mark, one in zip(marks, claims, strict=True))
    elsewhere = [
        Annotation(
            article=mark.article, spans=mark.spans, label=mark.label, quote=mark.quote,
            claim=pick.choice(claims).id, author=mark.author,
        )
        for mark in marks[::5]
    ]  # fmt: skip
    desk.add_all(elsewhere)
    made = (_hops(mark.id, pick, people, outlets) for mark in (*marks, *elsewhere))
    desk.add_all(hop for hops in made for hop in hops)


def _hops(
    content: str, pick: random.Random, people: list[Source], outlets: list[Source]
) -> list[Attribution]:
    """Who said so: a person, an outlet that had it from nobody who is named, or nobody at all."""
    roll, said = pick.random(), Assertion.ATTRIBUTED
    if roll < 0.3:
        return [Attribution(content=content, source=pick.choice(people).id, assertion=said)]
    if roll < 0.6:
        relay = pick.choice(outlets).id
        press = Channel.PRESS_REPORT
        first = Attribution(content=content, orphan=True, assertion=Assertion.ALLEGED)
        second = Attribution(content=content, source=relay, hop=1, channel=press, assertion=said)
        return [first, second]
    return [Attribution(content=content, orphan=True, assertion=Assertion.ASSERTED)]


def _some(desk: Desk) -> list[str]:
    claims = [one.id for one in desk.each(Claim)]
    return random.Random(4).sample(claims, SAMPLES)


def compare(room: Room) -> Measured:
    """Where else a claim is made, by its words; and who is independent of whom, desk-wide."""
    from newsdesk.desk.same_claims import candidates
    from newsdesk.desk.tracing import desk_circles, desk_independence, trace

    desk = open_desk(ready(room), desks.AUTHOR)
    samples = []
    for id in _some(desk):
        start = time.perf_counter()
        assert candidates(desk, id)
        samples.append(time.perf_counter() - start)
    start = time.perf_counter()
    found = trace(desk)
    assert found.claims
    desk_independence(found)
    desk_circles(found)
    return {"candidates": samples, "independence": time.perf_counter() - start}


def _painted(app: QApplication, view: QAbstractScrollArea, act: Callable[[], object]) -> float:
    """Seconds that an act takes until a view was painted anew."""
    paints = windows.Paints(view)
    start = time.perf_counter()
    act()
    while not paints.count:
        app.processEvents()
        assert time.perf_counter() - start < windows.PATIENCE, "nothing was painted"
    paints.leave()
    return paints.at - start


def workspace(room: Room) -> Measured:
    """The queue, narrowed in one way after another; and one claim's pane after another."""
    app, window, desk = windows.shown(ready(room))
    some = _some(desk)
    window.workspaces.show_one("claims")
    space = window.workspaces["claims"]
    window.repaint()
    rest(app)
    while not space.settled:
        app.processEvents()
    queue, panes = [], []
    panel = space.queue
    ways = ((panel.state, "in review"), (panel.assignee, GIVEN[2]), (panel.topic, TOWNS[3]),
            (panel.lacks, "evidence"), (panel.outlet, "Outlet 7"))  # fmt: skip
    for choice, value in ways:
        for wanted in (value, None):
            choice.setCurrentIndex(choice.findData(wanted))
            queue.append(_painted(app, panel.view, panel.narrow))
            rest(app)
    for id in some:
        panes.append(_painted(app, space.pane.file, partial(space.select, id)))
        rest(app)
    return {"queue": queue, "pane": panes}
