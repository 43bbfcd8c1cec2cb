"""Many edits that share a row of the journal are told, undone and checked one by one."""

import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.annotating import accept, annotate, delete, reject
from newsdesk.model import (
    Annotation,
    Label,
    Layer,
    NewsdeskError,
    Setting,
    Status,
    new_article,
    replace,
)
from newsdesk.store import journal, past
from newsdesk.store.aside import ended

COUNT = journal.MANY * 2


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ann")
    with made.change("Codebook and article"):
        label = made.put(Label(name="PERSON", layer=Layer.ENTITY))
        article = made.put(new_article("Ada said yes. " * COUNT, title="t"))
    with made.change("Suggestions"):
        for n in range(COUNT):
            span, note = (n * 14, n * 14 + 3), f"one\n\u2028{n}"
            annotate(made, article, label, [span], status=Status.PROPOSED, note=note)
    yield made
    made.close()


def rows(desk, table):
    return desk._store.rows(f"SELECT count(*) FROM {table}")[0][0]


def test_a_bulk_act_is_one_row_and_told_edit_by_edit(desk):
    proposed = desk.proposed()
    before = rows(desk, "edit")
    accept(desk, proposed)
    assert (rows(desk, "bulk_edit"), rows(desk, "edit")) == (1, before)
    seq = desk.log(limit=1)[0].seq
    told = [entry for batch in desk.journalled(seq) for entry in batch]
    assert [entry.record for entry in told] == [one.id for one in proposed]
    for entry, was in zip(told, proposed, strict=True):
        assert journal.decode(entry, entry.before) == was
        assert journal.decode(entry, entry.after) == replace(was, status=Status.ACCEPTED)
        assert [one.kind for _, one in desk.history(was.id)] == ["Annotation"] * 2
        assert desk.history(was.id)[-1][1] == entry
    assert {record for _, record in journal.touched_after(desk._store, seq - 1)} == {
        one.id for one in proposed
    }
    assert list(desk.check()) == []


def test_bulk_acts_are_undone_and_redone(desk):
    proposed = desk.proposed()
    accept(desk, proposed)
    accepted = desk.find(Annotation)
    delete(desk, accepted)
    assert ended(desk._store) == {one.id for one in accepted}
    assert rows(desk, "bulk_edit") == 2
    assert list(desk.check()) == []
    desk.undo()
    assert desk.find(Annotation) == accepted
    desk.undo()
    assert desk.find(Annotation) == proposed
    desk.redo()
    desk.redo()
    assert desk.find(Annotation) == []
    assert list(desk.check()) == []


def test_an_edit_among_many_stands_in_the_way_of_an_undo(desk):
    accept(desk, desk.proposed())
    one = desk.find(Annotation)[3]
    desk.author = "Bob"
    with desk.change("Note"):
        desk.put(replace(one, note="mine"))
    desk.author = "Ann"
    with pytest.raises(NewsdeskError, match="was changed since by “Note”"):
        desk.undo()
    assert desk.find(Annotation)[4].status is Status.ACCEPTED


def test_who_was_once_named_is_found_among_many(desk):
    marks = desk.find(Annotation)
    other = new_article("Elsewhere.", title="o")
    with desk.change("Bulk"):
        desk.put_all([replace(one, note=f"see {other.id}") for one in marks[:20]])
    with desk.change("Bulk back"):
        desk.put_all(marks)
    named = past.once_named(desk._store, "Annotation", [other.id])
    assert named == sorted(one.id for one in marks[:20])
    sides = [side for side in past.edited(desk._store, "Annotation") if other.id in side]
    assert len(sides) == 20


def test_ids_with_line_feeds_do_not_share_a_row(desk):
    made = [Setting(id=f"a\n{n}", name=f"{n}") for n in range(COUNT)]
    with desk.change("Odd"):
        desk.put_all(made)
    with desk.change("Odd again"):
        desk.put_all([replace(one, value="x") for one in made])
    assert rows(desk, "bulk_edit") == 0
    desk.undo()
    assert sorted(one.id for one in desk.find(Setting)) == sorted(one.id for one in made)
    assert list(desk.check()) == []


@pytest.mark.postgres
def test_rows_of_many_are_found_whatever_the_order_of_the_server(postgres):
    desk = create_desk(postgres, "Ann")
    ids = [f"{letter}{n}" for n in range(COUNT) for letter in "aB"]
    made = [Setting(id=id, name=id) for id in ids]
    with desk.change("New"):
        desk.put_all(made)
    with desk.change("Changed"):
        desk.put_all([replace(one, value="x") for one in made])
    assert {len(desk.history(one.id)) for one in made} == {2}
    assert list(desk.check()) == []
    desk.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE bulk_edit SET afters = replace(afters, 'accepted', 'rejected')", "was altered"),
        ("UPDATE bulk_edit SET befores = replace(befores, 'Ada', 'Eve')", "was altered"),
        ("UPDATE bulk_edit SET digests = zeroblob(length(digests))", "its content differs"),
        ("DELETE FROM bulk_edit", "differs from the journal"),
        ("UPDATE bulk_edit SET afters = 'x'", "can't be read"),
        ("UPDATE bulk_edit SET ids = ids || char(10) || 'x'", "can't be read"),
        ("UPDATE bulk_edit SET highest = lowest", "not be found by their records"),
    ],
)
def test_tampering_with_many_edits_is_found(desk, statement, said):
    accept(desk, desk.proposed())
    assert list(desk.check()) == []
    desk._store.db.exec_driver_sql(statement)
    assert said in "; ".join(finding.what for finding in desk.check())


@pytest.mark.parametrize("few", [False, True])
def test_an_edit_that_is_put_under_another_record_is_found(desk, few):
    marks = desk.proposed()
    one, other = marks[:2]
    for decide in (accept, reject):  # what was said last is compared with the records themselves
        decide(desk, marks[:1] if few else marks)
    table, column = ("edit", "record") if few else ("bulk_edit", "ids")
    statement = f"UPDATE {table} SET {column} = replace({column}, '{one.id}', '{other.id}')"
    desk._store.db.exec_driver_sql(
        f"{statement} WHERE seq = (SELECT min(seq) FROM {table} WHERE kind = 'Annotation')"
    )
    assert "was altered" in "; ".join(finding.what for finding in desk.check())


def test_what_a_change_takes_away_and_bears_anew_is_sound(desk):
    marks = desk.proposed()
    with desk.change("Anew"):
        desk.drop_all(marks)
        desk.add_all([replace(one, note="anew") for one in marks])
    assert list(desk.check()) == []
    desk.undo()
    assert desk.proposed() == marks
    assert list(desk.check()) == []


def test_a_name_that_was_given_anew_is_not_brought_back(desk):
    with desk.change("New setting"):
        desk.put(Setting(name="house"))
    desk.undo()
    desk.author = "Bob"
    with desk.change("Bob's setting"):
        other = desk.put(Setting(name="house", value="Bob"))
    desk.author = "Ann"
    with pytest.raises(NewsdeskError, match="another setting has been given the name"):
        desk.redo()
    assert desk.find(Setting) == [other]
