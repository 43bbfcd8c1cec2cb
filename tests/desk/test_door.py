"""The door: one transaction, one revision, one undo step, one announcement."""

import sys
import threading
from dataclasses import dataclass

import pytest

from newsdesk.desk import Desk, open_desk
from newsdesk.desk import desk as door
from newsdesk.desk.annotating import accept, annotate, delete, write_note
from newsdesk.desk.attributing import mark_quote
from newsdesk.model import (
    Annotation,
    Article,
    Entity,
    Label,
    NewsdeskError,
    Setting,
    Span,
    Status,
    new_article,
    replace,
)
from newsdesk.store import open_store


def marks(desk):
    return desk.find(Annotation)


def test_undo_and_redo_survive_a_restart(desk, article, tmp_path):
    label = desk.label("PERSON")
    ada = annotate(desk, article, label, [(0, 12)])
    write_note(desk, ada, "the countess")
    written = marks(desk)
    desk.close()

    again = open_desk(tmp_path / "a.desk", "Ann")
    assert again.undoable == "Note on “Ada Lovelace”"
    again.undo()
    assert marks(again) == [ada]
    again.undo()
    assert marks(again) == []
    assert again.get(Article, article.id) == article, "the status went back with the mark"
    again.close()

    again = open_desk(tmp_path / "a.desk", "Ann")
    assert again.redoable == "Tag “Ada Lovelace” as PERSON"
    again.redo()
    again.redo()
    assert marks(again) == written
    assert again.redoable is None
    assert list(again.check()) == []
    again.close()


def test_undo_has_no_limit_and_reaches_every_kind_of_record(desk, article):
    with desk.change("House"):
        desk.put(Setting(name="house", value="The Courier"))
    for number in range(30):
        with desk.change(f"Step {number}"):
            desk.put(replace(desk.find(Setting)[0], value=str(number)))
    while desk.undo():
        pass
    assert [desk.count(kind) for kind in (Setting, Article, Label)] == [0, 0, 0]
    while desk.redo():
        pass
    assert desk.find(Setting)[0].value == "29"
    assert desk.get(Article, article.id) == article
    assert list(desk.check()) == []


def test_a_new_change_ends_redo(desk, article):
    annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    desk.undo()
    assert desk.redoable
    annotate(desk, article, desk.label("ORG"), [(0, 3)])
    assert desk.redoable is None
    assert desk.redo() is None


def test_undo_takes_back_ones_own_change_not_a_colleagues(desk, article, tmp_path):
    mine = annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    bob = open_desk(tmp_path / "a.desk", "Bob")
    theirs = annotate(bob, article, bob.label("ORG"), [(4, 12)])
    desk.undo()
    assert marks(desk) == [theirs]
    assert mine not in marks(desk)
    bob.close()


def test_undo_refuses_what_was_touched_since_and_says_by_whom(desk, article, tmp_path):
    ada = annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    bob = open_desk(tmp_path / "a.desk", "Bob")
    write_note(bob, ada, "checked")
    with pytest.raises(NewsdeskError, match=r"Note on “Ada”.*Bob"):
        desk.undo()
    assert marks(desk)[0].note == "checked"
    bob.undo()
    desk.undo()
    assert marks(desk) == []
    bob.close()


def test_a_failure_rolls_everything_back(desk, article):
    before = len(desk.log())
    with pytest.raises(NewsdeskError), desk.change("Bad"):
        mark_quote(desk, article, [(0, 3)], cue=(900, 901))
    assert marks(desk) == []
    assert len(desk.log()) == before


def test_an_inner_failure_that_was_caught_still_undoes_the_whole(desk, article):
    def attempt():
        with desk.change("Outer"):
            annotate(desk, article, desk.label("PERSON"), [(0, 3)])
            try:
                with desk.change("Inner"):
                    annotate(desk, article, desk.label("ORG"), [(0, 3)])
                    raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    with pytest.raises(RuntimeError, match="part of it failed"):
        attempt()
    assert marks(desk) == []


def test_a_change_that_alters_nothing_leaves_no_step(desk, article):
    heard = []
    desk.listeners.append(heard.append)
    with desk.change("Nothing"):
        desk.put(article)
        desk.put_all([article])
        desk.drop(new_article("x", title="never kept"))
    assert heard == []
    assert desk.undoable == "Import"


def test_many_are_put_and_only_what_was_altered_is_told(desk, article):
    heard = []
    desk.listeners.append(heard.append)
    same, old, new = (Entity(name=name, kind="PERSON") for name in ("Ann", "Bob", "Cy"))
    with desk.change("Two"):
        assert desk.put_all([same, old]) == 2
    changed = replace(old, name="Rob")
    with desk.change("Mixed"):
        assert desk.put_all(iter([same, replace(old, name="Robin"), changed, new])) == 2
    assert set(heard[-1].edits) == {(None, new), (old, changed)}
    desk.undo()
    assert desk.find(Entity) == [same, old]
    assert list(desk.check()) == []


def test_edits_outside_a_change_or_off_the_thread_are_refused(desk, article):
    with pytest.raises(RuntimeError, match="outside"):
        desk.put(article)
    said = []

    def sneak():
        try:
            with desk.change("Sneak"):
                pass
        except RuntimeError as error:
            said.append(str(error))

    thread = threading.Thread(target=sneak)
    thread.start()
    thread.join()
    assert said == ["«Sneak» off the desk's own thread"]
    with desk.change("Outer"), pytest.raises(RuntimeError, match="inside"):
        desk.undo()


def test_one_announcement_a_change_with_before_and_after(desk, article):
    heard = []
    desk.listeners.append(heard.append)
    ada = annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    (revision,) = heard
    assert (None, ada) in revision.edits
    assert {type(edit.record) for edit in revision.edits} == {Annotation, Article}
    assert revision.seq == desk.log(limit=1)[0].seq


def test_a_failing_listener_breaks_neither_the_change_nor_the_others(desk, article, monkeypatch):
    @dataclass
    class Hook:
        seen: list

        def __call__(self, kind, error, trace):
            self.seen.append(kind)

    hook, heard = Hook([]), []
    monkeypatch.setattr(sys, "excepthook", hook)
    desk.listeners.extend([lambda revision: 1 / 0, heard.append])
    annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    assert len(marks(desk)) == 1
    assert len(heard) == 1
    assert hook.seen == [ZeroDivisionError]


def test_a_huge_change_is_one_step_and_tells_its_listeners_to_reload(desk, article, monkeypatch):
    monkeypatch.setattr(door, "ANNOUNCED", 100)
    heard = []
    desk.listeners.append(heard.append)
    label = desk.label("PERSON")
    many = [
        Annotation(article=article.id, spans=(Span(0, 3),), label=label.id, quote="Ada")
        for _ in range(1201)
    ]
    with desk.change("Many"):
        assert desk.put_all(many) == 1201
    assert heard[0].edits is None
    assert heard[0].count == 1201
    desk.undo()
    assert marks(desk) == []
    desk.redo()
    assert {one.id for one in marks(desk)} == {one.id for one in many}
    assert list(desk.check()) == []


def test_put_all_tells_the_new_from_the_changed(desk, article):
    label = desk.label("PERSON")
    old = annotate(desk, article, label, [(0, 3)])
    new = replace(old, id=article.id[:-1] + "f", note="new")
    with desk.change("Mixed"):
        altered = desk.put_all([replace(old, note="x"), new])
    assert altered == 2
    desk.undo()
    assert marks(desk) == [old]


def test_several_edits_of_one_record_in_one_change_are_undone_as_one(desk, article):
    with desk.change("Twice"):
        ada = annotate(desk, article, desk.label("PERSON"), [(0, 3)])
        write_note(desk, ada, "a")
        write_note(desk, ada, "b")
    desk.undo()
    assert marks(desk) == []
    desk.redo()
    assert marks(desk)[0].note == "b"
    with desk.change("Born and gone"):
        delete(desk, [annotate(desk, article, desk.label("ORG"), [(4, 12)])])
    desk.undo()
    assert [one.note for one in marks(desk)] == ["b"]
    assert list(desk.check()) == []


def test_bulk_accept_is_one_step(desk, article):
    label = desk.label("PERSON")
    for start in (0, 1, 2, 4, 5):
        annotate(desk, article, label, [(start, start + 1)], status=Status.PROPOSED)
    waiting = desk.proposed(article=article.id)
    assert accept(desk, waiting) == len(waiting) == 5
    assert desk.proposed() == []
    desk.undo()
    assert desk.proposed() == waiting


def test_an_articles_text_never_changes_and_its_journal_holds_no_copy(desk, article):
    with pytest.raises(ValueError, match="never changes"), desk.change("Rewrite"):
        desk.put(replace(article, text="Other."))
    with desk.change("Retitle"):
        desk.put(replace(article, title="Countess"))
    entries = [entry for batch in desk.journalled(desk.log(limit=1)[0].seq) for entry in batch]
    assert "Lovelace" not in entries[0].before + entries[0].after
    assert list(desk.check()) == []
    desk.undo()
    assert desk.get(Article, article.id) == article


def test_another_window_is_caught_up_with(desk, article, tmp_path):
    bob = open_desk(tmp_path / "a.desk", "Bob")
    heard = []
    bob.listeners.append(heard.append)
    assert bob.catch_up() == 0
    annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    assert bob.catch_up() == 1
    assert heard[0].title == "Tag “Ada” as PERSON"
    assert heard[0].edits is None
    annotate(desk, article, desk.label("PERSON"), [(4, 12)])
    annotate(bob, article, bob.label("ORG"), [(0, 3)])
    assert [one.author for one in heard] == ["Ann", "Bob"]
    assert heard[1].edits is None, "all is read anew, for there is a gap before it"
    assert bob.catch_up() == 0
    bob.close()


def test_a_desk_that_can_only_be_read_says_so(desk, article, tmp_path, monkeypatch):
    desk.close()
    monkeypatch.setattr("newsdesk.store.opening._writable", lambda path: False)
    reader = Desk(open_store(tmp_path / "a.desk"), "Ann")
    assert reader.read_only
    assert reader.get(Article, article.id) == article
    with pytest.raises(NewsdeskError, match="only be read"):
        annotate(reader, article, reader.label("PERSON"), [(0, 3)])
    reader.close()


def test_a_held_desk_refuses_at_once_and_changes_nothing(desk, article):
    annotate(desk, article, desk.label("PERSON"), [(0, 12)])
    desk.held = "Other work is being written; this can be changed after it"
    for act in (
        lambda: annotate(desk, article, desk.label("PERSON"), [(0, 3)]),
        desk.undo,
    ):
        with pytest.raises(NewsdeskError, match="can be changed after it"):
            act()
    assert len(marks(desk)) == 1
    desk.held = ""
    assert desk.undo() is not None
    assert marks(desk) == []
