"""Sentences end where readers would end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.suggest.sentences import paragraphs, sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Mr. Smith met Dr. Jones. They spoke.", 2),
        ("J. R. Hartley wrote it.", 1),
        ("It cost 3.5 million. It sank.", 2),
        ("The U.S. army left. He stayed.", 2),
        ("“Stop.” He stopped.", 2),
        ("“Stop!” he said.", 1),
        ("First line\nSecond line", 2),
        ("", 0),
        ("  \n \n", 0),
    ],
)
def test_count(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text(alphabet='ab .!?\n“”"🙂A', max_size=80))
def test_sentences_cover_every_letter_once(text: str) -> None:
    covered = [place for start, end in sentences(text) for place in range(start, end)]
    assert covered == sorted(set(covered))
    for place, char in enumerate(text):
        assert char.isspace() or place in set(covered)
    for start, end in paragraphs(text):
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
