"""Prodigy's JSONL: a task a line, with spans, relations between them, and an annotator's answer."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from newsdesk.formats.carried import (
    KEY,
    NOT_HELD,
    Block,
    Carrier,
    foreign_keys,
    give_details,
    lose_codebook,
    not_given,
    shown_marks,
    tell_flattened,
    ties_of,
)
from newsdesk.formats.foreign import Foreign, Mark, Task, Tie, detail_fields, span_of
from newsdesk.formats.foreign_marks import FRAGMENT
from newsdesk.formats.format import (
    Bundle,
    Dataset,
    FileFormat,
    Input,
    Item,
    Losses,
    Part,
    Problem,
    Reading,
    Target,
)
from newsdesk.formats.json_stream import BOM, json_lines
from newsdesk.formats.mark_tokens import cut_tokens, places, words_in
from newsdesk.model import Annotation, ArticleStatus, Span, Status

NAME = "prodigy"
encode = msgspec.json.Encoder().encode

_OWN = {"text", "spans", "relations", "tokens", "answer", "meta", KEY, "_task_hash"}
_STATUS = {"accept": Status.ACCEPTED, "reject": Status.REJECTED, "ignore": Status.PROPOSED}
# What Prodigy's windows put into a span on their own account.
_OF_SPANS = {"start", "end", "label", "text", "token_start", "token_end", "type", "id"}
_OF_SPANS |= {"source", "score"}


def read_prodigy(source: Input, reading: Reading) -> Iterator[Item]:
    """The tasks of a file: annotated ones (`db-out`), and those that wait for an annotator."""
    foreign = Foreign(source, reading, NAME)
    for number, found in json_lines(source, reading):
        if isinstance(found, Problem):
            yield found
            continue
        if not isinstance(found, dict):
            yield foreign.problem("a task, an object with a “text”, was expected", line=number)
            continue
        wrong: list[str] = []
        task = _task(found, number, wrong)
        for message in wrong:
            yield foreign.problem(message, line=number, record=task.name)
        yield from foreign.items(task)


def _task(found: Block, line: int, wrong: list[str]) -> Task:
    answer = found.get("answer")
    if answer not in (None, *_STATUS):
        wrong.append(f"the answer “{answer}” is none of: {', '.join(_STATUS)}")
        answer = None
    meta = found.get("meta")
    meta = dict(meta) if isinstance(meta, dict) else {}
    block = found.get(KEY, meta.get(KEY))
    carried = block if isinstance(block, dict) else {}
    marks = _spans(found, wrong)
    if not carried or carried.get("answer") != answer:
        for mark in marks:
            mark.fields["status"] = _STATUS.get(str(answer), Status.PROPOSED)
    ties = _relations(found, marks, wrong) if "relations" in found else None
    extra = {key: value for key, value in found.items() if key not in _OWN}
    if own := not_given(meta, block):
        extra["meta"] = own
    return Task(
        text=found.get("text"),
        marks=marks,
        ties=ties,
        block=block,
        details=detail_fields(meta),
        extra=extra,
        name=str(found.get("_input_hash", "")),
        line=line,
    )


def _spans(found: Block, wrong: list[str]) -> list[Mark]:
    listed = found.get("spans") or []
    if not isinstance(listed, list):
        wrong.append("“spans” should be a list")
        return []
    marks = []
    for number, one in enumerate(listed, 1):
        span = span_of(one.get("start"), one.get("end")) if isinstance(one, dict) else None
        if span is None:
            wrong.append(f"spans, number {number}: “start” and “end” should be whole numbers")
            continue
        said = one.get("text") if isinstance(one.get("text"), str) else None
        fields: Block = {}
        if isinstance(score := one.get("score"), int | float) and 0 <= score <= 1:
            fields["confidence"] = score
        if isinstance(origin := one.get("source"), str) and origin:
            fields["origin"] = origin
        kept = {key: value for key, value in one.items() if key not in _OF_SPANS}
        if kept:
            fields[NAME] = kept
        name = one["id"] if isinstance(one.get("id"), str) else f"#{number}"
        marks.append(
            Mark(label=one.get("label"), span=span, said=said, name=name, id=name, fields=fields)
        )
    return marks


def _relations(found: Block, marks: list[Mark], wrong: list[str]) -> list[Tie]:
    """Relations name the last token of each end, and, in newer files, its span."""
    listed = found["relations"] or []
    tokens = found.get("tokens")
    tokens = tokens if isinstance(tokens, list) else []
    ties = []
    for number, one in enumerate(listed if isinstance(listed, list) else [None], 1):
        ends = [_end(one, key, tokens, marks) for key in ("head", "child")]
        if not isinstance(one, dict) or None in ends:
            wrong.append(f"relations, number {number}: it leads to no span that is there")
            continue
        ties.append(Tie(str(ends[0]), str(ends[1]), str(one.get("label") or "related")))
    return ties


def _end(one: Any, key: str, tokens: list[Any], marks: list[Mark]) -> str | None:
    """The name of the mark at one end of a relation."""
    if not isinstance(one, dict):
        return None
    named, at = one.get(f"{key}_span"), one.get(key)
    if isinstance(named, dict):
        span, label = span_of(named.get("start"), named.get("end")), named.get("label")
        held = [mark for mark in marks if mark.name == named.get("id")]
        held += [mark for mark in marks if mark.span == span and mark.label == label]
        held += [mark for mark in marks if mark.span == span]
        return held[0].name if held else None
    if not isinstance(at, int) or not 0 <= at < len(tokens) or not isinstance(tokens[at], dict):
        return None
    token = span_of(tokens[at].get("start"), tokens[at].get("end"))
    held = [mark for mark in marks if token and mark.span.overlaps(token)]
    return held[-1].name if held else None


def write_prodigy(dataset: Dataset, target: Target) -> Losses:
    """A task an article. One with an accepted mark is answered “accept”, and one with nothing but
    proposals has no answer yet: Prodigy then asks."""
    carrier = Carrier(dataset)
    lose_codebook(dataset.labels, carrier.losses)
    with target.file() as file:
        for bundle, block in carrier.bundles():
            file.write(encode(_written(bundle, block, carrier)) + b"\n")
    return carrier.losses


def _written(bundle: Bundle, block: Block, carrier: Carrier) -> Block:
    article, shown = bundle.article, shown_marks(bundle)
    answered = any(mark.status is Status.ACCEPTED for mark in shown) or (
        not shown and article.status is not ArticleStatus.NEW
    )
    for mark in shown:
        tell_flattened(mark, carrier.losses, fragments=True, status=answered)
    kept = foreign_keys(bundle, NAME)
    meta = kept.pop("meta", None)
    given = {"title": article.title, "outlet": bundle.outlet, "published": article.published}
    task: Block = {"text": article.text}
    task["meta"] = meta if isinstance(meta, dict) else give_details(given, block)
    task["spans"] = spans = [one for mark in shown for one in _spans_of(mark, carrier)]
    ties = [(start, end, word) for start, end, word in ties_of(bundle, block)]
    ties += [
        (mark.id, _name(mark, number), FRAGMENT)
        for mark in shown
        for number in range(1, len(mark.spans))
    ]
    if ties or _cut_words(article.text, spans):
        _add_tokens(task, article.text)
    by_name = {one["id"]: one for one in spans}
    task["relations"] = [_tied(by_name[start], by_name[end], word) for start, end, word in ties]
    task |= {key: value for key, value in foreign_keys(bundle, NAME).items() if key not in task}
    if answered:
        task["answer"] = block["answer"] = "accept"
    # The marks stand first: by them the file is known, however long the text is.
    return {"spans": task.pop("spans"), **task, KEY: block}


def _spans_of(mark: Annotation, carrier: Carrier) -> Iterator[Block]:
    kept = mark.extra.get(NAME)
    for number, (start, end) in enumerate(mark.spans):
        own = {"start": start, "end": end, "label": carrier.labels[mark.label].name}
        own["id"] = _name(mark, number)
        yield {**(kept if isinstance(kept, dict) else {}), **own}


def _name(mark: Annotation, number: int) -> str:
    return f"{mark.id}#{number + 1}" if number else mark.id


def _cut_words(text: str, spans: list[Block]) -> bool:
    """Whether a span begins or ends within a word: Prodigy would find no token for it."""
    words = words_in(text)
    starts = {word.start for word in words}
    ends = {word.end for word in words}
    return any(one["start"] not in starts or one["end"] not in ends for one in spans)


def _add_tokens(task: Block, text: str) -> None:
    spans = [Span(one["start"], one["end"]) for one in task["spans"]]
    tokens = cut_tokens(words_in(text), spans)
    begun = {token.start for token in tokens}
    task["tokens"] = [
        {
            "text": text[start:end],
            "start": start,
            "end": end,
            "id": number,
            "ws": text[end : end + 1] == " " and end not in begun,
        }
        for number, (start, end) in enumerate(tokens)
    ]
    first, last = places(tokens)
    for one in task["spans"]:
        one["token_start"] = first[one["start"]]
        one["token_end"] = last[one["end"]]


def _tied(start: Block, end: Block, word: str) -> Block:
    wanted = ("start", "end", "token_start", "token_end", "label", "id")
    ends: Block = {}
    for key, one in (("head", start), ("child", end)):
        ends[key] = one["token_end"]
        ends[f"{key}_span"] = {name: one[name] for name in wanted}
    return {**ends, "label": word}


_MARKED = re.compile(rb'"(?:_input_hash|_task_hash|_view_id|answer|spans)"\s*:')


def looks_like(head: bytes) -> bool:
    """Whether the first line is a task with a text, and with spans, an answer or hashes."""
    first = head.removeprefix(BOM).lstrip().partition(b"\n")[0]
    return first.startswith(b"{") and b'"text"' in first and bool(_MARKED.search(first))


FORMAT = FileFormat(
    name=NAME,
    title="Prodigy (JSON lines)",
    suffixes=(".jsonl",),
    looks_like=looks_like,
    losses=NOT_HELD | {Part.CODEBOOK, Part.FRAGMENTS, Part.STATUS},
    read=read_prodigy,
    write=write_prodigy,
)
