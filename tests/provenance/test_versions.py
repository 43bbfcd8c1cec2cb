"""Two versions of a text: compared word by word, and where marked words stand in the other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model import Span
from newsdesk.provenance.versions import Outcome, carried, compare, likeness, now_reads, touched

OLD = (
    "Two people have died in the flood, police said on Wednesday morning.\n\n"
    "The weir was opened at 2am. Nobody was warned. The weir is old."
)


def span(text, words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def outcome(new, words, nth=0, old=OLD):
    found = carried((span(old, words, nth),), compare(old, new))
    return found.outcome, [new[one.start : one.end] for one in found.spans]


def test_the_changes_are_words():
    new = OLD.replace("Two", "Seven").replace("Nobody was", "The wardens were")
    changed = compare(OLD, new).changes
    pairs = [(OLD[slice(*one.before)], new[slice(*one.after)]) for one in changed]
    assert pairs == [("Two", "Seven"), ("Nobody was", "The wardens were")]
    assert compare(OLD, OLD).changes == ()
    assert compare(OLD, OLD.replace("\n\n", "\n \n").replace("2am. ", "2am.  ")).changes == ()


def test_what_a_span_reads_now():
    new = "NEW FIRST. " + OLD.replace("Two people", "Some seven people").replace(
        " old", " very old"
    )
    compared = compare(OLD, new)
    said = {
        "Two people have died": "Some seven people have died",
        "Two": "Some seven",
        "police said": "police said",
        "The weir is old": "The weir is very old",
    }
    for was, now in said.items():
        place = now_reads(span(OLD, was), compared)
        assert new[place.start : place.end].endswith(now), was
    assert (
        now_reads(
            span(OLD, "Nobody was warned."), compare(OLD, OLD.replace("Nobody was warned. ", ""))
        )
        is None
    )


def test_exact_moved_and_orphan():
    new = OLD.replace("Nobody was warned", "The wardens were told")
    assert outcome(new, "people have died") == (Outcome.EXACT, ["people have died"])
    assert outcome(new, "The weir is old") == (Outcome.MOVED, ["The weir is old"])
    assert outcome(new, "Nobody was warned") == (Outcome.ORPHAN, [])


def test_a_word_that_stands_many_times_is_told_by_its_context_or_not_at_all():
    assert outcome(OLD.replace("Two", "Six"), "weir", 1) == (Outcome.EXACT, ["weir"])
    assert outcome(OLD.replace("2am", "3am"), "weir", 0) == (Outcome.MOVED, ["weir"])
    # Where neither the comparison nor a context leads to one of them, nothing is guessed.
    scattered = "he ran. a x he y b. c x he y d."
    assert outcome(scattered, "he", old="Zoë says he’ll go: he")[0] is Outcome.ORPHAN


def test_words_are_not_found_within_words():
    old, new = "They made art in a hall.", "They went to a party, in a hall."
    assert outcome(new, "art", old=old)[0] is Outcome.ORPHAN


def test_fragments_keep_their_order():
    old = "“No,” she said, “never,” and left. Nobody spoke."
    first, second = span(old, "No,"), span(old, "never,")
    new = old.replace("and left", "and went home")
    found = carried((first, second), compare(old, new))
    assert [new[slice(*one)] for one in found.spans] == ["No,", "never,"]
    assert carried((first, second), compare(old, "“No,” she said.")).outcome is Outcome.ORPHAN


def test_touched_and_likeness():
    new = OLD.replace("Two", "Seven").replace("have died", "have now died")
    compared = compare(OLD, new)
    assert touched(span(OLD, "Two people"), compared)
    assert touched(span(OLD, "have died"), compared)
    assert not touched(span(OLD, "The weir is old"), compared)
    assert likeness("Two people have died", "Seven people have died") == 0.75
    assert likeness("Two people", "") == 0


WORDS = st.lists(st.sampled_from(["ab", "cd", "e", ".", "\n", "f g", "“", "😀", " "]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, st.data())
def test_what_is_carried_is_the_very_words(one, other, data):
    old, new = " ".join(one), " ".join(other)
    compared = compare(old, new)
    for change in compared.changes:
        assert 0 <= change.before.start <= change.before.end <= len(old)
        assert 0 <= change.after.start <= change.after.end <= len(new)
    for was, now, length in compared.same:
        assert old[was : was + length] == new[now : now + length]
    if not old.strip():
        return
    start = data.draw(st.integers(0, len(old) - 1))
    place = Span(start, data.draw(st.integers(start + 1, len(old))))
    found = carried((place,), compared)
    for one_span in found.spans:
        assert new[slice(*one_span)] == old[slice(*place)]
    assert carried((place,), compare(old, old)).outcome is not Outcome.ORPHAN
    now_reads(place, compared)
