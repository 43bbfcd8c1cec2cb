"""Light and dark, live; sizes from the font; panels, zoom and focus mode."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from newsdesk.settings import load_preferences
from newsdesk.ui.look import sheet
from newsdesk.ui.theme import DARK, LIGHT, contrast
from tests.ui.robot import Robot
from tests.window_fixtures import Opener


def page(robot: Robot) -> str:
    viewport = robot.window.reader.viewport()
    return viewport.palette().color(QPalette.ColorRole.Base).name().upper()


def pixel(robot: Robot) -> str:
    """The colour of the page as it is painted."""
    image = robot.window.reader.grab().toImage()
    return image.pixelColor(3, 3).name().upper()


def test_light_and_dark_follow_the_system_live(open_window: Opener) -> None:
    robot = open_window()
    robot.open("Adviser warned")
    system = robot.window.viewing._system
    assert page(robot) == pixel(robot) == LIGHT.page
    system.turn(True)
    robot.rest()
    assert page(robot) == pixel(robot) == DARK.page
    assert robot.window.viewing.theme is DARK
    system.turn(False)
    robot.rest()
    assert page(robot) == pixel(robot) == LIGHT.page


def test_a_preference_wins_over_the_system(open_window: Opener) -> None:
    robot = open_window(remember=True)
    robot.menu("View", "Theme", "Dark")
    assert robot.window.viewing.theme is DARK
    robot.window.viewing._system.turn(False)
    assert robot.window.viewing.theme is DARK
    robot.wait(lambda: load_preferences()[0].theme == "dark")
    robot.menu("View", "Theme", "As the system")
    assert robot.window.viewing.theme is LIGHT


def test_panels_text_can_be_read_in_both_themes(open_window: Opener) -> None:
    robot = open_window()
    for theme in ("light", "dark"):
        robot.window.viewing.prefer(theme=theme)
        robot.rest()
        palette = QApplication.palette()
        roles = QPalette.ColorRole
        for text, ground in (
            (roles.WindowText, roles.Window), (roles.Text, roles.Base),
            (roles.PlaceholderText, roles.Base), (roles.PlaceholderText, roles.Window),
            (roles.HighlightedText, roles.Highlight), (roles.ButtonText, roles.Button),
        ):  # fmt: skip
            ratio = contrast(palette.color(text).name(), palette.color(ground).name())
            assert ratio >= 4.5, (theme, text, ground, ratio)


def test_every_length_of_the_style_follows_the_font() -> None:
    small, large = sheet(LIGHT, 16), sheet(LIGHT, 32)
    assert small != large
    assert "padding: 8px 16px" in large


def test_zoom_is_kept_and_bounded(open_window: Opener) -> None:
    robot = open_window(remember=True)
    robot.open("Adviser warned")
    robot.press("Ctrl+=", "Ctrl+=")
    assert robot.window.reader.zoom == 120
    robot.press("Ctrl+-")
    assert robot.window.reader.zoom == 110
    robot.wait(lambda: load_preferences()[0].zoom == 110)
    for _ in range(40):
        robot.window.viewing.zoom(1)
    assert robot.window.reader.zoom == 300
    robot.press("Ctrl+0")
    assert robot.window.reader.zoom == 100


def test_the_wheel_s_zoom_is_kept_too(open_window: Opener) -> None:
    robot = open_window(remember=True)
    robot.open("Adviser warned")
    robot.window.reader.set_zoom(140)
    assert robot.window.preferences.zoom == 140
    robot.window.close()
    assert load_preferences()[0].zoom == 140


def test_panels_hide_and_focus_mode_hides_all(small: Robot) -> None:
    annotate = small.window.annotate
    small.press("Ctrl+L")
    assert not annotate.left.isVisible()
    assert not small.window.bindings.action("panel.library").isChecked()
    small.press("F11")
    assert not annotate.inspector.isVisible()
    assert not small.window.toolbar.isVisible()
    assert not annotate.header.isVisible()
    assert small.focus is small.window.reader
    small.press("F11")
    assert annotate.inspector.isVisible()
    assert annotate.header.isVisible()
    assert not annotate.left.isVisible(), "what was hidden before stays hidden"
    small.press("Ctrl+Shift+F")
    assert annotate.left.isVisible(), "a search shows where it is typed"


def test_a_layer_is_switched_off_and_on(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    small.menu("View", "Layers", "Entities")
    small.point_at("Oslo")
    assert small.window.reader.annotations_at(small.window.reader.words.index("Oslo")) == []
    assert not small.window.bindings.action("layer.entity").isChecked()
    small.menu("View", "Layers", "Entities")
    assert small.window.reader.annotations_at(small.window.reader.words.index("Oslo"))


def test_font_width_and_codes_are_preferences(open_window: Opener) -> None:
    robot = open_window(remember=True)
    robot.open("Adviser warned")
    robot.menu("View", "Sans-serif text")
    robot.menu("View", "Wider lines")
    robot.menu("View", "Label codes in the text")
    robot.window.close()
    kept = load_preferences()[0]
    assert (kept.font, kept.line_width, kept.show_codes) == ("sans", 76, True)
