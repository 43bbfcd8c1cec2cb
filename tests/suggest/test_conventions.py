"""Direct quotes are found whatever marks a language writes them with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.suggest.direct import direct_quotes
from newsdesk.suggest.language import is_english

CONVENTIONS = "“” ”” „“ „” «» »« »» ‹› ›‹ ‚‘ ‘’ ’’ \"\" '' 「」".split()
WORDS = {
    "en": ("We will stop the work", "It was never safe", "The plan has failed by now",
           "said Anna Berg", "she added"),
    "fi": ("Lopetamme työn huomenna", "Se ei ollut koskaan turvallista", "Suunnitelma meni pieleen",
           "sanoi Anna Berg", "hän lisäsi"),
    "sv": ("Vi slutar arbetet i morgon", "Det var aldrig säkert", "Planen misslyckades helt i år",
           "sade Anna Berg", "tillade hon"),
}  # fmt: skip


@pytest.mark.parametrize("marks", CONVENTIONS)
@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("comma", ["inside", "outside"])
def test_two_quotes_and_no_more(marks: str, language: str, comma: str) -> None:
    opening, closing = marks
    first, second, before, said, added = WORDS[language]
    end = f",{closing}" if comma == "inside" else f"{closing},"
    text = f"{before}. {opening}{first}{end} {said}. {opening}{second}{end} {added}."
    assert is_english(text) == (language == "en")
    berg = text.index("Anna Berg")
    people = [(berg, berg + 9)]
    found, _ = direct_quotes(text, people, (), any_marks=language != "en")
    assert [text[one.start : one.end].rstrip(",") for one in found] == [first, second]
    if language == "en":
        assert found[0].source is not None
        assert text[slice(*found[0].source)] == "Anna Berg"


@given(
    st.sampled_from(CONVENTIONS),
    st.lists(st.text("abåäö ", min_size=1, max_size=8), min_size=3, max_size=12),
    st.sampled_from(["dog’s ", "don't ", "🙂 ", "rock ’n’ roll ", ""]),
)
def test_words_between_marks_are_found_to_the_letter(
    marks: str, words: list[str], before: str
) -> None:
    opening, closing = marks
    inside = "A" + " ".join(words).strip() + " end."
    text = f"Then the {before}night. {opening}{inside}{closing} said Anna Berg."
    at = text.index("Anna Berg")
    found, _ = direct_quotes(text, [(at, at + 9)], ())
    if len(inside.split()) > 2:
        assert [text[one.start : one.end] for one in found] == [inside]
