"""The bench's own articles: the same on every machine, from our own words, as Newsdesk JSONL."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSION = 4
"""Part of the files' names: raise it whenever the generator changes."""
LONG = 1_000_000
LONG_MARKS = 20_000
PROPOSED = 5_000

GIVEN = """
Agnès Bartosz Çağla Dilnoza Eirlys Fionn Gülşen Håkon Ioana Jožica Kübra Lönnrot Małgorzata
Nadezhda Øyvind Péter Qasim Roísín Štěpán Þóra Ulvi Vigdís Wambui Ximena Ýmir Zsófia Alan
Beatrice Carol Derek Elspeth Frank Gemma Harold Imogen Jasper
""".split()
FAMILY = """
Abernathy Bålsrud Cârlan Đorđević Estévez Fjeldstad Gutiérrez Håvardsen Ionescu Jääskeläinen
Kőszegi Lindqvist Mäkelä Ní-Bhriain Őri Przybylski Quennell Róbertsson Szczepański Tremblay
Ünsal Vörös Whitlock Yağmur Zālīte Ashdown Birkett Cobb Drummond Eastwood
""".split()
TOWNS = """
Ålesund Brăila České-Lípa Dún-Laoghaire Évora Fredericia Győr Hódmezővásárhely Ioannina
Jönköping Košice Łódź Mérida Nuuk Östersund Plzeň Rzeszów Şanlıurfa Tromsø Uppsala Valparaíso
Wexford Ystad Žilina
""".split()
FIRST = """
Copperfield Dunmore Eastgate Fernleigh Greyfriars Highmoor Inverness Kingsway Larkhall Merrow
""".split()
KIND = """
Harbours Waterworks Observatory Cooperative Tramways Foundation Authority Clinic Press Guild
""".split()
QUALITY = """
overdue hasty thrifty patchy ambitious disputed narrow generous leaky unfinished modest bold
""".split()
DONE = """
shelved widened audited reopened trimmed defended costed relaunched mapped paused funded redrawn
""".split()
POST = """
ferry master
head of planning
deputy treasurer
ward councillor
chief engineer
station officer
""".strip().splitlines()
THING = """
ferry timetable
flood wall
parking levy
night tram
reading room
swimming pool
heating grant
fish market
tree survey
pay round
broadband scheme
bus depot
water main
school kitchen
cycle lane
theatre roof
""".strip().splitlines()
WHEN = """
before the clocks went back
over the objections of two wards
while the surveyors were still at work
with three votes to spare
for the second winter in a row
after a long evening of questions
as the tide tables were being printed
without so much as a footnote
on the advice of the auditors
to loud applause from the gallery
""".strip().splitlines()
SIGNS = ["🌊", "🛶", "🧮", "👷🏾‍♀️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🎭", "🚋", "𝔉", "🪙", "👨‍👩‍👧"]

Mark = tuple[int, int, str]
LAYERS = {"QUOTE": "quote", "CLAIM": "claim", "HEDGE": "hedge", "SOURCE": "source"}
SHORT = ("PERSON", "ORG", "GPE", "MONEY", "EVENT", "QUOTE", "CLAIM", "HEDGE", "SOURCE")


class Writer:
    """A text in the making, with the spans of what was written into it, in code points."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        self.parts: list[str] = []
        self.length = 0
        self.words = 0
        self.marks: dict[str, list[Mark]] = {"entity": [], "quote": [], "claim": []}

    def put(self, text: str) -> None:
        """Write on."""
        self.parts.append(text)
        self.length += len(text)
        self.words += text.count(" ")

    def name(self, label: str, text: str) -> None:
        """Write a name and mark it."""
        self.marks["entity"].append((self.length, self.length + len(text), label))
        self.put(text)

    def person(self) -> None:
        """Write a person's name."""
        self.name("PERSON", f"{self.pick.choice(GIVEN)} {self.pick.choice(FAMILY)}")

    def body(self) -> None:
        """Write the name of an organisation."""
        self.name("ORG", f"{self.pick.choice(FIRST)} {self.pick.choice(KIND)}")

    def clause(self) -> str:
        """Half a sentence of local news."""
        one = self.pick.choice
        return f"the {one(QUALITY)} {one(THING)} was {one(DONE)} {one(WHEN)}"

    def sentence(self) -> None:
        """Write a quotation, a claim with a figure, a report or a plain sentence."""
        start, roll = self.length, self.pick.random()
        if roll < 0.3:
            self._quotation()
        elif roll < 0.65:
            self.body()
            self.put(f" says {self.clause()}, at a cost of ")
            self.name("MONEY", f"€{self.pick.randint(2, 880)},{self.pick.randint(100, 999)}")
            self.put(f", which is {self.pick.randint(2, 70)} per cent of its budget in ")
            self.name("GPE", self.pick.choice(TOWNS))
            self.put(". ")
            self.marks["claim"].append((start, self.length - 1, "CLAIM"))
        elif roll < 0.85:
            self.put("According to ")
            self.person()
            self.put(f", {self.pick.choice(POST)} of ")
            self.name("GPE", self.pick.choice(TOWNS))
            self.put(f", {self.clause()} and {self.clause()}. ")
            self.marks["claim"].append((start, self.length - 1, "CLAIM"))
        else:
            self.put(f"Meanwhile {self.clause()} {self.pick.choice([*SIGNS, '', '', ''])}. ")

    def _quotation(self) -> None:
        self.put("“")
        start = self.length
        self.put(f"I was told that {self.clause()}, and ")
        self.body()
        self.put(f" didn’t mind that {self.clause()},")
        self.marks["quote"].append((start, self.length, "QUOTE"))
        self.put("” said ")
        self.person()
        self.put(f", {self.pick.choice(POST)} in ")
        self.name("GPE", self.pick.choice(TOWNS))
        self.put(". ")

    def text(self) -> str:
        """All that was written."""
        return "".join(self.parts)


def id_of(space: int, number: int) -> str:
    """A fixed id in the form of a UUIDv7; `space` keeps kinds of records apart."""
    text = f"{0x019000000000 + number:012x}7{space:03x}8{number:015x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def article(number: int, *, status: str = "accepted", words: int = 490) -> dict[str, Any]:
    """One article with some thirty annotations, as the dataset has it."""
    writer = Writer(7_000_003 * number + 11)
    while writer.words < words:
        for _ in range(writer.pick.randint(2, 4)):
            writer.sentence()
        writer.put("\n\n")
    marks = sorted(
        mark
        for layer, most in (("entity", 20), ("quote", 5), ("claim", 5))
        for mark in _some(writer, layer, most)
    )
    title = f"{writer.pick.choice(QUALITY).title()} {writer.pick.choice(THING)}, no. {number}"
    return as_article(number, title, writer.text().rstrip() + "\n", marks, status)


def _some(writer: Writer, layer: str, most: int) -> list[Mark]:
    found = writer.marks[layer]
    return writer.pick.sample(found, min(most, len(found)))


def as_article(
    number: int, title: str, text: str, marks: list[Mark], status: str
) -> dict[str, Any]:
    """A text with its marks as one article of a dataset."""
    day = number % 28 + 1
    return {
        "id": id_of(1, number),
        "title": title,
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "language": "en",
        "published": f"20{10 + number % 14:02}-{number % 12 + 1:02}-{day:02}",
        "status": "annotated",
        "annotations": [
            {
                "id": id_of(2, number * 100_000 + nth),
                "label": label,
                "layer": LAYERS.get(label, "entity"),
                "spans": [[start, end]],
                "text": [text[start:end]],
                "status": status,
                "origin": "human",
                "author": "Bench",
            }
            for nth, (start, end, label) in enumerate(marks)
        ],
        "attributions": [],
    }


def long_article(marks: int = LONG_MARKS, length: int = LONG) -> dict[str, Any]:
    """One text of a million characters with annotations that overlap everywhere."""
    writer = Writer(77)
    while writer.length < length:
        for _ in range(writer.pick.randint(2, 5)):
            writer.sentence()
        writer.put("\n\n")
    text = writer.text()[: length - 1] + "."
    pool = [mark for found in writer.marks.values() for mark in found if mark[1] < length]
    while len(pool) < LONG_MARKS + 2_000:
        start = writer.pick.randrange(length - 700)
        end = start + writer.pick.randint(20, 600)
        pool.append((start, end, writer.pick.choice(("EVENT", "QUOTE", "CLAIM"))))
    chosen = sorted(writer.pick.sample(pool, marks), key=lambda mark: (mark[0], -mark[1]))
    return as_article(9_000_000 + marks, f"The long one, {marks} marks", text, chosen, "accepted")


def dataset(articles: Iterator[dict[str, Any]]) -> Iterator[str]:
    """The lines of a Newsdesk JSONL file."""
    yield json.dumps(
        {"format": "newsdesk.dataset", "version": 1, "offset_unit": "unicode code point"}
    )
    for at, name in enumerate(SHORT):
        layer = LAYERS.get(name, "entity")
        shown = {"layer": layer, "colour": "#0072B2", "shortcut": str(at + 1)}
        yield json.dumps({"type": "label", "id": id_of(3, at), "name": name, **shown})
    for one in articles:
        yield json.dumps({"type": "article", **one}, ensure_ascii=False)


def write_all(folder: Path) -> None:
    """Make the corpora that are not there yet: 1k, 10k, the long texts and the suggestions."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("1k", "10k", "proposed", "long", "sparse"):
        path = path_of(folder, name)
        if not path.exists():
            draft = path.with_suffix(".new")
            with draft.open("w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in dataset(articles_of(name)))
            draft.rename(path)


def articles_of(name: str) -> Iterator[dict[str, Any]]:
    """The articles of a corpus."""
    if name in ("long", "sparse"):
        yield long_article(LONG_MARKS if name == "long" else 100)
        return
    status = "proposed" if name == "proposed" else "accepted"
    for number in range(1, {"1k": 1_001, "10k": 10_001, "proposed": 301}[name]):
        yield article(number, status=status)


def path_of(folder: Path, name: str) -> Path:
    """Where a corpus lies."""
    return folder / f"{name}-{VERSION}.jsonl"
