"""The picture of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from newsdesk.desk import open_desk
from newsdesk.model import NewsdeskError
from newsdesk.ui.shot import shot
from newsdesk.ui.theme import DARK, LIGHT
from tests.ui.small_desk import first, make_desk


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "small.desk"
    make_desk(path).close()
    return path


@pytest.fixture
def article(place: Path) -> str:
    desk = open_desk(place, "Ada")
    found = first(desk).id
    desk.close()
    return found


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    }


@pytest.mark.parametrize(("dark", "theme"), [(False, LIGHT), (True, DARK)])
def test_it_shows_the_window_in_its_theme(
    qapp, place: Path, article: str, tmp_path: Path, dark: bool, theme
) -> None:
    out = tmp_path / "picture.png"
    shot(place, article, out, dark=dark, scale=1.5, size=(1000, 700))
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1500, 1050)
    seen = colours(image)
    assert {theme.page.upper(), theme.window.upper()} <= seen
    middle = image.pixelColor(750, 900)
    assert (middle.lightness() < 80) is dark
    assert QColor(theme.page).name() == middle.name()


def test_it_shows_the_article_s_words(qapp, place: Path, article: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one.png", tmp_path / "other.png"
    shot(place, article, one)
    desk = open_desk(place, "Ada")
    from newsdesk.desk.annotating import annotate

    annotate(desk, first(desk), desk.label("PERSON"), [(0, 7)])
    desk.close()
    shot(place, article, other)
    assert one.read_bytes() != other.read_bytes()


def test_what_is_missing_is_said(qapp, place: Path, article: str, tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="There is no"):
        shot(tmp_path / "none.desk", article, tmp_path / "a.png")
    with pytest.raises(NewsdeskError, match="There is no article"):
        shot(place, "01a20000-0000-7000-8000-000000000000", tmp_path / "a.png")
    with pytest.raises(NewsdeskError, match="There is no folder"):
        shot(place, article, tmp_path / "no" / "a.png")
    with pytest.raises(NewsdeskError, match="choose less"):
        shot(place, article, tmp_path / "a.png", scale=100)
    assert list(tmp_path.glob("*.png")) == []
