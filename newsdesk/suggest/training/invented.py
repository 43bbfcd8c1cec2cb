"""Invents news sentences with their marks: names nobody has heard, in the frames of news.

The open corpora hold hardly any news. These sentences teach that a club can be called by its
town, that papers and companies have endings, and how sources stand around a cue. They are
written for this project and licensed with it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from newsdesk.suggest.training import invented_words as words
from newsdesk.suggest.training.examples import Example, Labelled
from newsdesk.suggest.training.invented_patterns import (
    DEEDS,
    FRESH,
    PLAIN,
    PREDICATES,
    SPOKEN,
    SUBJECTS,
)

Parts = list[tuple[str | None, str]]
"""Pieces of a sentence, each with its label, or None."""

_PIECE = re.compile(r"<(/?)([sqc])>|\{(\w+)\}|([^<{]+)")
_LAYERS = {"s": "SOURCE", "q": "CONTENT", "c": "CUE"}
_FACILITY_ENDINGS = tuple(
    "Lane Street Road Bridge School Weir Close Parade Quay Hall Park Stadium House Exchange "
    "Rooms Pier "
    "Hospital Station Square Terrace Hotel Library Museum Tower Mill Dock Reservoir Lighthouse "
    "Infirmary".split()
)
_PAPER_ENDINGS = tuple(
    "Courier Argus Tribune Herald Gazette Post Echo Chronicle Mercury News Times Observer Wire "
    "Star "
    "Telegraph Journal Examiner".split()
)
_PAPERS = (
    "a report", "a study", "an estimate", "a survey", "a letter", "a log", "minutes", "a review",
    "the figures", "documents", "an email",
)  # fmt: skip


_BODY_ENDINGS = {
    "COUNCIL": ("City Council", "Council", "Borough Council", "Police", "Fire Service"),
    "HOSP": ("University Hospital", "General Hospital", "Royal Infirmary"),
    "COURT": ("Magistrates' Court", "Crown Court", "High Court", "District Court"),
}


class Inventor:
    """Makes sentences from patterns, the same ones for the same seed.

    ``known`` are names read off the corpora by label: some are used again in new frames.
    """

    def __init__(self, seed: int, known: Mapping[str, Sequence[str]] | None = None) -> None:
        self._random = random.Random(seed)
        self._known = known or {}
        self._makers: dict[str, Callable[[], Parts]] = self._slots()

    def examples(self, count: int) -> Iterator[Example]:
        """Invent ``count`` sentences, the fresh patterns twice as often as the plain ones."""
        patterns = (*PLAIN, *FRESH, *FRESH)
        for number in range(count):
            yield self.sentence(patterns[number % len(patterns)])

    def sentence(self, pattern: str) -> Example:
        """Fill one pattern."""
        for slot, choices in (("{VP3}", DEEDS), ("{VP}", PREDICATES)):
            while slot in pattern:
                pattern = pattern.replace(slot, self._random.choice(choices), 1)
        text = ""
        names: list[Labelled] = []
        quotes: list[Labelled] = []
        opened: list[int] = []
        for match in _PIECE.finditer(pattern):
            if match[2] and match[1]:
                quotes.append((opened.pop(), len(text), _LAYERS[match[2]]))
            elif match[2]:
                opened.append(len(text))
            elif match[3]:
                for label, words_ in self._makers[match[3]]():
                    if label:
                        names.append((len(text), len(text) + len(words_), label))
                    text += words_
            else:
                text += match[4]
        text = text[0].upper() + text[1:]
        return Example(text, "own", tuple(names), tuple(quotes))

    # The slots: each returns pieces with labels.

    def _slots(self) -> dict[str, Callable[[], Parts]]:
        pick = self._random.choice

        def plain(choices: Sequence[str]) -> Callable[[], Parts]:
            return lambda: [(None, pick(choices))]

        def named(label: str, choices: Sequence[str]) -> Callable[[], Parts]:
            return lambda: _bare(label, pick(choices))

        return {
            **self._plain_slots(plain),
            "PER": lambda: [("PERSON", self.person())],
            "PERU": lambda: [("PERSON", self.person())],
            "LASTN": lambda: [("PERSON", self.person(full=False))],
            "CLUB": lambda: [("ORG", self.club())],
            "CLUBX": lambda: [("ORG", self.new_club())],
            "COMP": lambda: [("ORG", self.company())],
            "FIRM": lambda: [("ORG", self.firm())],
            "PORG": named("ORG", words.BODIES),
            "PORGX": lambda: [("ORG", pick(words.BODIES).removeprefix("the "))],
            "OUTLET": self._outlet,
            "OUTLETX": lambda: [("ORG", self.outlet())],
            "CITY": lambda: [("LOC", self.city())],
            "CITYCAP": lambda: [("LOC", self.place().upper())],
            "PLACE": lambda: [("LOC", self.place())],
            "FACX": lambda: [("LOC", self.facility())],
            "COUNTRY": named("LOC", words.COUNTRIES),
            "REGION": named("LOC", words.REGIONS),
            "FAC": named("LOC", words.FACILITIES),
            "EVENT": named("EVENT", words.EVENTS),
            "WORK": named("WORK", words.WORKS),
            "PROD": named("PRODUCT", words.PRODUCTS),
            "NORP": named("NORP", words.NATIONALITIES),
            "NORPS": named("NORP", words.PEOPLES),
            **{name: self._ended(endings) for name, endings in _BODY_ENDINGS.items()},
            "SRC": self._source,
            "SRCF": lambda: [("PERSON", self.person())],
            "DOC": self._paper,
            "DOCU": lambda: _capital_parts(self._paper()),
            "APP": self._apposition,
        }

    def _plain_slots(
        self, plain: Callable[[Sequence[str]], Callable[[], Parts]]
    ) -> dict[str, Callable[[], Parts]]:
        """The slots that hold no name."""
        pick = self._random.choice
        return {
            "SAID": plain(words.SAYING),
            "SAIDX": plain(
                ("said", "said", "says", "added", "explained", "warned", "claimed", "insisted")
            ),
            "REPORTS": plain(("reports", "reported", "claims", "says", "said", "understands")),
            "FOUND": plain(
                ("found", "concluded", "said", "shows", "warned", "suggests", "showed", "states")
            ),
            "THINK": plain(
                ("believes", "believe", "thinks", "doubts", "fears", "expects", "reckons")
            ),
            "INSIST": plain(("insisted", "insists", "denied", "added", "warned", "admitted")),
            "TOLD": plain(("told", "informed", "warned", "assured", "reminded")),
            "MONEY": plain(
                ("£60m", "$3 billion", "€250,000", "£1.2bn", "$40", "10 million euros", "£8,000")
            ),
            "PCT": plain(("12%", "3.5 per cent", "40 percent", "a third")),
            "NUM": plain(
                ("12", "40", "three", "200", "1,500", "dozens of", "more than 300", "7,000")
            ),
            "AGE": lambda: [(None, str(self._random.randint(18, 90)))],
            "YEAR": lambda: [(None, str(self._random.randint(1920, 2005)))],
            "SCORE": lambda: [(None, f"{self._random.randint(0, 5)}-{self._random.randint(0, 4)}")],
            "MONTH": plain(("Jan", "March", "Nov", "July")),
            "NP": plain(SUBJECTS),
            "NPU": lambda: [(None, _capital(pick(SUBJECTS)))],
            "IU": plain(SPOKEN),
            "DATE": plain(words.DATES),
            "ROLE": plain(words.ROLES),
            "TITLE": plain(words.TITLES),
            "ANON": plain(words.UNNAMED),
        }

    def _ended(self, endings: Sequence[str]) -> Callable[[], Parts]:
        return lambda: [("ORG", f"{self.city()} {self._random.choice(endings)}")]

    def person(self, full: bool = True) -> str:
        """A person's name, in full or the surname alone."""
        pick = self._random.choice
        if self._known.get("PERSON") and self._random.random() < 0.3:
            return pick(self._known["PERSON"])
        last = pick(words.LAST_NAMES)
        if not full or self._random.random() < 0.3:
            return _capital(last)
        if self._random.random() < 0.06:
            last = f"{last}-{pick(words.LAST_NAMES)}"
        return f"{pick(words.FIRST_NAMES)} {last}"

    def place(self) -> str:
        """A town, mostly one that doesn't exist."""
        pick, chance = self._random.choice, self._random.random()
        made = pick(words.PLACE_STARTS) + pick(words.PLACE_ENDINGS)
        if chance < 0.6:
            return made
        if chance < 0.72:
            return (
                pick(("Upper", "Great", "Little", "North", "Port", "Saint", "St", "Castle", "Old"))
                + " "
                + made
            )
        return pick(words.FAR_PLACES if chance < 0.85 else words.CITIES)

    def city(self) -> str:
        """A city, mostly one that exists."""
        if self._random.random() < 0.3:
            return self.place()
        if self._known.get("LOC") and self._random.random() < 0.15:
            return self._random.choice(self._known["LOC"])
        return self._random.choice(words.CITIES)

    def club(self) -> str:
        """A sports club: known, a town with an ending, or the town alone."""
        pick, chance = self._random.choice, self._random.random()
        if chance < 0.3:
            return self.new_club()
        if chance < 0.6:
            return pick(words.CLUBS)
        city = pick(words.CITIES)
        return f"{city} {pick(words.CLUB_ENDINGS)}" if chance < 0.8 else city

    def new_club(self) -> str:
        """A club that doesn't exist."""
        pick, chance, place = self._random.choice, self._random.random(), self.place()
        if chance < 0.4:
            return place
        if chance < 0.8:
            return f"{place} {pick(words.CLUB_ENDINGS)}"
        first = pick(("City", "Rovers", "Rangers", "Albion", "Racing", "Sporting", "Dynamo"))
        return f"{first} {place}"

    def firm(self) -> str:
        """A company that doesn't exist."""
        pick, chance = self._random.choice, self._random.random()
        last, other = (_capital(pick(words.LAST_NAMES).split(" ")[-1]) for _ in range(2))
        ending = pick(words.FIRM_ENDINGS)
        if chance < 0.35:
            return f"{pick(words.PLACE_STARTS)}{pick(words.PLACE_ENDINGS)} {ending}"
        if chance < 0.6:
            return f"{last} {ending}"
        if chance < 0.75:
            return f"{last}{pick((' & ', ' and ', '-'))}{other}"
        if chance < 0.88:
            made = "".join(pick(words.SYLLABLES) for _ in range(self._random.randint(2, 3)))
            return made.capitalize() + pick(
                ("", f" {ending}", "x", "soft", "credit", "pay", "line")
            )
        first = pick(
            ("North", "South", "Royal", "United", "First", "National", "Red", "Blue", "Silver")
        )
        middle = pick(("Star", "River", "Harbour", "Fells", "Coast", "Oak", "Peak"))
        return f"{first} {middle} {ending}"

    def company(self) -> str:
        """A company, real, from the corpora, or made up."""
        pick, chance = self._random.choice, self._random.random()
        if chance < 0.3:
            return self.firm()
        if chance < 0.7:
            return pick(words.COMPANIES)
        if chance < 0.8 and self._known.get("ORG"):
            return pick(self._known["ORG"])
        owner = pick(words.LAST_NAMES).split(" ")[-1] if chance < 0.93 else pick(words.CITIES)
        return f"{owner} {pick(words.COMPANY_ENDINGS)}"

    def facility(self) -> str:
        """A street, school or bridge that doesn't exist."""
        pick = self._random.choice
        plain = pick(
            ("Mill", "Church", "Queen", "King's", "Station", "Harbour", "Old", "High", "Corn")
        )
        name = pick((self.place(), _capital(pick(words.LAST_NAMES).split(" ")[-1]), plain))
        return f"{name} {pick(_FACILITY_ENDINGS)}"

    def outlet(self) -> str:
        """A news outlet without its article."""
        pick, chance = self._random.choice, self._random.random()
        if chance < 0.4:
            return re.sub("^[Tt]he ", "", pick(words.OUTLETS))
        town = self.place().split(" ")[-1]
        return (
            f"{town} {pick(_PAPER_ENDINGS)}"
            if chance < 0.85
            else f"{pick(('Radio', 'Channel', 'Daily'))} {town}"
        )

    def _outlet(self) -> Parts:
        if self._random.random() < 0.6:
            return _bare("ORG", self._random.choice(words.OUTLETS))
        return [(None, "the " if self._random.random() < 0.6 else ""), ("ORG", self.outlet())]

    def _source(self) -> Parts:
        pick, chance = self._random.choice, self._random.random()
        if chance < 0.36:
            return [("PERSON", self.person(full=chance < 0.28))]
        if chance < 0.44:
            return [(None, pick(words.TITLES) + " "), ("PERSON", self.person(full=chance < 0.4))]
        if chance < 0.5:
            return [
                ("NORP", pick(words.NATIONALITIES)),
                (None, f" {pick(words.ROLES)} "),
                ("PERSON", self.person()),
            ]
        if chance < 0.56:
            return [
                ("ORG", self.club()),
                (None, f" {pick(words.ROLES)} "),
                ("PERSON", self.person()),
            ]
        if chance < 0.6:
            return [
                ("PERSON", self.person()),
                (None, f", the {pick(words.ROLES)} of "),
                ("ORG", self.company()),
            ]
        if chance < 0.7:
            return _bare("ORG", pick(words.BODIES)) if chance < 0.66 else [("ORG", self.company())]
        return [(None, pick(("he", "she", "they")) if chance < 0.8 else pick(words.UNNAMED))]

    def _paper(self) -> Parts:
        pick, chance = self._random.choice, self._random.random()
        head = pick(_PAPERS)
        if chance < 0.3:
            return [(None, f"{head} published {pick(words.DATES)}")]
        if chance < 0.55:
            return [(None, f"{head} seen by "), *self._outlet()]
        if chance < 0.8:
            by = _bare("ORG", pick(words.BODIES)) if chance < 0.68 else [("ORG", self.firm())]
            return [(None, f"{head} by "), *by]
        return [(None, head)]

    def _apposition(self) -> Parts:
        pick, chance, role = (
            self._random.choice,
            self._random.random(),
            self._random.choice(words.ROLES),
        )
        if chance < 0.25:
            return [(None, f"the {role} of "), ("ORG", pick((self.firm(), self.new_club())))]
        if chance < 0.45:
            return [(None, f"a {role} at "), *_bare("ORG", pick(words.BODIES))]
        if chance < 0.6:
            return [(None, str(self._random.randint(18, 90)))]
        if chance < 0.75:
            return [(None, "who lives in "), ("LOC", self.place())]
        if chance < 0.88:
            return [(None, "the "), ("NORP", pick(words.NATIONALITIES)), (None, f" {role}")]
        return [(None, f"the {role}")]


def _capital(words_: str) -> str:
    return words_[0].upper() + words_[1:]


def _capital_parts(parts: Parts) -> Parts:
    label, first = parts[0]
    return [(label, _capital(first)), *parts[1:]]


def _bare(label: str, name: str) -> Parts:
    """A name without its article: *the* stays outside the mark."""
    return [(None, "the "), (label, name[4:])] if name.startswith("the ") else [(label, name)]
