"""From bytes to text: by byte order mark, as UTF-8, or else by a proposal that says it is one."""

import codecs
from typing import TYPE_CHECKING, NamedTuple

from newsdesk.formats.kinds import HEAD, wide_without_mark
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_LAST_RESORT = "cp1252"


class Decoded(NamedTuple):
    """A text, the name of its encoding, and whether that is only a proposal."""

    text: str
    encoding: str
    guessed: bool


def decode(raw: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as text; `encoding` is an editor's choice and overrides every guess.

    A byte order mark decides; then strict UTF-8; what is neither is guessed (charset-normalizer)
    and marked so. Raises NewsdeskError where the editor's choice is unknown or does not fit.
    """
    if encoding is not None:
        return Decoded(_as_chosen(raw, encoding), codecs.lookup(encoding).name, False)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            try:
                return Decoded(raw[len(mark) :].decode(name), name, False)
            except UnicodeDecodeError:
                break
    wide = wide_without_mark(raw[:HEAD])
    try:
        # UTF-16 of plain English is UTF-8 too, full of NULs.
        return _guessed(raw, wide) if wide else Decoded(raw.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError:
        return _guessed(raw, None)


def wide_mark(raw: bytes) -> str | None:
    """The encoding that a byte order mark names, where that is not UTF-8."""
    return next((name for mark, name in _MARKS[1:] if raw.startswith(mark)), None)


def _as_chosen(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeError as error:
        where = f": byte {error.start + 1:,} does not fit" if hasattr(error, "start") else ""
        raise NewsdeskError(
            f"it is not in {encoding}{where}. "
            "Choose another encoding, or none to have one proposed."
        ) from error
    except (LookupError, ValueError) as error:
        raise NewsdeskError(
            f"there is no encoding “{encoding}”. Choose one such as utf-8, cp1252 or utf-16."
        ) from error


def _guessed(raw: bytes, wide: str | None) -> Decoded:
    names = [wide] if wide else _proposals(_sample(raw))
    for name in (*names, _LAST_RESORT):
        try:
            return Decoded(raw.decode(name), name, True)
        except (UnicodeDecodeError, LookupError):
            continue
    return Decoded(raw.decode(_LAST_RESORT, errors="replace"), _LAST_RESORT, True)


def _sample(raw: bytes) -> bytes:
    """The lines around the first byte that is not ASCII: where the encoding can be told."""
    if len(raw) <= _SAMPLE:
        return raw
    first = next((at for at in range(0, len(raw), 4096) if not raw[at : at + 4096].isascii()), 0)
    start = raw.rfind(b"\n", 0, first) + 1
    start = max(start, first - _SAMPLE // 4)
    end = raw.find(b"\n", start + _SAMPLE)
    return raw[start : end if 0 <= end < start + 2 * _SAMPLE else start + _SAMPLE]


def _proposals(sample: bytes) -> list[str]:
    import charset_normalizer  # a tenth of a second: only for what is not UTF-8

    found = list(charset_normalizer.from_bytes(sample))
    names = [each.encoding for each in found]
    best = [each for each in found if each == found[0] or _as_good(each, found[0])]
    # The family of Windows' western letters is often a tie: then the most common one first.
    if any(_LAST_RESORT in (each.encoding, *each.could_be_from_charset) for each in best):
        names.insert(0, _LAST_RESORT)
    return names


def _as_good(one: "CharsetMatch", other: "CharsetMatch") -> bool:
    return (one.chaos, one.coherence) == (other.chaos, other.coherence)
