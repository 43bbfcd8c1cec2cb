"""Merging another desk in the window: the look, the conflicts, the keys, the report."""

from __future__ import annotations

from pathlib import Path

from newsdesk.desk import open_desk
from newsdesk.desk.articles import retitle
from newsdesk.desk.register import new_entity
from newsdesk.ui.merging.dialog import MergeDialog
from tests.ui.robot import Robot


def part_ways(robot: Robot, tmp_path: Path, count: int = 2) -> Path:
    """A copy of the desk; both give other titles to the same articles."""
    from newsdesk.desk.keeping import back_up

    other = back_up(Path(robot.window.place), tmp_path / "other.desk")
    desk = open_desk(other, "Bo")
    lines = robot.window.desk.library()[:count]
    for line in lines:
        retitle(desk, line.id, f"Theirs {line.title}")
        retitle(robot.window.desk, line.id, f"Mine {line.title}")
    new_entity(desk, "Only there", "PERSON")
    desk.close()
    return other


def titles(robot: Robot) -> list[str]:
    return sorted(line.title.split()[0] for line in robot.window.desk.library())


def merge(robot: Robot, other: Path, act) -> None:
    robot.window.ask.paths.append(other)
    robot.window.ask.dialogs.append(act)
    robot.window.filing.merge()
    robot.wait(lambda: not robot.window.ask.dialogs and not robot.window.jobs.running)


def test_conflicts_are_shown_side_by_side_and_decided_by_key(small: Robot, tmp_path: Path) -> None:
    other = part_ways(small, tmp_path)

    def decide(dialog: MergeDialog) -> None:
        dialog.show()
        assert "Mine" in dialog._mine.toPlainText()
        assert "Theirs" in dialog._theirs.toPlainText()
        assert "Bo" in dialog._theirs_head.text()
        small.click("Keep mine (M)", within=dialog)
        assert len(dialog.conflicts.open) == 1
        dialog._choose(mine=False)
        assert dialog.conflicts.open == []
        small.click("Merge", within=dialog)

    merge(small, other, decide)
    small.wait(lambda: small.sees("Merged “other.desk”: 1 new, 1 changed, 0 deleted."))
    assert titles(small).count("Mine") == titles(small).count("Theirs") == 1


def test_the_newer_ones_are_taken_at_once(small: Robot, tmp_path: Path) -> None:
    other = part_ways(small, tmp_path)

    def decide(dialog: MergeDialog) -> None:
        small.choose(dialog._rules.menu(), "The newer one of each")
        small.click("Merge", within=dialog)

    merge(small, other, decide)
    assert titles(small).count("Mine") == 2  # they were written after the others


def test_cancelled_it_changes_nothing(small: Robot, tmp_path: Path) -> None:
    other = part_ways(small, tmp_path)
    before = len(small.window.desk.log())
    merge(small, other, lambda dialog: dialog.reject())
    assert len(small.window.desk.log()) == before


def test_what_is_no_desk_is_said(small: Robot, tmp_path: Path) -> None:
    (tmp_path / "a.desk").write_text("no desk")
    small.window.ask.paths.append(tmp_path / "a.desk")
    small.window.filing.merge()
    small.wait(lambda: small.sees("is no desk of Newsdesk"))


def test_entities_alike_are_merged_where_they_are_ticked(small: Robot, tmp_path: Path) -> None:
    other = part_ways(small, tmp_path, count=0)
    new_entity(small.window.desk, "Only There", "PERSON")

    def tick(dialog: MergeDialog) -> None:
        from PySide6.QtCore import Qt

        index = dialog.offers.index(0)
        assert dialog.offers.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
        small.click("Merge", within=dialog)

    merge(small, other, tick)
    from newsdesk.model import Entity

    merged = [one for one in small.window.desk.find(Entity) if one.merged_into is not None]
    assert [one.name for one in merged] == ["Only there"]


def test_keys_decide_and_go_on_to_the_next_that_is_open(small: Robot, tmp_path: Path) -> None:
    other = part_ways(small, tmp_path)

    def decide(dialog: MergeDialog) -> None:
        assert small.focus is dialog._list
        small.press("T")
        assert dialog._list.currentIndex().row() == 1 and len(dialog.conflicts.open) == 1
        assert small.sees("1 is open", within=dialog)
        small.press("M")
        assert dialog.conflicts.open == [] and not dialog._rules.isEnabled()
        small.press("T")  # whoever changes their mind may
        assert [side.value for side in dialog.choices.values()] == ["theirs", "theirs"]
        small.press("Enter")

    merge(small, other, decide)
    small.wait(lambda: small.sees("Merged “other.desk”"))


def test_thousands_of_conflicts_are_decided_by_a_rule(small: Robot) -> None:
    from newsdesk.desk.merge_report import Conflict, MergeReport, Version

    sides = {"mine": Version(fields={"note": "a" * 5_000}), "theirs": Version(fields=None)}
    report = MergeReport(
        desk="o" * 300,
        head="",
        conflicts=[
            Conflict(kind="annotation", record=str(n), title="word " * 50, **sides)
            for n in range(3_000)
        ],
    )
    dialog = MergeDialog(report, small.window)
    dialog.show()
    dialog.activateWindow()
    small.wait(lambda: small.focus is dialog._list)
    small.press("M", "T")
    assert len(dialog.conflicts.open) == 2_998
    next(one for one in dialog._rules.menu().actions() if one.text() == "Theirs of each").trigger()
    assert dialog.conflicts.open == []
    assert [side.value for side in dialog.choices.values()].count("theirs") == 2_999
    dialog.close()
