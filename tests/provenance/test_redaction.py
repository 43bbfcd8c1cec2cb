"""The rule itself: who is confidential, what stays at each level, and what is scrubbed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import (
    Annotation,
    Anonymity,
    Attribute,
    AttributeType,
    Source,
    SourceKind,
    SourceRole,
    SourceStatus,
    Span,
)
from newsdesk.provenance.redaction import (
    NOBODY,
    WITHHELD,
    Redaction,
    Scrub,
    as_printed,
    is_confidential,
    redacted_mark,
    redacted_source,
)

SHY = Source(
    description="an official who was there",
    kind=SourceKind.UNNAMED_INDIVIDUAL,
    role=SourceRole.WITNESS,
    status=SourceStatus.FORMER,
    anonymity=Anonymity(reason="fear", position_to_know="was there", approved_by="Ed"),
    extra={"x-phone": "555"},
)
NAMED = Source(description="Ada", kind=SourceKind.NAMED_INDIVIDUAL, entity="e1")


@pytest.mark.parametrize("kind", SourceKind)
def test_the_unnamed_and_those_who_were_promised_it_are_confidential(kind: SourceKind) -> None:
    assert is_confidential(Source(description="x", kind=kind)) is kind.unnamed
    assert is_confidential(Source(description="x", kind=kind, anonymity=Anonymity()))


@pytest.mark.parametrize("level", Redaction)
def test_a_source_that_may_be_named_is_left_as_it_is(level: Redaction) -> None:
    assert redacted_source(NAMED, level, "an official") is NAMED


def test_each_level_withholds_more() -> None:
    assert redacted_source(SHY, Redaction.NONE, "x") is SHY
    standard = redacted_source(SHY, Redaction.STANDARD, "an official")
    assert (standard.description, standard.role) == ("an official", SourceRole.WITNESS)
    assert (standard.anonymity, standard.extra, standard.entity) == (Anonymity(), {}, None)
    full = redacted_source(SHY, Redaction.FULL, "an official")
    assert (full.description, full.role, full.status) == (NOBODY, None, SourceStatus.CURRENT)
    assert full.id == SHY.id
    assert redacted_source(full, Redaction.FULL) == full


def test_a_name_that_was_promised_anonymity_goes() -> None:
    asked = Source(
        description="John", kind=SourceKind.NAMED_GROUP, entity="e", anonymity=Anonymity()
    )
    found = redacted_source(asked, Redaction.STANDARD, as_printed(asked, ["John"], ["John said"]))
    assert (found.description, found.kind, found.entity) == (
        NOBODY, SourceKind.UNNAMED_GROUP, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mentions", "texts", "words"),
    [
        (["An official  who was there"], [], "an official who was there"),
        ([], ["Yesterday an official\nwho was there spoke."], "an official who was there"),
        (["one of them", "she"], ["Nothing."], "one of them"),
        ([], ["Nothing."], ""),
    ],
)
def test_a_description_stays_as_far_as_it_was_printed(
    mentions: list[str], texts: list[str], words: str
) -> None:
    assert as_printed(SHY, mentions, texts) == words


def test_only_answers_from_closed_lists_stay_on_a_mark() -> None:
    declared = {
        "polarity": Attribute(name="polarity", type=AttributeType.CHOICE, values=("a", "b")),
        "who": Attribute(name="who", type=AttributeType.TEXT),
        "sure": Attribute(name="sure", type=AttributeType.FLAG),
    }
    mark = Annotation(
        article="a", spans=(Span(0, 1),), label="l", quote="x", note="his name is …",
        attributes={"polarity": "a", "who": "John", "sure": True, "other": "J"}, extra={"k": 1},
    )  # fmt: skip
    found = redacted_mark(mark, declared)
    assert (found.note, found.extra) == ("", {})
    assert found.attributes == {"polarity": "a", "sure": True}


def test_names_are_scrubbed_whole_in_any_case_and_spacing() -> None:
    scrub = Scrub(["John Smith", "Jo", "J. (R.)"], ["was in the room", "fear"])
    assert scrub.text("JOHN\n smith rang; Johnson smiled.") == f"{WITHHELD} rang; Johnson smiled."
    assert scrub.text("He Was in the  Room, for fear.") == f"He {WITHHELD}, for fear."
    assert scrub.text("J. (R.) and Jo") == f"{WITHHELD} and Jo"
    value = {"a John Smith": ["John Smith", 3, {"k": None}]}
    assert scrub.value(value) == {f"a {WITHHELD}": [WITHHELD, 3, {"k": None}]}


@given(name=st.text(max_size=12), text=st.text(max_size=30))
def test_any_name_can_be_scrubbed_and_nothing_else_is_touched(name: str, text: str) -> None:
    scrub = Scrub([name], [])
    assert scrub.text(scrub.text(text)) == scrub.text(text)
    if not name.strip() or len(" ".join(name.split())) < 3:
        assert scrub.text(text) == text
    assert Scrub((), ()).text(text) == text
