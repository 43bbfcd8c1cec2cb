"""A codebook, articles and annotations made on the spot, for tests of the reader alone."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Edit,
    Label,
    Layer,
    Span,
    Status,
    joined,
    new_article,
    quote_of,
    replace,
)
from newsdesk.ui.reader import Reader

LABELS = {
    name: Label(name=name, layer=layer, colour=colour)
    for name, layer, colour in [
        ("PERSON", Layer.ENTITY, "#56B4E9"),
        ("ORG", Layer.ENTITY, "#E69F00"),
        ("QUOTE", Layer.QUOTE, "#0072B2"),
        ("CLAIM", Layer.CLAIM, "#8F3F00"),
        ("SOURCE", Layer.SOURCE, "#5B6BB5"),
        ("CUE", Layer.CUE, "#2E8FBF"),
        ("HEDGE", Layer.HEDGE, "#96497A"),
    ]
}
BY_ID = {label.id: label for label in LABELS.values()}


class Story:
    """An article and what is marked in it, by words instead of offsets."""

    def __init__(self, text: str) -> None:
        self.article: Article = new_article(text, title="A story")
        self.annotations: dict[str, Annotation] = {}
        self.attributions: list[Attribution] = []
        self.claims: dict[str, Claim] = {}

    @property
    def text(self) -> str:
        return self.article.text

    def span(self, words: str, nth: int = 0) -> Span:
        """Where some words stand for the nth time."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def mark(self, label: str, *words: str | Span, **fields: object) -> Annotation:
        """Mark words (or spans), in one annotation of as many fragments."""
        spans = joined(w if isinstance(w, Span) else self.span(w) for w in words)
        made = Annotation(
            article=self.article.id,
            spans=spans,
            label=LABELS[label].id,
            quote=quote_of(self.text, spans),
            **fields,  # type: ignore[arg-type]
        )
        self.annotations[made.id] = made
        return made

    def claim(self, *words: str | Span, **fields: object) -> Annotation:
        """Mark a claim's appearance; the fields are the claim's."""
        made = self.mark("CLAIM", *words)
        claim = Claim(statement=made.quote.strip() or "…", **fields)  # type: ignore[arg-type]
        self.claims[claim.id] = claim
        made = replace(made, claim=claim.id)
        self.annotations[made.id] = made
        return made

    def attribute(self, content: Annotation, **fields: object) -> Attribution:
        """Say who said it."""
        made = Attribution(content=content.id, **fields)  # type: ignore[arg-type]
        self.attributions.append(made)
        return made

    def change(self, annotation: Annotation, **fields: object) -> Edit:
        """The edit that changes an annotation, as the desk would announce it."""
        after = replace(annotation, **fields)
        self.annotations[after.id] = after
        return Edit(annotation, after)

    def show_in(self, reader: Reader) -> None:
        reader.show_article(
            self.article, list(self.annotations.values()), self.attributions, BY_ID, self.claims
        )


def picture(reader: Reader) -> QImage:
    """What is painted in the viewport, a pixel for a pixel."""
    return reader.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours_in(image: QImage, box: QRectF) -> set[str]:
    """The colours of the pixels within a box, as #rrggbb."""
    area = box.toAlignedRect().intersected(image.rect())
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def background_of(image: QImage, box: QRectF) -> str:
    """The commonest colour of a box: what lies behind its words."""
    area = box.toAlignedRect().intersected(image.rect())
    counts: dict[str, int] = {}
    for x in range(area.left(), area.right() + 1):
        for y in range(area.top(), area.bottom() + 1):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name])


def near(colour: str, wanted: str, distance: int = 40) -> bool:
    """Whether two colours look alike: anti-aliased lines are a little paler than their pen."""
    one, other = QColor(colour), QColor(wanted)
    parts = [
        one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue(),
    ]  # fmt: skip
    return sum(abs(part) for part in parts) <= distance


def middle(reader: Reader, span: Span) -> QPoint:
    """A pixel in the middle of some words of one line."""
    return reader.box_of(span).center().toPoint()


def click(
    reader: Reader,
    where: QPoint,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, modifier, where)


def drag(
    reader: Reader,
    start: QPoint,
    end: QPoint,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move in steps as a hand does, and release."""
    view, left = reader.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, modifier, start)
    for step in range(1, 6):
        QTest.mouseMove(view, start + (end - start) * step / 5)
    QTest.mouseRelease(view, left, modifier, end)


def accepted(annotations: Iterable[Annotation]) -> list[Annotation]:
    return [a for a in annotations if a.status is Status.ACCEPTED]
