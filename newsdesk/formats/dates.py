"""Dates as files write them, made ISO 8601: what is unambiguous first, then by language."""

import re
import warnings
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, NamedTuple

ORDERS = ("DMY", "MDY", "YMD")
"""The orders in which day, month and year can be written in figures."""

_LONGEST = 80
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "is")
_FIGURES = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})\b")
_PDF = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d)?'?(\d\d)?")
_DIGIT = re.compile(r"\d")


class Dated(NamedTuple):
    """A date in ISO 8601, and whether it can't be read in another way."""

    iso: str
    certain: bool


def read_date(
    text: str, *, language: str = "", order: str = "", base: datetime | None = None
) -> Dated | None:
    """The date that a text is, as ISO 8601; None where it is none.

    ISO 8601, mail dates (RFC 2822) and PDF dates are tried first. For the rest, `order` says
    which way figures stand; without it the `language` does (`en-US` writes the month first).
    Words such as “yesterday” are read only where `base` says on which day.
    """
    said = text.strip()
    if not said or len(said) > _LONGEST:
        return None
    exact = _iso(said) or _pdf(said) or _mail(said)
    if exact:
        return Dated(exact, True)
    if not _DIGIT.search(said) and base is None:
        return None
    figures = _FIGURES.search(said)
    chosen = order or _order(language, figures)
    read = _by_figures(figures, said, chosen) or _by_words(said, language, chosen, base)
    if read is None:
        return None
    ambiguous = figures and not order and int(figures[1]) <= 12 and int(figures[3]) <= 12
    return Dated(read, not ambiguous or figures is None or figures[1] == figures[3])


def _iso(text: str) -> str | None:
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        if len(text) > 10 and text[4] == "-":
            return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "")).isoformat()
        if re.fullmatch(r"\d{8}(?:T\d{4,6}(?:Z|[+-]\d{4})?)?", text):
            found = datetime.fromisoformat(text).isoformat()
            return found if "T" in text else found[:10]
    except ValueError:
        pass
    return None


def _pdf(text: str) -> str | None:
    found = _PDF.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone, minutes = found.groups()
    clock = f"T{hour}:{minute}:{second or '00'}" if hour else ""
    offset = "+00:00" if zone == "Z" else f"{zone}:{minutes or '00'}" if zone else ""
    return _iso(f"{year}-{month}-{day}{clock}{offset if clock else ''}")


def _mail(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat() if text[-1:].isalnum() else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _order(language: str, figures: re.Match[str] | None) -> str:
    if figures and figures[2] == ".":
        return "DMY"  # points between figures are a European way of writing
    return "MDY" if language.replace("_", "-").lower() == "en-us" else "DMY"


def _by_figures(figures: re.Match[str] | None, text: str, order: str) -> str | None:
    """A date of three figures and nothing else: of these a table may have a hundred thousand."""
    if figures is None or figures.group() != text or len(figures[4]) != 4 or order == "YMD":
        return None
    first, second, year = int(figures[1]), int(figures[3]), int(figures[4])
    day, month = (first, second) if order == "DMY" else (second, first)
    if month > 12:
        day, month = month, day
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _by_words(text: str, language: str, order: str, base: datetime | None) -> str | None:
    try:
        import dateparser  # type: ignore[import-untyped]  # slow: for what nothing else can read
    except ModuleNotFoundError:
        return None  # without the extra “documents”
    own = language.replace("_", "-").split("-")[0].lower()
    settings: dict[str, Any] = {
        "DATE_ORDER": order,
        "PARSERS": ["relative-time", "absolute-time"] if base else ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        **({"RELATIVE_BASE": base} if base else {}),
    }
    asked = [own, *(each for each in _LANGUAGES if each != own)] if own else list(_LANGUAGES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found: datetime | None = dateparser.parse(text, languages=asked, settings=settings)
        except (ValueError, OverflowError, KeyError):
            found = None
    if found is None:
        return None
    timed = ":" in text
    return found.isoformat(timespec="seconds") if timed else found.date().isoformat()
