"""Desks made, opened, copied; articles deleted; and what is asked before."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.desk import open_desk
from newsdesk.model import Article, NewsdeskError
from tests.ui.robot import Robot


def test_a_new_desk_has_the_newsroom_s_codebook(small: Robot, tmp_path: Path, qtbot) -> None:
    small.window.ask.paths.append(tmp_path / "fresh")
    with qtbot.waitSignal(small.window.desk_wanted) as wanted:
        small.menu("File", "New desk…")
    assert wanted.args == [str(tmp_path / "fresh.desk")]
    desk = open_desk(tmp_path / "fresh.desk", "Ada")
    assert "PERSON" in [label.name for label in desk.codebook()]
    desk.close()


def test_a_desk_that_exists_is_not_written_over(small: Robot, tmp_path: Path) -> None:
    small.window.ask.paths.append(tmp_path / "small.desk")
    small.menu("File", "New desk…")
    assert small.sees("exists already")


def test_another_desk_is_asked_for(small: Robot, tmp_path: Path, qtbot) -> None:
    small.window.ask.paths.append(tmp_path / "other.desk")
    with qtbot.waitSignal(small.window.desk_wanted) as wanted:
        small.press("Ctrl+O")
    assert wanted.args == [str(tmp_path / "other.desk")]
    small.window.ask.paths.append(None)
    with qtbot.assertNotEmitted(small.window.desk_wanted):
        small.press("Ctrl+O")


def test_a_backup_is_a_whole_desk(small: Robot, tmp_path: Path) -> None:
    small.select("Oslo")
    small.press("2")
    small.window.ask.paths.append(tmp_path / "copy.desk")
    small.menu("File", "Back up desk…")
    assert small.sees("Copied and checked: copy.desk")
    copy = open_desk(tmp_path / "copy.desk", "Ada")
    assert copy.count(Article) == 3
    assert list(copy.check()) == []
    copy.close()


def test_an_article_is_deleted_after_a_question_and_comes_back(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    small.window.ask.yes.append(False)
    small.menu("File", "Delete article…")
    assert small.sees("Title 000", within=small.window.annotate.library)
    small.window.ask.yes.append(True)
    small.menu("File", "Delete article…")
    small.wait(lambda: not small.sees("Title 000", within=small.window), "it stays in the window")
    assert small.window.annotate.open.article is None
    assert not small.window.annotate.header.isVisible()
    small.press("Ctrl+Z")
    small.open("Title 000")
    assert small.tagged("Oslo") == ["PLACE"]


def test_the_menu_of_the_library_acts_on_the_row_below_it(small: Robot) -> None:
    menu = small.right_click_row("Title 001", small.window.annotate.library.view)
    small.window.ask.yes.append(True)
    small.choose(menu, "Delete article…")
    titles = [line.title for line in small.window.desk.library()]
    assert titles == ["Title 002", "Title 000"]


def test_title_and_status_are_changed_in_place(small: Robot) -> None:
    header = small.window.annotate.header
    header._title.setFocus()
    small.press("Enter", "Ctrl+A")
    small.type("Another title")
    small.press("Enter")
    assert small.sees("Another title", within=small.window.annotate.library)
    assert "Another title" in small.window.windowTitle()
    header._title.setFocus()
    small.press("Enter", "Ctrl+A")
    small.type("Not this")
    small.press("Esc")
    assert small.sees("Another title", within=header)
    header._status.setFocus()
    small.press("Down", "Down", "Enter")
    article = small.window.annotate.open.article
    assert article is not None
    assert article.status == "annotated"


def test_an_empty_title_is_refused_in_words(small: Robot) -> None:
    small.window.annotate.header._title.setFocus()
    small.press("Enter", "Ctrl+A", "Del", "Enter")
    assert small.sees("An article needs a title")
    assert small.sees("Title 000", within=small.window.annotate.header)


def test_an_article_that_is_damaged_is_not_shown_and_the_other_stays(
    small: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(id: str):
        raise NewsdeskError("The text of this article is damaged.")

    monkeypatch.setattr(small.window.desk, "article", refuse)
    small.window.annotate.open_article("01a20000-0000-7000-8000-000000000000")
    small.rest()
    assert small.sees("The text of this article is damaged.")
    assert small.sees("Title 000", within=small.window.annotate.header)


def test_the_name_of_the_editor_is_journalled(small: Robot) -> None:
    small.window.ask.texts.append("Zoë")
    small.menu("Edit", "Your name…")
    small.window.reader.setFocus()
    small.select("Oslo")
    small.press("2")
    assert small.window.desk.log(limit=1)[0].author == "Zoë"


def test_a_read_only_desk_says_so_and_writes_nothing(open_window, tmp_path: Path) -> None:
    from newsdesk.desk import open_desk
    from newsdesk.settings import Preferences
    from newsdesk.ui.window import Window
    from tests.ui.robot import Answers
    from tests.ui.small_desk import make_desk
    from tests.window_fixtures import close

    place = tmp_path / "locked.desk"
    make_desk(place).close()
    desk = open_desk(place, "Ada")
    desk._store.read_only = True
    window = Window(desk, str(place), Preferences(author="Ada"), ask=Answers())
    robot = Robot(window)
    robot.open("Title 000")
    assert robot.sees("This desk can only be read")
    assert robot.sees("Read-only")
    robot.select("Oslo")
    robot.press("2", "Q", "Ctrl+V")
    assert robot.annotations == []
    close(window)
