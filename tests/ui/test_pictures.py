"""The pictures of provenance: what is drawn, gone through by key, opened and written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from defusedxml import ElementTree
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from newsdesk.desk import Desk, open_desk, picturing
from newsdesk.desk.reviewing import review
from newsdesk.desk.sample import build_sample_desk
from newsdesk.model import Claim, ClaimState, NewsdeskError
from newsdesk.provenance.graph import NodeKind
from newsdesk.ui.ask import Ask
from newsdesk.ui.jobs import Jobs
from newsdesk.ui.news import News
from newsdesk.ui.pictures.drawing import draw
from newsdesk.ui.pictures.graph import ProvenanceGraph
from newsdesk.ui.pictures.timeline import Timeline
from newsdesk.ui.theme import DARK, qpalette
from newsdesk.ui.workspaces import Shared


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("pictures") / "sample.desk"
    build_sample_desk(place, "Ada").close()
    return place


@pytest.fixture
def desk(sample: Path) -> Iterator[Desk]:
    opened = open_desk(sample, "Ben")
    yield opened
    opened.close()


@pytest.fixture
def shared(desk: Desk, sample: Path) -> Shared:
    return Shared(desk, str(sample), News(desk), Jobs(), Ask())


@pytest.fixture
def circular(desk: Desk) -> Claim:
    """The sample's claim that two papers have from one another."""
    return next(
        claim
        for claim in desk.each(Claim)
        if len([n for n in picturing.claim_graph(desk, claim.id).nodes if n.kind is NodeKind.GAP])
        >= 3
    )


def shown(qtbot, picture: QWidget) -> None:
    # As the window does: a picture outlives its desk by some events.
    qtbot.addWidget(picture, before_close_func=lambda closed: closed.stop())
    picture.resize(900, 600)
    picture.show()
    qtbot.waitExposed(picture)


def test_the_graph_draws_every_node_once(qtbot, shared, circular) -> None:
    picture = ProvenanceGraph(shared, None)
    shown(qtbot, picture)
    picture.show_claim(circular.id)
    graph = picturing.claim_graph(shared.desk, circular.id)
    assert {card.value.id for card in picture.canvas.cards} == {one.id for one in graph.nodes}
    boxes = [card.mapRectToScene(card.boundingRect()) for card in picture.canvas.cards]
    assert not any(a.intersects(b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])


def test_the_keys_go_from_the_sources_to_the_claim_and_open_what_is_chosen(
    qtbot, shared, circular
) -> None:
    picture = ProvenanceGraph(shared, None)
    shown(qtbot, picture)
    picture.show_claim(circular.id)
    wanted: list[tuple[str, str]] = []
    picture.article_wanted.connect(lambda *each: wanted.append(each))
    picture.record_wanted.connect(lambda *each: wanted.append(each))
    canvas = picture.canvas
    for _ in range(6):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.chosen is not None
    assert canvas.chosen.value.kind is NodeKind.CLAIM
    assert canvas.accessibleDescription() == canvas.chosen.said
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    article = canvas.chosen.value
    assert wanted == [("claim", circular.id), (article.record, article.annotation)]


def test_a_double_click_opens_an_article_at_its_words(qtbot, shared, circular) -> None:
    picture = ProvenanceGraph(shared, None)
    shown(qtbot, picture)
    picture.show_claim(circular.id)
    card = next(c for c in picture.canvas.cards if c.value.kind is NodeKind.ARTICLE)
    point = picture.canvas.mapFromScene(card.pos())
    with qtbot.waitSignal(picture.article_wanted) as heard:
        QTest.mouseDClick(picture.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert heard.args == [card.value.record, card.value.annotation]


def test_a_claim_without_an_appearance_says_so(qtbot, shared) -> None:
    picture = ProvenanceGraph(shared, None)
    shown(qtbot, picture)
    with shared.desk.change("Make a claim"):
        lone = shared.desk.put(Claim(statement="Nobody printed this."))
    picture.show_claim(lone.id)
    assert picture.canvas.cards == []
    assert picture._nothing.isVisible()
    shared.desk.undo()


def test_the_theme_is_followed(qtbot, shared, circular) -> None:
    picture = ProvenanceGraph(shared, None)
    shown(qtbot, picture)
    picture.show_claim(circular.id)
    picture.setPalette(qpalette(DARK))
    ground = picture.canvas.scene().backgroundBrush
    qtbot.waitUntil(lambda: ground().color().name().upper() == DARK.page)
    assert picture.canvas.cards


def test_a_theme_draws_once_and_what_the_desk_refuses_then_is_said(
    qtbot, shared, circular, monkeypatch
) -> None:
    picture, failed, read = Timeline(shared, None), [], []
    shown(qtbot, picture)
    picture.show_claim(circular.id)
    picture.failed.connect(failed.append)

    def refuse(desk, id):
        read.append(id)
        raise NewsdeskError("The desk is gone. Nothing was changed; open it again.")

    monkeypatch.setattr(picturing, "claim_timeline", refuse)
    larger = picture.font()
    larger.setPointSize(larger.pointSize() + 2)
    picture.setPalette(qpalette(DARK))
    picture.setFont(larger)
    assert read == [], "the desk was read inside of Qt's event"
    qtbot.waitUntil(lambda: len(failed) == 1)
    assert read == [circular.id]


def test_the_timeline_has_appearances_and_reviews_by_day(qtbot, shared, circular) -> None:
    review(shared.desk, circular, ClaimState.IN_REVIEW, "Two papers, no source.")
    picture = Timeline(shared, None)
    shown(qtbot, picture)
    picture.show_claim(circular.id)
    words = [card.said for card in picture.canvas.cards]
    assert sum("handshake is done" in one for one in words) == 1
    assert any("unreviewed → in review" in one and "Two papers" in one for one in words)
    tops = [card.pos().y() for card in picture.canvas.cards]
    assert tops == sorted(tops)
    shared.desk.undo()


@pytest.mark.parametrize("what", ["claim", "timeline", "article", "source"])
def test_pictures_are_written_as_svg_and_png(qapp, sample, circular, desk, tmp_path, what) -> None:
    graph = picturing.claim_graph(desk, circular.id)
    article = next(node for node in graph.nodes if node.kind is NodeKind.ARTICLE).record
    outlet = desk.article(article).outlet
    id = {"article": article, "source": outlet}.get(what, circular.id)
    draw(sample, what, id, tmp_path / "one.svg")
    draw(sample, what, id, tmp_path / "one.png", dark=True)
    root = ElementTree.parse(tmp_path / "one.svg").getroot()
    assert root.tag.endswith("svg")
    assert "Ballon" in (tmp_path / "one.svg").read_text(encoding="utf-8") or what == "source"
    image = QImage(str(tmp_path / "one.png"))
    assert image.width() > 400
    assert image.pixelColor(1, 1).name().upper() == DARK.page


def test_a_picture_that_cannot_be_written_is_said(qapp, sample, circular, tmp_path) -> None:
    with pytest.raises(NewsdeskError, match="could not be written"):
        draw(sample, "claim", circular.id, tmp_path / "nowhere" / "one.svg")
    with pytest.raises(NewsdeskError, match="could not be written"):
        draw(sample, "claim", circular.id, tmp_path / "one.gif")
    with pytest.raises(NewsdeskError, match="no claim"):
        draw(sample, "claim", "nothing", tmp_path / "one.svg")
    assert list(tmp_path.iterdir()) == []
