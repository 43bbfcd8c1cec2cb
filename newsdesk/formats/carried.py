"""What another tool's file has no place for: carried beside its marks as Newsdesk's own objects.

Each article has one object, under the key `newsdesk`, with the article's details, the annotations
as they stand on the desk, the attributions, and the entities, sources, claims and links that
these name. Other tools keep it or drop it; they need not understand it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from newsdesk.formats.dataset_writing import Objects
from newsdesk.formats.format import Bundle, Dataset, Losses, Part
from newsdesk.formats.shape import KINDS
from newsdesk.model import (
    Annotation,
    Claim,
    Entity,
    Label,
    Link,
    Record,
    Source,
    Status,
    replace,
)

KEY = "newsdesk"
"""The key under which another tool's file carries it."""

UNSHOWN = "unshown"
"""The key within it for relations that stand on the desk, but could not be shown to the tool."""

GIVEN = "given"
"""The key within it for what of the article's details was written for the tool to show."""

Block = dict[str, Any]
Tie = tuple[str, str, str]
"""A relation between two annotations: the ids of both, and what it is."""

NOT_HELD = frozenset({Part.RAW, Part.EVIDENCE, Part.REVIEWS, Part.LINKS, Part.JOURNAL})
"""What no file that is written so can hold; of links, only those that lead to what is lost."""


class Carrier:
    """Goes through a dataset once, and gives each article with the object that goes with it."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._objects = Objects(dataset.labels)
        self.losses: Losses = self._objects.losses
        self.labels: dict[str, Label] = {label.id: label for label in dataset.labels}
        self._records: dict[str, Record] = {}
        for record in (*dataset.entities(), *dataset.sources()):
            self._records[record.id] = record
        self._claim_of: dict[str, str] = {}
        for claim, appearances in dataset.claims():
            self._records[claim.id] = claim
            self._claim_of |= dict.fromkeys(appearances, claim.id)
        self._waiting = dict.fromkeys(self._records)
        self._links: dict[str, list[Link]] = {}
        lost = _lost_records(dataset, self.losses)
        for link in dataset.links():
            if link.from_id in lost or link.to_id in lost:
                self.losses.add(Part.LINKS, link.id, "it leads to a record that is not written")
            else:
                self._links.setdefault(link.from_id, []).append(link)

    def bundles(self) -> Iterator[tuple[Bundle, Block]]:
        """Each article with its object; the last one's carries what no article names."""
        last: tuple[Bundle, Block] | None = None
        for bundle in self._dataset.articles():
            if last:
                yield last
            bundle = self._with_claims(bundle)
            last = bundle, self._block(bundle)
        if last is None:
            for id in self._waiting:
                self.losses.add(_part_of(self._records[id]), id, "there is no article to go with")
            return
        rest = [self._records[id] for id in self._waiting]
        links = [link for each in self._links.values() for link in each]
        _extend(last[1], self._in_lists(rest, links))
        yield last

    def _with_claims(self, bundle: Bundle) -> Bundle:
        """The bundle, each of whose annotations names the claim that lists it."""
        if self._claim_of.keys().isdisjoint(mark.id for mark in bundle.annotations):
            return bundle
        marks = tuple(
            replace(mark, claim=mark.claim or self._claim_of.get(mark.id))
            for mark in bundle.annotations
        )
        return msgspec.structs.replace(bundle, annotations=marks)

    def _block(self, bundle: Bundle) -> Block:
        if bundle.article.raw is not None:
            self.losses.add(Part.RAW, bundle.article.id, "the bytes that came in are not written")
        whole = msgspec.to_builtins(self._objects.article(bundle))
        marks = [_bare(mark, "annotation") for mark in whole.pop("annotations")]
        ties = [_bare(tie, "attribution") for tie in whole.pop("attributions")]
        for mark in marks:
            mark.pop("text", None)
        del whole["text"], whole["raw"]
        block = {"article": _bare(whole, "article"), "annotations": marks, "attributions": ties}
        links = [link for mark in bundle.annotations for link in self._links.pop(mark.id, ())]
        within = {mark.id for mark in bundle.annotations}
        for link in links:
            if link.to_id not in within:  # it waits for the last article: both ends are known then
                self._links.setdefault(link.from_id, []).append(link)
        links = [link for link in links if link.to_id in within]
        _extend(block, self._in_lists(self._named(bundle), links))
        return {key: value for key, value in block.items() if value}

    def _named(self, bundle: Bundle) -> list[Record]:
        """The entities, sources and claims that an article's records name, each once."""
        ids = [mark.entity for mark in bundle.annotations]
        ids += [mark.claim for mark in bundle.annotations]
        ids += [tie.source for tie in bundle.attributions] + [bundle.article.outlet]
        found: dict[str, Record] = {}
        while ids:
            record = self._records.get(ids.pop() or "")
            if record is None or record.id in found:
                continue
            found[record.id] = record
            self._waiting.pop(record.id, None)
            if isinstance(record, Entity):
                ids.append(record.merged_into)
            elif isinstance(record, Source):
                ids.append(record.entity)
        return [found[id] for id in sorted(found)]

    def _in_lists(self, records: Iterable[Record], links: Iterable[Link]) -> Block:
        lists: Block = {"entities": [], "sources": [], "claims": [], "links": []}
        for record in (*records, *links):
            found = msgspec.to_builtins(self._objects.record(record))
            lists[_list_of(record)].append(_bare(found, _KIND[_list_of(record)]))
        return lists


def ties_of(bundle: Bundle, block: Block) -> list[Tie]:
    """What a format of relations can show: each content's sources and cues, and the links."""
    shown = {mark.id for mark in shown_marks(bundle)}
    ties: list[Tie] = []
    for tie in bundle.attributions:
        for word, id in (("source", tie.source_mention), ("cue", tie.cue)):
            if id in shown and tie.content in shown and id is not None:
                ties.append((tie.content, id, hop_word(word, tie.hop)))
    for link in block.get("links", ()):
        if link["from"] in shown and link["to"] in shown:
            ties.append((link["from"], link["to"], link["kind"]))
    for other in bundle.article.extra.get("relations", ()):
        if isinstance(other, dict):
            ends = other.get("from"), other.get("to")
            if ends[0] in shown and ends[1] in shown:
                ties.append((str(ends[0]), str(ends[1]), str(other.get("type"))))
    return ties


def hop_word(word: str, hop: int | None) -> str:
    """`source` or `cue`; of a hop that is not the originator's, with its number."""
    return f"{word} {hop}" if hop else word


def shown_marks(bundle: Bundle) -> list[Annotation]:
    """The annotations that another tool gets to see: all but the rejected ones."""
    return [mark for mark in bundle.annotations if mark.status is not Status.REJECTED]


def tell_flattened(mark: Annotation, losses: Losses, *, fragments: bool, status: bool) -> None:
    """Report what another tool shows otherwise than it is."""
    if fragments and len(mark.spans) > 1:
        what = f"it is written as {len(mark.spans)} spans, which only Newsdesk joins again"
        losses.add(Part.FRAGMENTS, mark.id, what)
    if status and mark.status is Status.PROPOSED:
        losses.add(Part.STATUS, mark.id, "it is proposed, and looks accepted to other programs")


def lose_codebook(labels: Iterable[Label], losses: Losses) -> None:
    """Report what only the codebook knows of each label."""
    for label in labels:
        losses.add(Part.CODEBOOK, label.id, "of the label, only name and layer are written")


def foreign_keys(bundle: Bundle, format: str) -> Block:
    """The keys of this very format that came with an article and mean nothing to Newsdesk."""
    found = bundle.article.extra.get(format)
    return dict(found) if isinstance(found, dict) else {}


def give_details(details: Block, block: Block) -> Block:
    """What the other tool may show of an article; the object remembers it, so that it is not
    taken for the tool's own when it comes back."""
    given = {key: value for key, value in details.items() if value}
    if given:
        block[GIVEN] = given
    return given


def not_given(found: Block, block: Any) -> Block:
    """The keys of a file that Newsdesk did not write itself."""
    given = block.get(GIVEN) if isinstance(block, dict) else None
    given = given if isinstance(given, dict) else {}
    return {k: v for k, v in found.items() if k != KEY and (k not in given or given[k] != v)}


def _lost_records(dataset: Dataset, losses: Losses) -> set[str]:
    lost = set()
    for part, what, records in (
        (Part.EVIDENCE, "evidence is not written", dataset.evidence()),
        (Part.EVIDENCE, "snapshots are not written", dataset.snapshots()),
        (Part.REVIEWS, "reviews are not written", dataset.reviews()),
    ):
        for record in records:
            losses.add(part, record.id, what)
            lost.add(record.id)
    for revision, _ in dataset.journal():
        losses.add(Part.JOURNAL, revision.id, "the journal is not written")
    return lost


_KIND = {"entities": "entity", "sources": "source", "claims": "claim", "links": "link"}


def _list_of(record: Record) -> str:
    if isinstance(record, Entity):
        return "entities"
    if isinstance(record, Source):
        return "sources"
    return "claims" if isinstance(record, Claim) else "links"


def _part_of(record: Record) -> Part:
    if isinstance(record, Entity):
        return Part.ENTITIES
    return Part.ATTRIBUTIONS if isinstance(record, Source) else Part.CLAIMS


def _extend(block: Block, lists: Block) -> None:
    for key, records in lists.items():
        if records:
            block[key] = block.get(key, []) + records


def _bare(found: Block, kind: str) -> Block:
    """An object without the keys whose values are what a reader takes for granted."""
    usual = _USUAL[kind]
    return {key: value for key, value in found.items() if key not in usual or value != usual[key]}


_USUAL: dict[str, Block] = {
    name: {
        key: value
        for key, value in msgspec.to_builtins(kind.shape()).items()
        if key not in kind.needs
    }
    for name, kind in KINDS.items()
}
