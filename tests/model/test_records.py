"""Records: frozen, with ids at birth, and refusing what can't be."""

import hashlib

import pytest

from newsdesk.model import (
    Annotation,
    Anonymity,
    Article,
    Attribute,
    AttributeType,
    Attribution,
    Claim,
    ClaimState,
    Edit,
    Entity,
    Label,
    Layer,
    Link,
    LinkKind,
    Review,
    Snapshot,
    Source,
    SourceKind,
    Span,
    check_edit,
    in_full,
    is_id,
    new_article,
    new_id,
    replace,
    short_form,
)

ID = new_id()


def annotation(**fields):
    values = {"article": ID, "spans": (Span(0, 3),), "label": ID, "quote": "Ada"}
    return Annotation(**{**values, **fields})


def test_ids_are_uuid7_and_ascend():
    ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(set(ids))
    assert all(map(is_id, ids))
    assert not is_id("0b9f")
    assert not is_id(ids[0].upper())


def test_ids_ascend_when_the_clock_steps_back(monkeypatch):
    first = new_id()
    monkeypatch.setattr("newsdesk.model.ids.time.time_ns", lambda: 0)
    assert new_id() > first


def test_records_are_frozen_and_hashed_by_id():
    one = annotation()
    with pytest.raises(AttributeError):
        one.note = "x"
    changed = replace(one, note="x")
    assert changed != one
    assert hash(changed) == hash(one)
    assert (one.start, one.end, one.outer) == (0, 3, Span(0, 3))


def test_a_new_article_is_canonical_and_knows_its_hash():
    article = new_article("\ufeffa\r\nb", title="t")
    assert article.text == "a\nb"
    assert article.sha256 == hashlib.sha256(b"a\nb").hexdigest()


LABEL = {"name": "PERSON", "layer": Layer.ENTITY}


@pytest.mark.parametrize(
    "make",
    [
        lambda: annotation(spans=()),
        lambda: annotation(quote=""),
        lambda: annotation(confidence=1.5),
        lambda: Label(**{**LABEL, "name": " "}),
        lambda: Label(**LABEL, colour="red"),
        lambda: Attribute(name=""),
        lambda: Attribute(name="polarity", type=AttributeType.CHOICE),
        lambda: Entity(name="", kind="PERSON"),
        lambda: Entity(id=ID, name="A", kind="PERSON", merged_into=ID),
        lambda: Source(description=" ", kind=SourceKind.POLL),
        lambda: Source(description="aide", kind=SourceKind.UNNAMED_INDIVIDUAL, entity=ID),
        lambda: Attribution(content=ID, hop=-1),
        lambda: Attribution(content=ID, orphan=True, source=ID),
        lambda: Attribution(content=ID, confidence=-0.1),
        lambda: Claim(statement=""),
        lambda: Claim(statement="x", due="soon"),
        lambda: new_article("x", published="22 July"),
        lambda: new_article("x", id=ID, supersedes=ID),
        lambda: Link(kind=LinkKind.REPEATS, from_id=ID, to_id=ID),
        lambda: Snapshot(sha256="0" * 64, media_type="text/html", bytes=b"x", captured_at="2026"),
        lambda: Review(
            claim=ID,
            from_state=ClaimState.UNREVIEWED,
            to_state=ClaimState.IN_REVIEW,
            reviewer="Ann",
            comment=" ",
        ),
        lambda: Review(
            claim=ID,
            from_state=ClaimState.UNREVIEWED,
            to_state=ClaimState.IN_REVIEW,
            reviewer="",
            comment="read",
        ),
    ],
)
def test_what_can_not_be_is_refused_at_birth(make):
    with pytest.raises(ValueError):
        make()


def test_an_unnamed_source_keeps_why_it_is_not_named():
    why = Anonymity(reason="would lose the job", approved_by="the editor")
    source = Source(description="an aide", kind=SourceKind.UNNAMED_INDIVIDUAL, anonymity=why)
    assert source.kind.unnamed
    assert source.anonymity == why
    assert Label(**LABEL).code == "PER"


def test_texts_reviews_and_snapshots_never_change():
    article = new_article("Ada said yes.", title="t")
    check_edit(Edit(article, replace(article, title="u")))
    with pytest.raises(ValueError, match="never changes"):
        check_edit(Edit(article, replace(article, text="No.")))
    review = Review(
        claim=ID,
        from_state=ClaimState.UNREVIEWED,
        to_state=ClaimState.IN_REVIEW,
        reviewer="Ann",
        comment="read",
    )
    with pytest.raises(ValueError, match="never changed"):
        check_edit(Edit(review, replace(review, comment="x")))


def test_the_short_form_of_an_article_is_made_whole_again():
    article = new_article("Ada said yes.", title="t", raw=b"x")
    short = short_form(article)
    assert isinstance(short, Article)
    assert not short.text
    assert in_full(short, replace(article, title="u")) == article
