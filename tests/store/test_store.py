"""Every kind of record goes in and comes out the same; what can't be is refused by the database."""

import hashlib
import sqlite3

import pytest
import sqlalchemy as sa

from newsdesk.model import (
    Annotation,
    Anonymity,
    Attribute,
    AttributeType,
    Attribution,
    Channel,
    Claim,
    ClaimState,
    Edit,
    Entity,
    Evidence,
    Label,
    Layer,
    Link,
    LinkKind,
    NewsdeskError,
    Review,
    Setting,
    Snapshot,
    Source,
    SourceKind,
    Span,
    Stance,
    Verdict,
    new_article,
    replace,
)
from newsdesk.store.dialect import plain_errors
from newsdesk.store.rows import TABLES


def one_of_each():
    label = Label(
        name="CUE",
        layer=Layer.CUE,
        attributes=(Attribute(name="polarity", type=AttributeType.CHOICE, values=("yes", "no")),),
        extra={"house": [1, {"x": None}]},
    )
    entity = Entity(name="Ada", kind="PERSON", aliases=("Countess", "عادا"))
    source = Source(
        description="an aide",
        kind=SourceKind.UNNAMED_INDIVIDUAL,
        anonymity=Anonymity(reason="job", approved_by="Ed"),
    )
    article = new_article("Ada said 😀 yes.", title="t", raw=b"\xff\x00", published="2026-01-02")
    claim = Claim(statement="Ada said yes.", verdict=Verdict.SUPPORTED)
    mark = Annotation(
        article=article.id,
        spans=(Span(0, 3), Span(9, 10)),
        label=label.id,
        quote="Ada … 😀",
        confidence=0.25,
        attributes={"polarity": "yes", "n": 1.5, "flag": True},
        entity=entity.id,
        claim=claim.id,
    )
    snapshot = Snapshot(
        sha256=hashlib.sha256(b"x").hexdigest(),
        media_type="text/html",
        bytes=b"x",
        captured_at="2026-01-01T00:00:00.000Z",
    )
    return [
        label,
        entity,
        source,
        claim,
        article,
        mark,
        Attribution(content=mark.id, source=source.id, channel=Channel.INTERVIEW, hop=2),
        snapshot,
        Evidence(claim=claim.id, stance=Stance.REFUTES, snapshot=snapshot.id, exact="yes"),
        Review(
            claim=claim.id,
            from_state=ClaimState.UNREVIEWED,
            to_state=ClaimState.IN_REVIEW,
            reviewer="Ed",
            comment="read",
        ),
        Link(kind=LinkKind.REPEATS, from_id=claim.id, to_id=mark.id),
        Setting(name="house", value="{}"),
    ]


def write_all(store):
    records = one_of_each()
    with store.transaction():
        for record in reversed(records):  # children first: references are checked at the commit
            assert store.put(record) is None
    return records


def check_round_trip(store):
    records = write_all(store)
    assert {type(record) for record in records} == set(TABLES)
    for record in records:
        (found,) = store.find(type(record))
        assert found == record
    with store.transaction():
        store.apply(Edit(record, None) for record in reversed(records))
    assert all(store.count(kind) == 0 for kind in TABLES)


def test_every_kind_of_record_comes_back_the_same(store):
    check_round_trip(store)


BROKEN = [
    ("annotation", "status", "'maybe'"),
    ("annotation", "confidence", "7"),
    ("annotation", "start", "90"),
    ("annotation", "label", "'none'"),
    ("annotation", "article", "'none'"),
    ("attribution", "hop", "-1"),
    ("attribution", "channel", "'rumour'"),
    ("attribution", "content", "'none'"),
    ("label", "layer", "'theme'"),
    ("source", "kind", "'ghost'"),
    ("source", "entity", "(SELECT id FROM entity)"),
    ("claim", "state", "'done'"),
    ("review", "comment", "' '"),
    ("entity", "merged_into", "id"),
    ("article_text", "text", "'other'"),
    ("article", "sha256", "'short'"),
    ("link", "to_id", "from_id"),
]


@pytest.mark.parametrize(("table", "column", "value"), BROKEN)
def test_the_database_holds_the_invariants_that_it_can(store, table, column, value):
    write_all(store)
    with pytest.raises(sa.exc.IntegrityError), store.transaction():
        store.db.exec_driver_sql(f"UPDATE {table} SET {column} = {value}")


def test_a_transaction_is_all_or_nothing(store):
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.put(Setting(name="a"))
        raise ZeroDivisionError
    assert store.count(Setting) == 0
    with pytest.raises(sa.exc.IntegrityError), store.transaction():
        store.put(Setting(name="b"))
        store.put(Setting(name="b"))
    assert store.count(Setting) == 0


def test_ctrl_c_amid_a_statement_comes_through(store, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.transaction():
        monkeypatch.setattr(store.db.dialect, "do_execute", stopped)
        monkeypatch.setattr(store.db.dialect, "do_execute_no_params", stopped)
        store.db.exec_driver_sql("SELECT 1")


def test_many_are_found_by_more_values_than_one_statement_takes(store):
    made = [Setting(name=f"{n}") for n in range(1_203)]
    with store.transaction():
        store.add_all(made)
    names = [one.name for one in reversed(made)]
    assert store.find(Setting, name=names + names[:3]) == made
    assert store.find(Setting, name=names, id=made[7].id) == [made[7]]
    assert store.find(Setting, name=[]) == store.find(Setting, id=None) == []
    assert store.get_all(Setting, [one.id for one in made[:700]]).keys() == {
        one.id for one in made[:700]
    }


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("database or disk is full", "the disk is full"),
        ("attempt to write a readonly database", "can only be read"),
        ("database is locked", "another program is writing"),
        ("disk I/O error", "the disk does not answer"),
        ("database disk image is malformed", "the file is damaged"),
        ("file is not a database", "no desk, or it is damaged"),
    ],
)
def test_what_a_database_says_is_told_in_plain_words(said, plain):
    with pytest.raises(NewsdeskError, match=plain), plain_errors("a.desk"):
        raise sqlite3.OperationalError(said)
    with pytest.raises(sqlite3.OperationalError, match="no such thing"), plain_errors("a.desk"):
        raise sqlite3.OperationalError("no such thing")


@pytest.mark.postgres
def test_the_same_code_runs_on_postgresql(postgres):
    from newsdesk.desk import create_desk, open_desk
    from newsdesk.desk.annotating import annotate
    from newsdesk.store import queries

    desk = create_desk(postgres, "Ann")
    check_round_trip(desk._store)
    with pytest.raises(NewsdeskError, match="holds a desk already"):
        create_desk(postgres, "Ann")
    with desk.change("Codebook"):
        label = desk.put(Label(name="PERSON", layer=Layer.ENTITY))
        article = desk.put(new_article("Ada said 😀 yes.", title="Ada", published="2026-01-01"))
    annotate(desk, article, label, [(0, 3)])
    bob = open_desk(postgres, "Bob")
    annotate(bob, article, label, [(9, 10)])
    assert desk.catch_up() == 1
    (hit,) = desk.search("yes")
    assert [span.of(hit.snippet) for span in hit.marks] == ["yes"]
    assert [line.title for line in desk.library()] == ["Ada"]
    assert len(next(queries.annotated_articles(desk._store))[1]) == 2
    with desk.change("Bulk"):
        desk.put_all([replace(one, note="x") for one in desk.find(Annotation)])
    desk.undo()
    desk.undo()
    assert [one.author for one in desk.find(Annotation)] == ["Bob"]
    assert list(desk.check()) == []
    with pytest.raises(sa.exc.IntegrityError), desk.change("Wrong"):
        desk.put(Annotation(article=article.id, spans=(Span(0, 3),), label="none", quote="Ada"))
    assert desk.count(Annotation) == 1
    bob.close()
    desk.close()
