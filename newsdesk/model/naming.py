"""Names as they are compared: without case, accents, marks and double spaces."""

import re
import unicodedata

_PLAIN = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
        "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h",
    }
)  # fmt: skip
"""Letters that no decomposition takes apart, as they are written where they can't be typed."""

_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
_BETWEEN = re.compile(r"[^\w]+|_+")
_DROPPED = re.compile(r"['’ʼ`´.]")


def name_key(name: str) -> str:
    """A name reduced to what it is recognised by: small letters without accents, single spaces.

    Apostrophes and full stops go (`J.K.` is `jk`), every other mark parts words. A text without
    letters or digits gives an empty key.
    """
    if name.isascii():
        return " ".join(_BETWEEN.sub(" ", _DROPPED.sub("", name)).casefold().split())
    apart = unicodedata.normalize("NFKD", _DROPPED.sub("", name.translate(_PLAIN)))
    # Hindi's and Thai's vowels are marks too, and carry sound: only accents and points go.
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in _ACCENTS.sub("", apart))
    return " ".join("".join(kept).casefold().split())
