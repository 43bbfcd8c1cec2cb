"""The canonical form of an article's text: made once, at import, and never again."""

import hashlib
import re

CANONISER = 1
"""Version of the rules below; kept with each article so that its text can be explained later."""

_ANY = re.compile("[\r\x00\u2028\u2029\ufdd0\ufdd1\ufeff\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def canonise(text: str) -> str:
    """The text as it is stored: the unit in which every offset of the desk counts.

    Byte order marks (U+FEFF) are stripped, every kind of line break becomes a line feed, NUL and
    lone surrogates become U+FFFD; a surrogate *pair* (two halves of one character, as some JSON
    writers leave them) becomes its character. There is no Unicode normalisation: the editor sees
    what was printed. Applying it twice changes nothing.
    """
    if not _ANY.search(text):
        return text  # nearly every text: one look instead of four
    # Join pairs first: stripping a mark between two halves must not make a pair out of them.
    text = _SURROGATE_PAIR.sub(_joined, text)
    text = _UNSTORABLE.sub("\ufffd", text)
    return _BREAKS.sub("\n", text.replace("\ufeff", ""))


def _joined(pair: re.Match[str]) -> str:
    return pair.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def sha256_of(text: str) -> str:
    """SHA-256 of a stored text's UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
