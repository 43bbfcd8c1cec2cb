"""The look before documents, tables and archives come in: what is proposed is shown and changed."""

from __future__ import annotations

from pathlib import Path

from newsdesk.model import Article
from newsdesk.ui.importing.dialog import ImportDialog
from tests.formats import documents
from tests.ui.robot import Robot

ROWS = (
    "Name of it;What it says;When\n"
    "Storm;The harbour was closed on Friday, and nobody on the pier could say when it would be "
    "open again.;13/03/2024\n"
)


def take(robot: Robot, path: Path, work) -> None:
    robot.window.ask.dialogs.append(work)
    robot.window.filing.take_files([path])


def ready(robot: Robot, dialog: ImportDialog) -> None:
    robot.wait(lambda: dialog.ready and dialog._go.isEnabled())


def test_what_a_page_says_of_itself_is_shown_before_it_is_stored(
    small: Robot, tmp_path: Path
) -> None:
    path = tmp_path / "storm.html"
    path.write_bytes(documents.page(head=documents.ABOUT_PAGE))

    def look(dialog: ImportDialog) -> None:
        ready(small, dialog)
        for said in ("2024-03-12", "The Harbour Post", "Bea Holm", "en-GB"):
            assert small.sees(said, within=dialog)
        assert small.sees("https://harbour.example/storm", within=dialog)
        assert small.sees("title, date, byline, outlet, language, address", within=dialog)
        dialog.accept()

    take(small, path, look)
    small.wait(lambda: small.sees("1 article imported"))
    (article,) = [one for one in small.window.desk.each(Article) if one.byline]
    assert (article.published, article.format) == ("2024-03-12", "html")


def test_the_columns_of_a_table_are_chosen(small: Robot, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")

    def choose(dialog: ImportDialog) -> None:
        ready(small, dialog)
        columns = dialog._detail._columns
        assert columns._choices["text"].currentData() == "What it says"
        assert columns._choices["published"].currentData() is None
        for field, name in (("title", "Name of it"), ("published", "When")):
            choice = columns._choices[field]
            choice.setCurrentIndex(choice.findData(name))
            choice.activated.emit(choice.currentIndex())
            small.wait(lambda: dialog.ready)
        assert dialog._detail._title.text() == "Storm"
        assert small.sees("2024-03-13", within=dialog)
        dialog.accept()

    take(small, path, choose)
    small.wait(lambda: small.sees("1 article imported"))
    (article,) = [one for one in small.window.desk.each(Article) if one.format == "table"]
    assert (article.title, article.published) == ("Storm", "2024-03-13")


def test_an_archive_is_looked_into(small: Robot, tmp_path: Path) -> None:
    path = tmp_path / "wire.zip"
    path.write_bytes(documents.zipped({"a.md": "# One\n\nFirst.", "in/b.txt": "Second."}))

    def look(dialog: ImportDialog) -> None:
        ready(small, dialog)
        assert small.sees("first of 2 articles", within=dialog)
        dialog.accept()

    take(small, path, look)
    small.wait(lambda: small.sees("2 articles imported"))
