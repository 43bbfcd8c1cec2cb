"""The right of reply."""

from newsdesk.model import Assertion, Channel, Checkworthy, SourceKind
from newsdesk.provenance.replies import Answer, Voices, replies
from tests.provenance.samples import DECLINED, DENIED, appearance, claim, source, tie

CHARGE = tie("critic", assertion=Assertion.ALLEGED)
CLAIM = claim("Tidewrack Marine won the work without a tender.")
SOURCES = {id: source(id) for id in ("critic", "father", "chair", "friend")}
SOURCES["firm"] = source("firm", SourceKind.NAMED_GROUP)
SOURCES["letter"] = source("letter", SourceKind.DOCUMENT)


def asked(*hops, about=CLAIM, voices=None, others=()):
    one = appearance("a", "Lantern", *hops, article="x")
    claims = {"claim": about, "other": claim("Something else.", "other")}
    return [
        found
        for found in replies([one, *others], claims, SOURCES, voices or Voices())
        if found.appearance == "a"
    ]


def test_an_allegation_without_an_answer_is_listed():
    (found,) = asked(CHARGE)
    assert (found.answer, found.by, found.article) == (None, (), "x")


def test_answers_on_record():
    (found,) = asked(CHARGE, tie("firm", **DECLINED))
    assert (found.answer, found.by) == (Answer.DECLINED, ("firm",))
    (found,) = asked(CHARGE, tie("firm", **DECLINED), tie("firm", **DENIED))
    assert found.answer is Answer.DENIED


def test_who_is_named_in_the_claim_may_answer_elsewhere_in_the_article():
    voices = Voices(known_as={"firm": ("Tidewrack Marine",), "friend": ("Somebody",)})
    for who, answer in (("firm", Answer.DENIED), ("friend", None)):
        other = appearance("b", "Lantern", CHARGE, tie(who, **DENIED), claim="other", article="x")
        (found,) = asked(CHARGE, voices=voices, others=[other])
        assert found.answer is answer
    voices = Voices(speaking=("firm", "friend"), known_as=voices.known_as)
    (found,) = asked(CHARGE, voices=voices)
    assert (found.answer, found.by) == (Answer.RESPONDED, ("firm",))


def test_the_accuser_does_not_answer_for_the_accused():
    voices = Voices(speaking=("critic",), known_as={"critic": ("Tidewrack Marine",)})
    assert asked(CHARGE, voices=voices)[0].answer is None


def test_private_words_told_by_another_wait_for_who_said_them():
    promise = tie("father", channel=Channel.PRIVATE_COMMUNICATION)
    (found,) = asked(promise, tie("chair", 1))
    assert found.second_hand and found.answer is None
    (found,) = asked(promise, tie("chair", 1), voices=Voices(speaking=("father",)))
    assert found.answer is Answer.RESPONDED
    assert asked(promise, tie("letter", 1)) == []
    assert asked(promise) == []


def test_what_is_no_allegation_is_not_listed():
    assert asked(tie("critic")) == []
    assert asked(CHARGE, about=claim(CLAIM.statement, checkworthy=Checkworthy.NO)) == []
    assert asked(tie("firm", **DENIED)) == []
