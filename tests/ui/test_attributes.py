"""What the codebook asks, answered by the keyboard; what is required shows until it is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from newsdesk.desk.annotating import set_attributes
from newsdesk.desk.codebooks import change_attributes, change_label
from newsdesk.model import Annotation, Attribute, AttributeType
from newsdesk.ui.missing import lacking_in
from tests.ui.robot import Robot
from tests.ui.small_desk import make_desk
from tests.window_fixtures import Opener

ASKED = (
    Attribute(name="kind", type=AttributeType.CHOICE, values=("city", "state"), required=True),
    Attribute(name="since", type=AttributeType.DATE, required=True),
    Attribute(name="people", type=AttributeType.NUMBER),
    Attribute(name="capital", type=AttributeType.FLAG),
    Attribute(name="remark"),
)


@pytest.fixture
def asking(open_window: Opener, tmp_path: Path) -> Robot:
    """A person at a desk whose PLACE asks for five things, two of them required."""
    place = tmp_path / "asking.desk"
    desk = make_desk(place)
    change_attributes(desk, desk.label("PLACE"), ASKED)
    desk.close()
    robot = open_window(place)
    robot.open("Title 000")
    robot.select("Oslo")
    robot.press("2")
    return robot


def inspector(robot: Robot) -> QWidget:
    return robot.window.annotate.inspector.properties


def answers(robot: Robot) -> dict:
    assert robot.current is not None
    return robot.window.desk.get(Annotation, robot.current.id).attributes


def test_all_five_types_are_answered_without_the_mouse(asking: Robot) -> None:
    asking.press("Enter")  # goes to the first field that is missing
    assert asking.focus.accessibleName() == "kind – missing"
    assert asking.focus.accessibleDescription() == "required"
    asking.press("c", "Tab")
    assert answers(asking) == {"kind": "city"}
    assert asking.focus.accessibleName() == "since – missing", "the focus was not lost"
    asking.type("1048-01-01")
    asking.press("Tab")
    asking.type("709.5")
    asking.press("Tab", "y", "Tab")
    asking.type("old")
    asking.press("Enter")
    assert answers(asking) == {
        "kind": "city", "since": "1048-01-01", "people": 709.5, "capital": True, "remark": "old",
    }  # fmt: skip
    assert asking.focus is asking.window.reader, "Enter leads back to the text"
    assert not asking.sees("missing")
    asking.press("Ctrl+Z")
    assert "remark" not in answers(asking)
    assert not asking.sees("old", within=inspector(asking))


def test_tab_goes_through_the_fields_to_the_note(asking: Robot) -> None:
    asking.press("Enter")
    seen = []
    for _ in range(6):
        seen.append(asking.focus.accessibleName().split(" –")[0])
        asking.press("Tab")
    assert seen == ["kind", "since", "people", "capital", "remark", "Note"]


def test_what_is_no_answer_is_said_and_not_kept(asking: Robot) -> None:
    for name, typed, said in (
        ("since", "22 July", "since – no date; write it as 2017-07-22"),
        ("since", "2017-02-30", "since – no date"),
        ("people", "many", "people – no number; write it as 1.5"),
        ("people", "nan", "people – no number"),
        ("people", "1,000", "people – no number"),
    ):
        asking.press("Enter", *["Tab"] * (1 if name == "since" else 2))
        asking.type(typed)
        asking.press("Enter")
        assert asking.sees(said, within=inspector(asking))
        assert answers(asking) == {}
        assert asking.focus.text() == typed, "it stays, to be mended"
        asking.press("Esc")
        assert not asking.sees(" – no ", within=inspector(asking))
        assert asking.focus is asking.window.reader


def test_an_answer_is_taken_away_by_emptying_it(asking: Robot) -> None:
    set_attributes(asking.window.desk, asking.current, {"remark": "x", "people": 3})
    asking.rest()
    asking.press("Enter", "Tab", "Tab", "Ctrl+A", "Del", "Enter")
    assert answers(asking) == {"remark": "x"}


def test_an_answer_that_the_codebook_no_longer_has_is_shown(asking: Robot) -> None:
    set_attributes(asking.window.desk, asking.current, {"kind": "village", "since": "2000-01-01"})
    asking.rest()
    assert asking.sees("village", within=inspector(asking))
    assert asking.sees("kind – not in the codebook", within=inspector(asking))


def test_typing_goes_to_the_annotation_that_it_was_typed_for(asking: Robot) -> None:
    first = asking.current
    asking.press("Enter", "Tab", "Tab", "Tab", "Tab")
    asking.type("of the first")
    asking.select("Ada Ray")
    asking.press("2")
    assert asking.current is not None
    assert asking.current.id != first.id
    desk = asking.window.desk
    assert desk.get(Annotation, first.id).attributes == {"remark": "of the first"}
    assert answers(asking) == {}
    asking.press("Enter", "Tab", "Tab", "Tab", "Tab")
    assert asking.focus.text() == ""


def test_the_missing_ones_are_counted_and_stepped_through(asking: Robot) -> None:
    for words in ("Ada Ray", "Bo Lund"):
        asking.select(words)
        asking.press("2")
    panel = asking.window.annotate.inspector.list
    assert asking.sees("3 without a required attribute", within=asking.window.status_line)
    assert asking.sees("3 annotations · 3 without a required attribute", within=panel)
    assert asking.sees("accepted · 2 missing", within=asking.window.annotate.inspector.heading)
    assert asking.sees("PLACE, Oslo, attribute missing", within=panel)
    asking.press("Ctrl+M")
    assert asking.current.quote == "Oslo"
    assert asking.focus.accessibleName() == "kind – missing"
    asking.press("c", "Tab")
    asking.type("1048-01-01")
    asking.press("Ctrl+M")
    assert asking.current.quote == "Ada Ray", "round to the first"
    assert asking.sees("2 without a required attribute", within=asking.window.status_line)
    asking.press("s", "Ctrl+M")
    assert asking.current.quote == "Bo Lund"
    asking.click("2 without a required attribute", within=asking.window.status_line)
    assert asking.current.quote == "Ada Ray"
    assert asking.focus.accessibleName() == "since – missing"


def test_the_list_shows_only_the_missing_ones(asking: Robot) -> None:
    asking.select("Ada Ray")
    asking.press("1")
    panel = asking.window.annotate.inspector.list
    panel.set_filters("", "missing")
    assert [one.quote for one in panel.rows] == ["Oslo"]
    set_attributes(asking.window.desk, panel.rows[0], {"kind": "city", "since": "2000-01-01"})
    asking.rest()
    assert panel.rows == []


def test_where_nothing_is_required_nothing_is_said(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    assert lacking_in(small.window.annotate.open) == []
    assert not small.sees("required attribute")
    assert not small.window.bindings.action("attribute.next").isEnabled()


def test_rejected_ones_lack_nothing(asking: Robot) -> None:
    from newsdesk.desk.annotating import reject

    reject(asking.window.desk, [asking.current])
    asking.rest()
    assert not asking.sees("required attribute")


def test_a_tag_of_an_earlier_version_is_held_under_the_present_one(asking: Robot) -> None:
    asking.select("Ada Ray")
    asking.press("1")
    mark, desk = asking.current, asking.window.desk
    assert not asking.sees("Holds under")
    change_label(desk, desk.label("PERSON"), guideline="Names only.")
    asking.rest()
    assert asking.sees("Version 1", within=inspector(asking))
    asking.click("Holds under 2 too", within=inspector(asking))
    assert desk.get(Annotation, mark.id).label_version == 2
    assert not asking.sees("Holds under", within=inspector(asking))
    asking.press("Ctrl+Z")
    assert asking.sees("Holds under 2 too", within=inspector(asking))
    asking.menu("Annotate", "Holds under the present codebook")
    assert desk.get(Annotation, mark.id).label_version == 2
