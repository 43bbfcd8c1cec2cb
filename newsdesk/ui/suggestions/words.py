"""What is said of suggestions: how sure, by which part and why, and how many are hidden."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from newsdesk.model import HUMAN, Annotation
from newsdesk.ui.plain import counted, shortened

_LONGEST_WHY = 400
_SURE = ((0.95, 0), (0.8, 1), (0.6, 2), (0.4, 3), (0.0, 4))


def said_below(count: int) -> str:
    """How many suggestions are under a threshold, in words; empty for none."""
    if not count:
        return ""
    translate = QCoreApplication.translate
    one = translate("suggestions", "1 more below the threshold")
    many = translate("suggestions", "{0} more below the threshold")
    return counted(count, one, many)


def said_sure(confidence: float) -> str:
    """A confidence (0 to 1, calibrated) in words and as a number: "likely (73 %)"."""
    translate = QCoreApplication.translate
    words = (
        translate("suggestions", "almost certain"),
        translate("suggestions", "very likely"),
        translate("suggestions", "likely"),
        translate("suggestions", "doubtful"),
        translate("suggestions", "very doubtful"),
    )
    word = next(words[at] for least, at in _SURE if confidence >= least)
    return translate("suggestions", "{0} ({1} %)").format(word, f"{confidence * 100:.0f}")


def said_rate(confidence: float) -> str:
    """What a calibrated confidence means."""
    translate = QCoreApplication.translate
    said = translate("suggestions", "Of a hundred suggestions as sure as this, about {0} are right")
    return said.format(f"{confidence * 100:.0f}")


def why_of(annotation: Annotation) -> str:
    """The rule or the nearest evidence, as the pipeline gave it; empty where it gave none."""
    why = annotation.extra.get("why")
    return shortened(why, _LONGEST_WHY) if isinstance(why, str) else ""


def made_by(annotation: Annotation) -> tuple[str, str] | None:
    """The pipeline with its version, and the part of it that proposed; None for a person's."""
    if annotation.origin == HUMAN:
        return None
    pipeline, _, part = annotation.origin.partition("/")
    translate = QCoreApplication.translate
    parts = {
        "names": translate("suggestions", "names"),
        "measures": translate("suggestions", "dates, sums and quantities"),
        "quotes": translate("suggestions", "quotes and speakers"),
        "claims": translate("suggestions", "claims and sources"),
        "hedges": translate("suggestions", "hedges"),
    }
    return shortened(pipeline, 80), parts.get(part, shortened(part, 80))
