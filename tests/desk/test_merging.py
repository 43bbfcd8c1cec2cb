"""Merging desks: nothing lost, nothing twice, the same from either side, and conflicts said."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.desk import Desk, create_desk, open_desk
from newsdesk.desk.annotating import annotate, delete, relabel, write_note
from newsdesk.desk.articles import add_article, delete_articles, retitle
from newsdesk.desk.attributing import mark_quote
from newsdesk.desk.codebooks import put_label
from newsdesk.desk.merge_memory import PREFIX
from newsdesk.desk.merging import MergeReport, Rule, Side, merge, merges
from newsdesk.desk.register import link_entity, new_entity
from newsdesk.model import (
    Annotation,
    Article,
    Entity,
    Label,
    Layer,
    NewsdeskError,
    Record,
    Setting,
    Source,
    Span,
    new_article,
    replace,
)
from newsdesk.store.rows import KINDS

TEXT = "“We 😀 agreed,” said Zoë Ångström in Oslo. The port of Bergen closed on Friday."


def start(place: Path) -> None:
    """A desk with labels, two articles and marks in each."""
    desk = create_desk(place, "Ann")
    with desk.change("Begin"):
        for at, layer in enumerate((Layer.ENTITY, Layer.QUOTE, Layer.SOURCE, Layer.CUE)):
            desk.put(Label(name=layer.value.upper(), layer=layer, position=at, shortcut=str(at)))
        for n in range(2):
            article = add_article(desk, new_article(TEXT + f" {n}", title=f"T{n}"), outlet="Berth")
            mark_quote(desk, article, [(1, 12)], speaker=Span(20, 32), cue=Span(15, 19))
            for begin in (36, 46, 54):
                annotate(desk, article, desk.label("ENTITY"), [(begin, begin + 4)])
    desk.close()


@contextmanager
def opened(place: Path, author: str = "Bo") -> Iterator[Desk]:
    desk = open_desk(place, author)
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one desk, that went to two teams."""
    return copies(tmp_path)


def copies(folder: Path) -> tuple[Path, Path]:
    start(folder / "one.desk")
    shutil.copy(folder / "one.desk", folder / "two.desk")
    return folder / "one.desk", folder / "two.desk"


def merged(into: Path, other: Path, **told: object) -> MergeReport:
    with opened(into, "Cy") as desk:
        return merge(desk, other, **told)  # type: ignore[arg-type]


def records(place: Path) -> dict[str, Record]:
    """Everything but what a merge notes of itself, and each desk's own order of labels."""
    with opened(place) as desk:
        assert list(desk.check()) == []
        found = {one.id: one for kind in KINDS.values() for one in desk.each(kind)}
    return {
        id: replace(one, position=0, shortcut="") if isinstance(one, Label) else one
        for id, one in found.items()
        if not (isinstance(one, Setting) and one.name.startswith(PREFIX))
    }


def marks(desk: Desk) -> list[Annotation]:
    return sorted(desk.find(Annotation), key=lambda one: one.id)


def test_what_the_other_desk_has_anew_comes_as_one_step(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with opened(two) as desk:
        article = add_article(desk, new_article("New 😀 here.", title="New"), outlet="Quay")
        mark = annotate(desk, article, desk.label("ENTITY"), [(4, 5)])
        link_entity(desk, [mark], new_entity(desk, "Smile", "ENTITY"))
        head = desk.log(limit=1)[0].hash
    before = records(one)
    report = merged(one, two)
    assert report.done and report.head == head
    assert report.added == {"source": 1, "article": 1, "annotation": 1, "entity": 1}
    assert not (report.changed or report.removed or report.conflicts)
    assert records(one) == records(two)
    with opened(one, "Cy") as desk:
        assert desk.log(limit=1)[0].title == f"Merge “two.desk” ({head[:12]})"
        assert merges(desk) == [("two.desk", head)]
        desk.undo()
    assert records(one) == before


def test_the_other_desk_is_not_touched(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with opened(two) as desk:
        new_entity(desk, "Ada", "PERSON")
    before = two.read_bytes()
    merged(one, two)
    assert two.read_bytes() == before


def test_a_look_changes_nothing(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with opened(two) as desk:
        new_entity(desk, "Ada", "PERSON")
    before = records(one)
    report = merged(one, two, dry_run=True)
    assert (report.added, report.done) == ({"entity": 1}, False)
    assert records(one) == before


def test_what_one_desk_changed_is_taken_and_what_this_one_changed_stays(
    pair: tuple[Path, Path],
) -> None:
    one, two = pair
    with opened(one) as desk:
        write_note(desk, marks(desk)[0], "mine")
    with opened(two) as desk:
        write_note(desk, marks(desk)[1], "theirs")
    report = merged(one, two)
    assert (report.changed, report.conflicts) == ({"annotation": 1}, [])
    with opened(one) as desk:
        assert [mark.note for mark in marks(desk)[:2]] == ["mine", "theirs"]


@pytest.mark.parametrize(
    ("rule", "note", "left"),
    [("ask", "mine", 1), ("mine", "mine", 0), ("theirs", "theirs", 0), ("newer", "theirs", 0)],
)
def test_what_both_changed_is_decided_by_rule(
    pair: tuple[Path, Path], rule: str, note: str, left: int
) -> None:
    one, two = pair
    for place, said in ((one, "mine"), (two, "theirs")):
        with opened(place, said) as desk:
            write_note(desk, marks(desk)[0], said)
    report = merged(one, two, rule=Rule(rule))
    (conflict,) = report.conflicts
    assert (conflict.kind, report.open) == ("annotation", left)
    assert conflict.mine.fields == {"note": "mine"}
    assert conflict.theirs.fields == {"note": "theirs"}
    assert (conflict.mine.author, conflict.theirs.author) == ("mine", "theirs")
    with opened(one) as desk:
        assert marks(desk)[0].note == note


def test_what_was_decided_is_not_asked_again_until_it_changes(pair: tuple[Path, Path]) -> None:
    one, two = pair
    for place in pair:
        with opened(place) as desk:
            write_note(desk, marks(desk)[0], place.stem)
    (conflict,) = merged(one, two).conflicts
    merged(one, two, choices={conflict.record: Side.MINE})
    assert merged(one, two).conflicts == []
    with opened(two) as desk:
        write_note(desk, marks(desk)[0], "again")
    (conflict,) = merged(one, two).conflicts
    report = merged(one, two, choices={conflict.record: Side.THEIRS})
    assert report.open == 0
    with opened(one) as desk:
        assert marks(desk)[0].note == "again"


def test_what_the_other_deleted_goes_unless_it_was_changed_or_is_needed(
    pair: tuple[Path, Path],
) -> None:
    one, two = pair
    with opened(two) as desk:
        ids = [article.id for article in sorted(desk.find(Article), key=lambda one: one.title)]
        delete_articles(desk, ids)
    with opened(one) as desk:
        annotate(desk, desk.article(ids[0]), desk.label("ENTITY"), [(0, 1)])
    report = merged(one, two)
    assert report.removed["article"] == 1
    assert len(report.kept) > 0
    with opened(one) as desk:
        assert [article.id for article in desk.find(Article)] == [ids[0]]
        assert list(desk.check()) == []


def test_what_this_desk_deleted_comes_back_where_something_new_needs_it(
    pair: tuple[Path, Path],
) -> None:
    one, two = pair
    with opened(one) as desk:
        ids = [article.id for article in sorted(desk.find(Article), key=lambda one: one.title)]
        delete_articles(desk, ids)
    with opened(two) as desk:
        annotate(desk, desk.article(ids[0]), desk.label("ENTITY"), [(0, 1)])
    report = merged(one, two)
    assert report.added == {"article": 1, "annotation": 1}
    assert "comes back" in report.kept[0]
    with opened(one) as desk:
        assert [article.id for article in desk.find(Article)] == [ids[0]]
        assert list(desk.check()) == []


def test_desks_that_never_met_share_labels_outlets_and_texts(tmp_path: Path) -> None:
    one, two = tmp_path / "one.desk", tmp_path / "two.desk"
    start(one)
    start(two)
    report = merged(one, two)
    assert report.matched == {"label": 4, "source": 1, "article": 2}
    with opened(one) as desk:
        assert len(desk.find(Label)) == 4 and len(desk.find(Article)) == 2
        assert len(desk.find(Annotation)) == 24
        assert sum(s.description == "Berth" for s in desk.find(Source)) == 1
    again = merged(one, two)
    assert again.nothing and not again.done


def test_a_label_that_is_new_here_joins_the_codebook_without_a_key_that_is_taken(
    pair: tuple[Path, Path],
) -> None:
    one, two = pair
    for place, name in ((one, "MINE"), (two, "THEIRS")):
        with opened(place) as desk:
            put_label(desk, Label(name=name, layer=Layer.ENTITY, shortcut="x"))
    assert merged(one, two).added == {"label": 1}
    with opened(one) as desk:
        assert desk.codebook()[-1].name == "THEIRS"
        assert [desk.label(name).shortcut for name in ("MINE", "THEIRS")] == ["x", ""]


def test_entities_alike_are_offered_and_merged_when_asked(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with opened(one) as desk:
        ours = new_entity(desk, "Zoë Ångström", "PERSON", kb_id="Q1")
        new_entity(desk, "Bergen", "GPE")
    with opened(two) as desk:
        theirs = new_entity(desk, "Zoe Angstrom", "PERSON")
        new_entity(desk, "Z. Å.", "PERSON", kb_id="Q1")
        new_entity(desk, "Bergen", "PERSON")
        link_entity(desk, marks(desk)[:1], theirs)
    report = merged(one, two, dry_run=True)
    assert [(offer.mine, offer.name) for offer in report.offers] == [
        (ours.id, "Zoe Angstrom"),
        (ours.id, "Z. Å."),
    ]
    merged(one, two, entities=[theirs.id])
    with opened(one) as desk:
        assert desk.get(Entity, theirs.id).merged_into == ours.id
        assert marks(desk)[0].entity == ours.id
        assert "Zoe Angstrom" in desk.get(Entity, ours.id).aliases
    again = merged(one, two)
    assert again.nothing and again.conflicts == []
    assert [offer.name for offer in again.offers] == []


def test_no_desk_a_damaged_one_and_itself_are_refused(pair: tuple[Path, Path]) -> None:
    one, two = pair
    before = records(one)
    with opened(one) as desk:
        with pytest.raises(NewsdeskError, match="very desk"):
            merge(desk, one)
        with pytest.raises(NewsdeskError, match="There is no"):
            merge(desk, one.with_name("none.desk"))
        other = one.with_name("other.desk")
        other.write_bytes(bytes(range(256)) * 40)
        with pytest.raises(NewsdeskError, match="no desk of Newsdesk"):
            merge(desk, other)
        raw = bytearray(two.read_bytes())
        at = raw.index("Zoë Ångström".encode())
        raw[at : at + 3] = b"Bad"
        other.write_bytes(raw)
        with pytest.raises(NewsdeskError, match="damaged"):
            merge(desk, other)
    assert records(one) == before


def test_a_newer_desk_is_refused(pair: tuple[Path, Path]) -> None:
    import sqlite3

    one, two = pair
    db = sqlite3.connect(two)
    db.execute("UPDATE alembic_version SET version_num = 'v9999'")
    db.commit()
    db.close()
    with opened(one) as desk, pytest.raises(NewsdeskError, match="newer Newsdesk"):
        merge(desk, two)


def test_a_merge_can_be_stopped(pair: tuple[Path, Path]) -> None:
    one, two = pair
    with opened(two) as desk:
        new_entity(desk, "Ada", "PERSON")
    before = records(one)

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise Stopped

    with pytest.raises(Stopped):
        merged(one, two, progress=stop)
    assert records(one) == before


# Any two desks

Act = tuple[str, int]
WAYS = ("note", "delete", "add", "label", "entity", "title")
acts = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 11)), max_size=4)


def do(desk: Desk, act: str, number: int, side: int) -> None:
    """One thing that a team does; each has records of its own, so that nothing conflicts."""
    own = [one for at, one in enumerate(marks(desk)) if at % 2 == side]
    articles = sorted(desk.find(Article), key=lambda one: one.title)
    if act == "add":
        annotate(desk, articles[number % 2], desk.label("ENTITY"), [(number, number + 2)])
    elif act == "title":
        retitle(desk, articles[side].id, f"{side} {number}")
    elif act == "entity":
        entity = new_entity(desk, f"{side} {number}", "PERSON")
        link_entity(desk, own[:1], entity)
    elif own:
        mark = own[number % len(own)]
        if act == "note":
            write_note(desk, mark, f"{side} {number}")
        elif act == "delete":
            delete(desk, [mark])
        else:
            same = [x for x in desk.codebook() if x.layer is desk.get(Label, mark.label).layer]
            relabel(desk, mark, same[number % len(same)])


@settings(max_examples=6)
@given(mine=acts, theirs=acts)
def test_without_conflicts_both_sides_come_to_the_same_and_a_second_time_to_nothing(
    tmp_path_factory: pytest.TempPathFactory, mine: list[Act], theirs: list[Act]
) -> None:
    folder = tmp_path_factory.mktemp("desks")
    one, two = copies(folder)
    everything = records(one).keys()
    for side, (place, done) in enumerate(((one, mine), (two, theirs))):
        with opened(place, f"team {side}") as desk:
            for act, number in done:
                do(desk, act, number, side)
    before = {place: records(place) for place in (one, two)}
    for place, name in ((two, "three"), (one, "four")):
        shutil.copy(place, folder / f"{name}.desk")
    assert merged(one, two).conflicts == []
    merged(folder / "three.desk", folder / "four.desk")
    together = records(one)
    assert together == records(folder / "three.desk")
    # Nothing is lost: what either has stands, but for what the other has deleted.
    for place, other in ((one, two), (two, one)):
        for id in before[place].keys() - together.keys():
            assert id in everything and id not in before[other]
    again = merged(one, two)
    assert again.nothing and not again.done
    assert records(one) == together


def test_a_merge_notes_only_what_no_earlier_one_has(tmp_path: Path) -> None:
    """Desks that never were one match their labels and texts: once, not at every merge anew."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    start(tmp_path / "a" / "one.desk")
    start(tmp_path / "b" / "two.desk")
    with opened(tmp_path / "a" / "one.desk") as mine:
        for week in range(3):
            with opened(tmp_path / "b" / "two.desk", "Cy") as theirs:
                add_article(theirs, new_article(f"Week {week}.", title=f"W{week}"))
            merge(mine, tmp_path / "b" / "two.desk")
        kept = [one.value for one in mine.find(Setting) if one.name.startswith(PREFIX)]
        assert len(kept) == 3
        matched = [id for value in kept for id in json.loads(value)["matched"]]
        assert matched and len(matched) == len(set(matched))


@pytest.mark.parametrize("most", [0, 1_000_000])
def test_reading_all_or_what_was_touched_decides_alike(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("newsdesk.desk.merge_deciding.MOST_TOUCHED", most)
    monkeypatch.setattr("newsdesk.desk.merge_deciding.AT_ONCE", 1)
    for place, author in zip(pair, ("Bo", "Cy"), strict=True):
        with opened(place, author) as desk:
            first, second = desk.find(Article)
            retitle(desk, first.id, f"by {author}")
            marks = desk.find(Annotation, article=second.id)
            write_note(desk, marks[0], f"note by {author}")
            if author == "Cy":
                delete(desk, [marks[-1]])
                annotate(desk, second, desk.label("ENTITY"), [(0, 2)])
    with opened(pair[0]) as mine:
        report = merge(mine, pair[1], rule=Rule.THEIRS)
        assert {one.kind for one in report.conflicts} == {"article", "annotation"}
        assert report.added == {"annotation": 1}
        assert report.changed == {"article": 1, "annotation": 1}
        assert report.removed == {"annotation": 1}
        assert mine.find(Article, title="by Cy")
        assert mine.undo() is not None
        assert mine.find(Article, title="by Bo")
