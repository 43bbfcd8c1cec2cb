"""Reads gold and predictions into marks: our dataset's JSON, and the JSONL of the open corpora."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsdesk.model import Layer, NewsdeskError
from newsdesk.suggest.lexicon import THOUGHT_VERBS
from newsdesk.suggest.proposals import Proposals
from newsdesk.suggest.scores import ClaimMark, EntityMark, Marks, QuoteMark, Range

ENTITIES, QUOTES, CLAIMS, WORTHY = "entities", "quotes", "claims", "worthy"
_PLACES = {"GPE": "LOC", "FAC": "LOC"}


def read_gold(path: Path, with_proposed: bool = False) -> Iterator[Marks]:
    """Marks of every text in a file: a dataset (.json, .jsonl) or an open corpus (.jsonl).

    `with_proposed` counts a dataset's suggestions too. Raises NewsdeskError if the file is none of
    the known forms.
    """
    try:
        if path.suffix == ".json":
            yield from of_dataset(json.loads(path.read_text(encoding="utf-8")), with_proposed)
            return
        with path.open(encoding="utf-8") as lines:
            first = json.loads(lines.readline() or "{}")
            if first.get("format") == "newsdesk.dataset":
                yield from of_dataset(_gathered(lines), with_proposed)
                return
            yield _record(first, path, 1)
            for number, line in enumerate(lines, start=2):
                if line.strip():
                    yield _record(json.loads(line), path, number)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NewsdeskError(
            f"{path.name} can't be read as annotated text. Nothing was scored. Give a dataset that "
            "Newsdesk exported as JSON, or JSONL with spans, quotes or claim labels."
        ) from error


def is_corpus(path: Path) -> bool:
    """Whether a file is JSONL of an open corpus: texts without Newsdesk's header."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.readline(1_000_000)
    return b'"text"' in first and b'"newsdesk.dataset"' not in first


def _gathered(lines: Iterable[str]) -> dict[str, list[Any]]:
    """A dataset's lines as its one object: what the marks are made of."""
    lists: dict[str, list[Any]] = {"articles": [], "entities": [], "sources": []}
    keys = {"article": "articles", "entity": "entities", "source": "sources"}
    for line in lines:
        data = json.loads(line)
        if key := keys.get(data.get("type", "")):
            lists[key].append(data)
    return lists


def _record(data: Mapping[str, Any], path: Path, number: int) -> Marks:
    text = data["text"]
    if "spans" in data:
        marks = tuple(
            EntityMark(s["start"], s["end"], _PLACES.get(s["label"], s["label"]))
            for s in data["spans"]
        )
        return Marks(text, marks, layers=frozenset({ENTITIES}))
    if "quotes" in data:
        quotes = tuple(q for raw in data["quotes"] if (q := _spoken(raw, text)) is not None)
        return Marks(text, quotes=quotes, layers=frozenset({QUOTES}))
    if isinstance(data.get("label"), bool | int):
        return Marks(text, layers=frozenset({WORTHY}), worthy=bool(data["label"]))
    raise ValueError(f"line {number} of {path.name} has no spans, quotes or label")


def _spoken(raw: Mapping[str, Any], text: str) -> QuoteMark | None:
    """A quote of the open corpora; None where the cue is thought, or there is none at all."""
    cue = raw.get("cue")
    words = set(text[cue[0] : cue[1]].lower().split()) if cue else set()
    if words & THOUGHT_VERBS or (not cue and raw["type"] != "direct"):
        return None
    manner = "direct" if raw["type"] == "direct" else "indirect"
    content = tuple((start, end) for start, end in raw["content"])
    return QuoteMark(content, manner, _range(raw.get("speaker")), _range(cue))


def _range(pair: Any) -> Range | None:
    return (pair[0], pair[1]) if pair else None


def of_dataset(data: Mapping[str, Any], with_proposed: bool = False) -> Iterator[Marks]:
    """Marks of every article of a dataset in our JSON; by default what people accepted."""
    names = {entity["id"]: entity["name"] for entity in data.get("entities", ())}
    sources = {source["id"]: source for source in data.get("sources", ())}
    for article in data["articles"]:
        kept = {
            a["id"]: a
            for a in article.get("annotations", ())
            if a["status"] == "accepted" or (with_proposed and a["status"] == "proposed")
        }
        yield _article(article, kept, names, sources)


def _article(
    article: Mapping[str, Any],
    kept: Mapping[str, Any],
    names: Mapping[str, str],
    sources: Mapping[str, Any],
) -> Marks:
    entities, claims, quotes = [], [], []
    ties: dict[str, Mapping[str, Any]] = {}
    for tie in sorted(article.get("attributions", ()), key=lambda t: -int(t.get("hop") or 0)):
        ties[tie["content"]] = tie  # hop 0 comes last and stays
    for mark in kept.values():
        spans = [(start, end) for start, end in mark["spans"]]
        sure = mark.get("confidence")
        sure = 1.0 if sure is None else float(sure)
        if mark["layer"] == "entity":
            entities.append(EntityMark(spans[0][0], spans[-1][1], mark["label"], sure))
        elif mark["layer"] == "claim":
            claims.append(ClaimMark(spans[0][0], spans[-1][1], sure))
        elif mark["layer"] == "quote":
            tie = ties.get(mark["id"], {})
            said_by = sources.get(tie.get("source") or "", {})
            quotes.append(
                QuoteMark(
                    tuple(spans),
                    str(tie.get("manner") or "direct"),
                    _span_of(kept, tie.get("source_mention")),
                    _span_of(kept, tie.get("cue")),
                    names.get(said_by.get("entity") or "", ""),
                    sure,
                )
            )
    layers = frozenset({ENTITIES, QUOTES, CLAIMS})
    return Marks(article["text"], tuple(entities), tuple(quotes), tuple(claims), layers)


def _span_of(kept: Mapping[str, Any], mark: str | None) -> Range | None:
    if mark is None or mark not in kept:
        return None
    spans = kept[mark]["spans"]
    return spans[0][0], spans[-1][1]


def of_proposals(text: str, result: Proposals) -> Marks:
    """Marks of what a pipeline proposed."""
    names = {place: chain.name for chain in result.chains for place in chain.mentions}
    ties = {tie.content: tie for tie in result.ties if tie.hop == 0}
    entities, quotes, claims = [], [], []
    for place, item in enumerate(result.items):
        if item.layer == Layer.ENTITY:
            entities.append(EntityMark(item.start, item.end, item.label, item.confidence))
        elif item.layer == Layer.CLAIM:
            claims.append(ClaimMark(item.start, item.end, item.confidence))
        elif item.layer == Layer.QUOTE:
            tie = ties.get(place)
            source = result.items[tie.source] if tie and tie.source is not None else None
            cue = result.items[tie.cue] if tie and tie.cue is not None else None
            speaker = ""
            if tie and tie.speaker is not None:
                speaker = names.get(tie.speaker, result.items[tie.speaker].of(text))
            quotes.append(
                QuoteMark(
                    tuple((s, e) for s, e in item.spans),
                    str(item.attributes.get("manner", "direct")),
                    (source.start, source.end) if source else None,
                    (cue.start, cue.end) if cue else None,
                    speaker,
                    item.confidence,
                )
            )
    layers = frozenset({ENTITIES, QUOTES, CLAIMS})
    judged = tuple(ClaimMark(start, end, chance) for start, end, chance in result.worth)
    return Marks(text, tuple(entities), tuple(quotes), tuple(claims), layers, judged=judged)


def labels_of(marks: Iterable[Marks]) -> frozenset[str]:
    """The entity labels that occur."""
    return frozenset(mark.label for item in marks for mark in item.entities)
