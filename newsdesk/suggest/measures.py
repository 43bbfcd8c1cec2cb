"""Finds dates, times, sums, quantities and percentages by rule, and parses them to values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newsdesk.suggest.lexicon import MONTHS


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured expression: span in code points, label of the codebook, parsed value."""

    start: int
    end: int
    label: str
    value: dict[str, Any] = field(default_factory=dict)


_WORD_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "billion": 1_000_000_000,
    "tn": 1_000_000_000_000,
    "trillion": 1_000_000_000_000,
}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = (
    rf"(?:(?:{_TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    + "|".join(w for w in _WORD_NUMBERS if w not in _TENS.split("|"))
    + ")"
)
_SCALE_WORD = r"(?:hundred|thousand|million|billion|trillion|bn|mn|mln|tn)"
_NUMBER = (
    rf"(?:(?:{_DIGITS})(?:[ -]?(?:{_SCALE_WORD}|[mkb])\b)?|{_SPELT}(?:[- ]{_SCALE_WORD})*|"
    + (r"(?:a |half a )?(?:hundred|thousand|million|billion|trillion))")
)
_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_UNIT_OF_TIME = r"(?:second|minute|hour|day|week|month|year|decade|century|weekend|season|quarter)"

_DATE = re.compile(
    rf"\b(?:(?:{_WEEKDAY}),? )?(?:the )?(?P<d1>{_DAY})(?: of)? (?P<m1>{_MONTH})(?:,? "
    rf"(?P<y1>{_YEAR}))?"
    rf"(?!\w)"
    rf"|\b(?:(?:{_WEEKDAY}),? )?(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?:,? (?P<y2>{_YEAR}))?(?![\w:])"
    rf"|\b(?P<y3>{_YEAR})-(?P<m3>0[1-9]|1[0-2])-(?P<d3>0[1-9]|[12]\d|3[01])\b"
    rf"|\b(?P<m4>{_MONTH}) (?P<y4>{_YEAR})\b"
    rf"|\b(?P<d5>0?[1-9]|[12]\d|3[01])(?P<sep>[/.])(?P<m5>0?[1-9]|1[0-2])(?P=sep)(?P<y5>{_YEAR})\b"
)
_LOOSE_DATE = re.compile(
    rf"\b(?:(?:last|next|this|on|every|the (?:last|next|past)|earlier this|later this|late last|"
    rf"early next) )?{_WEEKDAY}(?: (?:morning|afternoon|evening|night))?\b"
    rf"|\b(?:last|next|this|earlier this|later this|late last|the same|the (?:last|past|next|"
    rf"following|previous|coming)(?: (?:few|couple of|{_SPELT}|\d+))?) {_UNIT_OF_TIME}s?\b"
    rf"|\b(?:last|next|this|the (?:previous|following)) (?:spring|summer|autumn|fall|winter|"
    rf"weekend|{_MONTH})"
    r"|\bthe weekend\b|\b(?:this|last|that|yesterday|tomorrow) (?:morning|afternoon|evening|"
    r"night)\b"
    r"|\b(?:the )?(?:(?:early|mid|late)[- ])?(?:1[0-9]|20)\d0s\b"
    rf"|\b(?:in|since|by|until|before|after|during|from|of|for) (?:early |late |"
    rf"mid-)?(?P<y>{_YEAR})\b"
    rf"|\b(?:in|since|by|until|during|early|late|mid-?) (?P<m>January|February|March|April|May|"
    rf"June|"
    rf"July|August|September|October|November|December)\b"
    rf"|\b(?:yesterday|today|tomorrow|tonight)(?: (?:morning|afternoon|evening|night))?\b"
    r"|\bthe (?:day|week|month|year|night|weekend|season) (?:before|after|of)\b(?<! of)"
    r"|\bthe (?:spring|summer|autumn|winter)\b|\bthe (?:second|first|third|last) "
    rf"{_WEEKDAY}\b|\b(?:Christmas|New Year['’]s|Boxing|Thanksgiving|Easter|Midsummer|"
    rf"Valentine['’]s|"
    r"Independence|Remembrance)(?: (?:Day|Eve|Sunday|Monday))?\b"
    r"|\bthe (?:early|small) hours of (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: morning)?\b"
    r"|\b(?:January|February|April|June|July|August|September|October|November|December)\b"
    r"|(?<![\w£$€.,/#-])(?P<y8>19\d\d|20[0-4]\d)(?![\w%,]\d|[\w%]|-\w|/)"
    rf"|\b(?P<y6>{_YEAR})[-–/](?:\d\d|{_YEAR})\b"
    rf"|(?<=\()(?P<y7>{_YEAR})(?=\))"
)
_LEADING = re.compile(
    r"(?:on|in|since|by|until|before|after|during|from|of|for|every) ", re.IGNORECASE
)
_TIME = re.compile(
    r"\b(?P<h>[01]?\d|2[0-4])(?::(?P<mi>[0-5]\d)|\.(?P<mi2>[0-5]\d)(?= ?[ap]\.?m))?"
    r" ?(?P<ap>[ap]\.m\.|[ap]m)(?: ?(?:GMT|BST|UTC|CET|CEST|EST|EDT|ET|PST|PT|local time))?(?!\w)"
    r"|\b(?P<h2>[01]?\d|2[0-3]):(?P<mi3>[0-5]\d)(?::[0-5]\d)?(?: ?(?:GMT|BST|UTC|CET|CEST|EST|"
    r"EDT|ET))?\b"
    r"|(?:(?<=\bat )|(?<=\bfrom )|(?<=\buntil )|(?<=\bbefore ))(?P<h5>[01]?\d|"
    r"2[0-3])\.(?P<mi5>[0-5]\d)(?![\d%])|^(?P<h6>[01]\d|"
    r"2[0-3])\.(?P<mi6>[0-5]\d)(?=\. )"
    r"|\b(?:midnight|noon|midday)\b|\b(?P<h4>[1-9]|1[0-2]|" + _SPELT + r") o['’]clock\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r" (?:an?|per) (?:second|minute|hour|day|night|week|fortnight|month|year|season|head|person|"
    r"tonne|ton|barrel|litre|mile|game|share)\b"
)
_CURRENCIES = {
    "£": "GBP",
    "$": "USD",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "GBP": "GBP",
    "USD": "USD",
    "EUR": "EUR",
    "CHF": "CHF",
    "JPY": "JPY",
    "pound": "GBP",
    "pounds": "GBP",
    "sterling": "GBP",
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "yen": "JPY",
    "yuan": "CNY",
    "rupee": "INR",
    "rupees": "INR",
    "rouble": "RUB",
    "roubles": "RUB",
    "rubles": "RUB",
    "franc": "CHF",
    "francs": "CHF",
    "kroner": "NOK",
    "kronor": "SEK",
    "pence": "GBP",
    "cents": "USD",
    "p": "GBP",
}
_MONEY = re.compile(
    rf"(?<![\w$£€])(?P<c>US\$|A\$|C\$|NZ\$|HK\$|[£$€¥₹]|(?:GBP|USD|EUR|CHF|JPY) "
    rf")(?P<n>{_NUMBER})(?![\w%])"
    rf"|\b(?P<n2>{_NUMBER}) ?(?:US |Australian |Canadian )?"
    r"(?P<c2>pounds|pound|dollars|dollar|euros|euro|pence|cents|yen|yuan|rupees|roubles|rubles|"
    r"francs|"
    r"kroner|kronor|GBP|USD|EUR|CHF)\b(?: sterling)?"
    rf"|(?P<n3>{_DIGITS})(?P<sc>bn|m|k)? ?(?P<c3>[€£])(?!\d)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"\b(?P<n>{_NUMBER})(?: ?%| per ?cent(?:age points?)?\b| percent(?:age points?)?\b)"
    r"|(?P<n2>\d+(?:\.\d+)?) ?pc\b",
    re.IGNORECASE,
)
_UNITS = (
    r"kilomet(?:re|er)s?(?: an hour)?|km/h|kph|km|square kilomet(?:re|er)s?|centimet(?:re|er)s?|cm|"
    r"millimet(?:re|er)s?|mm|met(?:re|er)s?|m|miles? (?:an|per) hour|mph|miles?|knots|yards?|"
    r"feet|foot|ft|"
    r"inch(?:es)?|acres?|hectares?|square (?:miles?|met(?:re|er)s?|feet|yards?)|tonnes?|tons?|"
    r"kilogram(?:me)?s?|kilos?|kg|gram(?:me)?s?|mg|pounds? of|ounces?|stone|lbs?|lit(?:re|er)s?|"
    r"gallons?|pints?|barrels?|megawatts?|gigawatts?|kilowatts?|MW|GW|kWh|MWh|TWh|volts?|"
    r"degrees(?: Celsius| Fahrenheit)?|°[CF]|C(?=[\s.,;)]|$)|gigabytes?|megabytes?|terabytes?|"
    r"GB|MB|TB"
)
_RATE = r"(?: (?:an?|per) (?:second|minute|hour|day|week|month|year|person|head|mile|tonne|ton)\b)?"
_SHORT_SPAN = re.compile(
    rf"\b(?P<n>{_NUMBER}|half an|an|several|a few)(?: |-)(?P<u>seconds?|minutes?|"
    rf"hours?)(?![\w-])(?: ago\b)?"
)
_LONG_SPAN = re.compile(
    rf"\b(?P<n>{_NUMBER}|several|a few|a couple of|half a|an?)(?: |-)"
    r"(?P<u>days?|weeks?|months?|years?|decades?|centuries|century|fortnights?|seasons?)(?!\w|"
    r"-old| old)(?: ago\b)?"
)
_QUANTITY = re.compile(
    rf"\b(?:{_DIGITS}(?: ?(?:mm|cm|km|kg|m))?(?: to |[-–]))?(?P<n>{_NUMBER}|half "
    rf"an?)[ -]?(?P<u>{_UNITS})(?!\w){_RATE}"
)


def number_of(words: str) -> float | None:
    """The value of a number in digits or English words, as "1.2bn" or "twenty-five thousand"."""
    text = words.lower().replace("\u00a0", "").replace("\u202f", "").replace(",", "").strip()
    match = re.match(r"(\d+(?:\.\d+)?)[ -]?([a-z]*)$", text)
    if match:
        return float(match[1]) * _SCALES.get(match[2], 1)
    factor = 0.5 if text.startswith("half a ") else 1.0
    if text in ("half a", "half an"):
        return 0.5
    total, current, seen = 0.0, 0.0, False
    for part in re.split(r"[- ]+", text.removeprefix("half ").removeprefix("a ")):
        if part in _WORD_NUMBERS:
            current, seen = current + _WORD_NUMBERS[part], True
        elif part in _SCALES and len(part) > 2:
            current, seen = (current or 1) * _SCALES[part], True
            if _SCALES[part] >= 1000:
                total, current = total + current, 0.0
        else:
            return None
    return (total + current) * factor if seen else None


def measures(text: str) -> list[Measure]:
    """Find every measure in ``text``; where two overlap, the longer stays, then the earlier."""
    found: list[Measure] = []
    for finder in (_dates, _loose_dates, _times, _lengths, _sums, _percentages, _quantities):
        found.extend(finder(text))
    found.sort(key=lambda item: (item.start - item.end, item.start))
    kept: list[Measure] = []
    taken: set[int] = set()
    for item in found:
        places = range(item.start, item.end)
        if not taken.intersection(places):
            kept.append(item)
            taken.update(places)
    return sorted(kept, key=lambda item: item.start)


def _dates(text: str) -> Iterator[Measure]:
    for match in _DATE.finditer(text):
        part = match.groupdict()
        day = next((part[k] for k in ("d1", "d2", "d3", "d5") if part[k]), None)
        month = next((part[k] for k in ("m1", "m2", "m3", "m4", "m5") if part[k]), None)
        year = next((part[k] for k in ("y1", "y2", "y3", "y4", "y5") if part[k]), None)
        if part["m2"] and not part["y2"] and month == "May" and not part["d2"]:
            continue
        value = _iso(year, month, day)
        yield Measure(match.start(), match.end(), "DATE", {"iso": value} if value else {})


def _iso(year: str | None, month: str | None, day: str | None) -> str:
    """ISO 8601, with `--` for a year that is not said (as ISO 8601:2000 and vCard write it)."""
    if month is None:
        return year or ""
    number = int(month) if month.isdigit() else MONTHS[month.lower().rstrip(".")]
    text = f"{year or '-'}-{number:02d}"
    return f"{text}-{int(re.sub(r'[^0-9]', '', day)):02d}" if day else text


def _loose_dates(text: str) -> Iterator[Measure]:
    for match in _LOOSE_DATE.finditer(text):
        start = match.start()
        leading = _LEADING.match(text, start, match.end())
        if leading:
            start = leading.end()
        part = match.groupdict()
        year = part["y"] or part["y6"] or part["y7"] or part["y8"]
        if re.search(
            r"(?:morning|afternoon|evening|night)$|^tonight|hours of ", match.group(), re.IGNORECASE
        ):
            yield Measure(start, match.end(), "TIME")
            continue
        value = {"iso": year} if year and not part["y6"] else {}
        if part["m"]:
            value = {"iso": _iso(None, part["m"], None)}
        yield Measure(start, match.end(), "DATE", value)


def _times(text: str) -> Iterator[Measure]:
    for match in _TIME.finditer(text):
        part = match.groupdict()
        hour = part["h"] or part["h2"] or part["h5"] or part["h6"]
        minutes = (part[key] for key in ("mi", "mi2", "mi3", "mi5", "mi6"))
        minute = next((found for found in minutes if found), "00")
        value: dict[str, Any] = {}
        if hour:
            clock = int(hour)
            half = (part["ap"] or "").lower()[:1]
            if half == "p" and clock < 12:
                clock += 12
            elif half == "a" and clock == 12:
                clock = 0
            value = {"iso": f"{clock % 24:02d}:{minute}"}
        yield Measure(match.start(), match.end(), "TIME", value)


def _lengths(text: str) -> Iterator[Measure]:
    """Lengths of time: shorter than a day is a TIME, the rest a DATE; ages are neither."""
    for pattern, label in ((_SHORT_SPAN, "TIME"), (_LONG_SPAN, "DATE")):
        for match in pattern.finditer(text):
            amount = number_of(match["n"])
            unit = match["u"].rstrip("s")
            value = {} if amount is None else {"value": amount, "unit": unit}
            yield Measure(match.start(), match.end(), label, value)


def _sums(text: str) -> Iterator[Measure]:
    for match in _MONEY.finditer(text):
        part = match.groupdict()
        currency = (part["c"] or part["c2"] or part["c3"] or "").strip()
        code = _CURRENCIES.get(currency.upper(), _CURRENCIES.get(currency.lower(), ""))
        amount = number_of(part["n"] or part["n2"] or (part["n3"] or "") + (part["sc"] or ""))
        if currency.lower() in ("pence", "cents") and amount is not None:
            amount /= 100
        value = {"currency": code, "amount": amount} if amount is not None else {}
        rate = _PER.match(text, match.end())
        yield Measure(match.start(), rate.end() if rate else match.end(), "MONEY", value)


def _percentages(text: str) -> Iterator[Measure]:
    for match in _PERCENT.finditer(text):
        amount = number_of(match["n"] or match["n2"])
        yield Measure(
            match.start(), match.end(), "PERCENT", {} if amount is None else {"value": amount}
        )


def _quantities(text: str) -> Iterator[Measure]:
    for match in _QUANTITY.finditer(text):
        amount = number_of(match["n"])
        if amount is None:
            continue
        unit = match["u"]
        yield Measure(match.start(), match.end(), "QUANTITY", {"value": amount, "unit": unit})
