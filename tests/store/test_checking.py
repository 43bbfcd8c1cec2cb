"""A check finds whatever was changed behind the door."""

import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.annotating import annotate, write_note
from newsdesk.model import Label, Layer, NewsdeskError, new_article

LIFT = "DROP TRIGGER article_text_is_fixed"


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ann")
    with made.change("Codebook and article"):
        label = made.put(Label(name="PERSON", layer=Layer.ENTITY))
        article = made.put(new_article("Ada said yes.", title="t"))
    write_note(made, annotate(made, article, label, [(0, 3)]), "n")
    yield made
    made.close()


TAMPERED = [
    ([LIFT, "UPDATE article_text SET text = 'Ada said no..'"], "differs from its SHA-256"),
    (["UPDATE annotation SET quote = 'Eve'"], "its quote differs"),
    (['UPDATE annotation SET "end" = 99'], "lies outside"),
    (["UPDATE annotation SET note = 'x'"], "differs from the journal"),
    (["UPDATE label SET colour = '#000000'"], "differs from the journal"),
    (["PRAGMA foreign_keys = OFF", "UPDATE annotation SET label = 'none'"], "refers to no label"),
    (["UPDATE edit SET after = replace(after, 'Ann', 'Eve')"], "was altered"),
    (["UPDATE revision SET author = 'Eve' WHERE seq = 1"], "its content differs from its hash"),
    (["DELETE FROM revision WHERE seq = 2"], "is missing before it"),
    (["DELETE FROM birth WHERE seq = 1"], "is not in the journal"),
    (["DELETE FROM edit"], "differs from the journal"),
    (["PRAGMA foreign_keys = OFF", "DELETE FROM annotation"], "gone from the desk"),
    (["UPDATE birth SET digests = zeroblob(length(digests))"], "its content differs"),
    (["UPDATE revision SET prev_hash = hash"], "does not follow"),
    (["INSERT INTO setting VALUES ('a', 'b', 'c', NULL)"], "is not in the journal"),
    (
        [
            "PRAGMA ignore_check_constraints = ON",
            "UPDATE annotation SET status = 'maybe'",
        ],
        "can't be read",
    ),
    (
        ["PRAGMA ignore_check_constraints = ON", "UPDATE label SET layer = 'theme'"],
        "can't be read",
    ),
]


@pytest.mark.parametrize(("statements", "said"), TAMPERED)
def test_tampering_is_found(desk, statements, said):
    assert list(desk.check()) == []
    for statement in statements:
        desk._store.db.exec_driver_sql(statement)
    assert said in "; ".join(finding.what for finding in desk.check())


def test_a_damaged_text_is_never_shown(desk):
    (line,) = desk.library()
    assert desk.article(line.id).text == "Ada said yes."
    desk._store.db.exec_driver_sql(LIFT)
    desk._store.db.exec_driver_sql("UPDATE article_text SET text = 'Ada said no..'")
    with pytest.raises(NewsdeskError, match="damaged"):
        desk.article(line.id)
