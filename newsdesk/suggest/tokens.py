"""Cuts text into words as the network's vocabulary does, so that spans meet its words exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_|\s+")


class WordTokenizer:
    """Letters and digits together, every mark alone; a space after a word belongs to it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                word = word[1:]
                if not word:
                    continue
            words.append(word)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """Cut many texts."""
        return (self(text) for text in texts)

    def to_disk(self, path: Path, **kwargs: Any) -> None:
        """Nothing to keep: the rule is in the code."""

    def from_disk(self, path: Path, **kwargs: Any) -> WordTokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> WordTokenizer:
        """Nothing to read."""
        return self
