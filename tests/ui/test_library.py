"""The library: fetched page by page, patched by news, searched, filtered, never loading a text."""

from __future__ import annotations

import random

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QToolButton

from newsdesk.desk import articles
from newsdesk.desk.annotating import accept, annotate, reject
from newsdesk.model import (
    Article,
    ArticleFilter,
    ArticleStatus,
    Status,
    new_article,
    replace,
)
from newsdesk.ui.library import LibraryPanel
from newsdesk.ui.library import model as library_model
from newsdesk.ui.library.model import LibraryList, spoken, unfinished
from newsdesk.ui.news import News
from tests.ui.small_desk import first, make_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path / "a.desk", articles=12)
    yield made
    made.close()


def rows(model: LibraryList) -> list:
    return [model.row(at).line for at in range(model.rowCount())]


def watched(model: LibraryList) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_it_fetches_as_it_is_scrolled(qapp, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(library_model, "PAGE", 5)
    desk = make_desk(tmp_path / "b.desk", articles=12)
    model = LibraryList(desk)
    assert model.rowCount() == 5
    tester = watched(model)
    while model.canFetchMore():
        model.fetchMore()
    assert rows(model) == desk.library(limit=100)
    assert tester is not None
    desk.close()


def test_it_never_loads_an_article(qtbot, desk, monkeypatch) -> None:
    def refuse(*_, **__):
        raise AssertionError("a text was loaded")

    for name in ("get", "article", "find", "each", "get_all"):
        monkeypatch.setattr(desk, name, refuse)
    panel = LibraryPanel(desk, News(desk))
    qtbot.addWidget(panel)  # no other test may see it
    panel.show()
    panel.model.filter = ArticleFilter(words="Oslo")
    panel.model.reload()
    panel.grab()


def test_it_follows_any_history(qapp, desk) -> None:
    model = LibraryList(desk)
    tester = watched(model)
    desk.listeners.append(model.follow)
    dice = random.Random(11)
    for number in range(120):
        step(desk, dice, number)
        assert rows(model) == desk.library(limit=1000), number
    assert tester is not None


def step(desk, dice: random.Random, number: int) -> None:
    lines = desk.library(limit=1000)
    one = dice.choice(lines)
    match dice.choice(["add", "tag", "propose", "decide", "status", "retitle", "drop", "undo"]):
        case "add":
            date = dice.choice([None, f"2026-01-{dice.randrange(1, 29):02}"])
            text = f"New {number}."
            articles.add_article(desk, new_article(text, title=f"New {number}", published=date))
        case "tag":
            annotate(desk, desk.article(one.id), desk.label("PERSON"), [(0, 3)])
        case "propose":
            article = desk.article(one.id)
            annotate(desk, article, desk.label("PLACE"), [(0, 3)], status=Status.PROPOSED)
        case "decide":
            dice.choice([accept, reject])(desk, desk.proposed(article=one.id))
        case "status":
            articles.set_status(desk, one.id, dice.choice(list(ArticleStatus)))
        case "retitle":
            articles.retitle(desk, one.id, f"Again {number}")
        case "drop" if len(lines) > 3:
            articles.delete_articles(desk, [one.id])
        case "undo":
            desk.undo()


def test_a_change_too_large_to_list_is_read_anew(qapp, desk) -> None:
    model = LibraryList(desk)
    one = articles.add_article(desk, new_article("Text.", title="Late", published="2027-01-01"))
    assert model.row_of(one.id) < 0
    model.follow(replace(desk.log(limit=1)[0], edits=None))
    assert model.row_of(one.id) == 0


def test_what_is_typed_may_go_on() -> None:
    assert unfinished("sea wa") == "sea wa*"
    assert unfinished('"sea wall"') == '"sea wall"'
    assert unfinished("sea ") == "sea "
    assert unfinished("sea*") == "sea*"


def test_a_search_shows_snippets_with_their_matches(qapp, desk) -> None:
    model = LibraryList(desk)
    model.filter = ArticleFilter(words="Osl")
    model.reload()
    assert model.rowCount() == 12
    row = model.row(0)
    assert row.marks[0].of(row.snippet) == "Oslo"


def test_filters_narrow_the_list_and_the_search(qapp, desk) -> None:
    model = LibraryList(desk)
    model.filter = ArticleFilter(outlets=("Outlet 1",))
    model.reload()
    assert {line.outlet for line in rows(model)} == {"Outlet 1"}
    model.filter = ArticleFilter(words="Oslo", outlets=("Outlet 1",))
    model.reload()
    assert model.rowCount() == 4


def test_the_panel_says_what_to_do_when_it_is_empty(qtbot, tmp_path) -> None:
    desk = make_desk(tmp_path / "b.desk", articles=0)
    panel = LibraryPanel(desk, News(desk))
    qtbot.addWidget(panel)
    panel.show()
    assert panel._import.isVisible()
    assert "No articles yet" in panel._nothing.text()
    with qtbot.waitSignal(panel.import_wanted):
        panel._import.click()
    articles.add_article(desk, new_article("Text.", title="One"))
    assert panel.view.isVisible()
    desk.close()


def test_filters_by_what_stands_inside_are_counted_and_fetched(qapp, desk, monkeypatch) -> None:
    monkeypatch.setattr(library_model, "PAGE", 2)
    for line in desk.library()[:5]:
        annotate(desk, desk.article(line.id), desk.label("PERSON"), [(0, 3)])
    model = LibraryList(desk)
    model.filter = ArticleFilter(labels=("PERSON",))
    model.reload()
    assert (model.found, model.rowCount()) == (5, 2)
    tester = watched(model)
    while model.canFetchMore():
        model.fetchMore()
    assert rows(model) == desk.library()[:5]
    assert tester is not None
    model = LibraryList(desk)
    model.filter = ArticleFilter(suggestions=True)
    model.reload()
    assert (model.found, model.rowCount(), model.canFetchMore()) == (0, 0, False)


@pytest.mark.parametrize("page", [3, 200])
def test_a_narrowed_list_follows_what_comes_and_goes(qapp, desk, monkeypatch, page) -> None:
    monkeypatch.setattr(library_model, "PAGE", page)
    model = LibraryList(desk)
    model.filter = ArticleFilter(outlets=("Outlet 1",), since="2026")
    model.reload()
    desk.listeners.append(model.follow)
    for day in ("2026-03-01", "2026-01-02", "2025-01-01"):
        new = new_article(f"Text {day}.", title=day, published=day)
        articles.add_article(desk, new, outlet="Outlet 1")
    articles.add_article(desk, new_article("Else.", title="Else", published="2026-03-02"))
    lines = [line for line in desk.library(outlet="Outlet 1") if line.published >= "2026"]
    articles.delete_articles(desk, [lines[-1].id])
    while model.canFetchMore():
        model.fetchMore()
    assert rows(model) == lines[:-1]
    assert model.found == len(lines) - 1


def test_chips_say_what_narrows_and_take_it_away(qtbot, desk) -> None:
    panel = LibraryPanel(desk, News(desk))
    qtbot.addWidget(panel)
    panel.show()
    panel.filters.set_filter(
        ArticleFilter(statuses=(ArticleStatus.IN_PROGRESS,), since="2026", claims=False)
    )
    assert panel.model.rowCount() == 0
    assert "No article matches" in panel._nothing.text()
    chips = {chip.text().split(" ×")[0]: chip for chip in chips_of(panel)}
    assert list(chips) == ["In progress", "From 2026", "Without claims"]
    chips["In progress"].click()
    assert panel.model.rowCount() == 12
    assert panel._count.text() == "12 articles"
    assert len(chips_of(panel)) == 2


def chips_of(panel: LibraryPanel) -> list[QToolButton]:
    found = panel.findChildren(QToolButton, "chip")
    return [chip for chip in found if chip.isVisible()]


def test_the_words_of_a_search_are_narrowed_by_the_filter(qtbot, desk) -> None:
    panel = LibraryPanel(desk, News(desk))
    qtbot.addWidget(panel)
    panel._search.setText("Oslo")
    panel.filters.set_filter(ArticleFilter(words="Oslo", outlets=("Outlet 2",)))
    assert panel._search.text() == "Oslo"
    assert {line.outlet for line in rows(panel.model)} == {"Outlet 2"}
    assert panel.filter == ArticleFilter(words="Oslo", outlets=("Outlet 2",))


def test_what_is_remembered_names_nothing(qtbot, desk) -> None:
    panel = LibraryPanel(desk, News(desk))
    qtbot.addWidget(panel)
    annotate(desk, first(desk), desk.label("PERSON"), [(0, 3)])
    wanted = ArticleFilter(
        words="Oslo", byline="Ray", outlets=("Outlet 1",), labels=("PERSON",), authors=("Ada",),
        statuses=(ArticleStatus.NEW,), missing=True,
    )  # fmt: skip
    panel.filters.set_filter(wanted)
    kept = panel.remembered()
    for word in ("Oslo", "Ray", "Outlet", "PERSON", "Ada"):
        assert word not in kept
    again = LibraryPanel(desk, News(desk))
    qtbot.addWidget(again)
    again.recall(kept)
    assert again.filter == replace(wanted, words="", byline="")
    for broken in ("{", "[]", '{"type":"annotations"}', '{"type":"articles","since":"x"}'):
        again.recall(broken)
        assert again.filter == ArticleFilter()
    assert LibraryPanel(desk, News(desk)).remembered() == ""


def test_a_screen_reader_hears_what_is_drawn(qapp, desk) -> None:
    article = first(desk)
    annotate(desk, article, desk.label("PERSON"), [(0, 3)], status=Status.PROPOSED)
    line = desk.library(ids=[article.id])[0]
    said = "Title 000, Outlet 0, 2026-01-01, In progress, 1 suggestion waiting"
    assert spoken(line) == said


def test_an_article_that_vanishes_leaves_the_list(qapp, desk) -> None:
    model = LibraryList(desk)
    desk.listeners.append(model.follow)
    article = desk.find(Article, title="Title 003")[0]
    articles.delete_articles(desk, [article.id])
    assert model.row_of(article.id) == -1
