"""The list of an article's annotations agrees with the desk through any history."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from newsdesk.desk import annotating
from newsdesk.model import Annotation, Layer, Status, replace
from newsdesk.ui.inspector.annotation_list import OPEN, AnnotationList, Shown, spoken
from newsdesk.ui.open_article import OpenArticle, in_order
from tests.ui.small_desk import TEXT, first, make_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path / "a.desk")
    yield made
    made.close()


@pytest.fixture
def opened(qapp, desk) -> OpenArticle:
    found = OpenArticle(desk)
    found.loaded(first(desk).id)
    return found


def follow(opened: OpenArticle, model: AnnotationList):
    def hear(revision) -> None:
        edits = opened.follow(revision)
        assert edits is not None
        model.follow(edits)

    return hear


@pytest.mark.parametrize(
    "shown",
    [Shown(), Shown(status=""), Shown(Layer.ENTITY), Shown(status="proposed"), Shown(words="o")],
)
def test_the_list_follows_any_history(qapp, desk, opened: OpenArticle, shown: Shown) -> None:
    model = AnnotationList(opened)
    model.filter(shown)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    desk.listeners.append(follow(opened, model))
    dice = random.Random(5)
    for number in range(150):
        step(desk, dice)
        kept = desk.find(Annotation, article=first(desk).id)
        expected = in_order(one for one in kept if shown.holds(one, opened.labels.get(one.label)))
        assert model.rows == expected, number
        assert opened.annotations == {one.id: one for one in kept}
        assert opened.waiting == sum(one.status == Status.PROPOSED for one in kept)
    assert tester is not None


def step(desk, dice: random.Random) -> None:
    article = first(desk)
    have = desk.find(Annotation, article=article.id)
    some = dice.sample(have, min(len(have), 3))
    label = dice.choice(desk.codebook())
    start = dice.randrange(len(TEXT) - 6)
    acts = ["tag", "tag", "propose", "relabel", "move", "drop", "decide", "undo", "redo"]
    match dice.choice(acts):
        case "tag":
            annotating.annotate(desk, article, label, [(start, start + 5)])
        case "propose":
            annotating.annotate(desk, article, label, [(start, start + 5)], status=Status.PROPOSED)
        case "relabel" if some:
            annotating.relabel(desk, some[0], label)
        case "move" if some:
            annotating.resize(desk, some[0], [(start, start + 4)])
        case "drop" if some:
            annotating.delete(desk, some)
        case "decide" if some:
            dice.choice([annotating.accept, annotating.reject])(desk, some)
        case "undo":
            desk.undo()
        case "redo":
            desk.redo()


def test_what_another_program_did_is_found_by_comparing(desk, opened: OpenArticle) -> None:
    article = first(desk)
    model = AnnotationList(opened)
    made = annotating.annotate(desk, article, desk.label("PERSON"), [(0, 7)])
    edits = opened.follow(replace(desk.log(limit=1)[0], edits=None))
    assert edits is not None
    assert [edit.after for edit in edits if edit.before is None] == [made]
    model.follow(edits)
    assert model.rows == [made]
    annotating.delete(desk, [made])
    edits = opened.follow(replace(desk.log(limit=1)[0], edits=None))
    assert edits is not None
    assert [edit.before for edit in edits] == [made]


def test_an_article_that_is_gone_is_closed(desk, opened: OpenArticle) -> None:
    from newsdesk.desk.articles import delete_articles

    desk.listeners.append(lambda revision: heard.append(opened.follow(revision)))
    heard: list = []
    delete_articles(desk, [first(desk).id])
    assert heard == [None]
    assert not opened.is_open


def test_a_row_is_found_by_its_annotation(desk, opened: OpenArticle) -> None:
    article, label = first(desk), desk.label("PERSON")
    made = [annotating.annotate(desk, article, label, [(n, n + 3)]) for n in (12, 0, 23)]
    opened.loaded(article.id)
    model = AnnotationList(opened)
    model.reload()
    assert [model.row_of(one) for one in made] == [1, 0, 2]
    assert model.row_of(replace(made[0], id=made[1].id)) == -1


def test_it_is_spoken_as_the_manual_says(desk) -> None:
    article, label = first(desk), desk.label("PERSON")
    made = annotating.annotate(desk, article, label, [(0, 7)], status=Status.PROPOSED)
    assert spoken(made, label) == "PERSON, suggested, Ada Ray"
    assert spoken(replace(made, status=Status.ACCEPTED), label) == "PERSON, Ada Ray"
    assert spoken(made, None) == ", suggested, Ada Ray"


@given(st.sampled_from(list(Status)), st.sampled_from(["", OPEN, *(s.value for s in Status)]))
def test_a_status_filter_shows_that_status(status: Status, wanted: str) -> None:
    annotation = Annotation(article="a", spans=((0, 1),), label="l", quote="x", status=status)
    held = Shown(status=wanted).holds(annotation, None)
    if wanted == OPEN:
        assert held is (status is not Status.REJECTED)
    else:
        assert held is (not wanted or wanted == status)
