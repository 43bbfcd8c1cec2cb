"""A desk small enough to know by heart, for tests of single panels."""

from __future__ import annotations

from pathlib import Path

from newsdesk.desk import Desk, create_desk
from newsdesk.desk.articles import add_article
from newsdesk.desk.codebooks import put_label
from newsdesk.model import (
    Article,
    Attribute,
    AttributeType,
    Label,
    Layer,
    new_article,
)

TEXT = "Ada Ray met Bo Lund in Oslo.\n\n“We agreed,” said Ray. “It is 3 😀 done,” she said of Oslo."

ASKED = (
    Attribute(name="polarity", type=AttributeType.CHOICE, values=("yes", "no"), required=True),
    Attribute(name="count", type=AttributeType.NUMBER),
    Attribute(name="sure", type=AttributeType.FLAG),
    Attribute(name="remark"),
)

LABELS = (
    ("PERSON", Layer.ENTITY, "1", ()),
    ("PLACE", Layer.ENTITY, "2", ()),
    ("QUOTE", Layer.QUOTE, "q", ()),
    ("CLAIM", Layer.CLAIM, "c", ()),
    ("SOURCE", Layer.SOURCE, "s", ()),
    ("CUE", Layer.CUE, "u", ()),
    ("HEDGE", Layer.HEDGE, "h", ASKED),
)


def make_desk(path: Path, articles: int = 1) -> Desk:
    """A desk with seven labels and so many articles; the first one's text is `TEXT`."""
    desk = create_desk(path, "Maker")
    with desk.change("Set up"):
        for position, (name, layer, key, asked) in enumerate(LABELS):
            put_label(
                desk,
                Label(
                    name=name,
                    layer=layer,
                    shortcut=key,
                    attributes=asked,
                    position=position,
                    guideline=f"What *{name}* **is**.\n\n- One example <b>here</b>.",
                ),
            )
        for number in range(articles):
            text = TEXT if number == 0 else f"Article {number}.\n\nIt speaks of Oslo {number}."
            date = f"2026-01-{1 + number % 28:02}"
            article = new_article(text, title=f"Title {number:03}", published=date)
            add_article(desk, article, outlet=f"Outlet {number % 3}")
    desk.author = "Ada"
    return desk


def first(desk: Desk) -> Article:
    """The article whose text is `TEXT`."""
    return desk.find(Article, title="Title 000")[0]
