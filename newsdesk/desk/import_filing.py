"""Filing what readers give: nothing twice, nothing over what is there, no reference to nothing."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from newsdesk.desk.articles import outlet_named
from newsdesk.desk.desk import Desk
from newsdesk.desk.import_known import REFERENCES, Known
from newsdesk.desk.import_places import (
    Absent,
    Place,
    PlacesWithin,
    Waiting,
    differing_fields,
    in_circles,
    refers_to,
)
from newsdesk.desk.import_report import FIRST, Duplicate, ImportReport
from newsdesk.formats.format import Bundle, Filed, Problem
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Entity,
    Label,
    Record,
    Source,
    replace,
)

R = TypeVar("R", bound=Record)

BUNDLES = 100
MARKS = 4_000
RECORDS = 500
"""How much is gathered before it is written: articles, annotations in them, other records."""

_NOWHERE = "which is neither in what is imported nor on this desk"


class Filing:
    """Takes items in any order and writes them to a desk in batches, inside one change.

    Once something is wrong, nothing more is written, unless `rest` asks for what is right: files
    are then only looked through, so that the report lists everything at once.
    """

    def __init__(self, desk: Desk, report: ImportReport, *, rest: bool, add: bool) -> None:
        self.desk, self.report = desk, report
        self._rest, self._add = rest, add
        self._known = Known(desk)
        self._had_articles = desk.count(Article) > 0
        self._bundles: list[tuple[Bundle, Place]] = []
        self._marks = 0
        self._records: list[Waiting] = []
        self._waiting: list[Waiting] = []
        self._waiting_bundles: list[tuple[Bundle, Place]] = []
        self._left: set[str] = set()
        self._number, self._own = 0, set[int]()
        self._outlets: dict[str, str] = {}
        self.codebook = tuple(desk.codebook(retired=True))

    @property
    def refused(self) -> bool:
        """Whether nothing may be written any more."""
        return self.report.problem_count > 0 and not self._rest

    # Taking

    def problem(self, problem: Problem) -> None:
        """Note what a reader found wrong; what refers to the record left out is left out too."""
        self.report.add(problem)
        if problem.blocks and problem.record:
            self._left.add(problem.record.rpartition(" ")[2])

    def label(self, label: Label) -> None:
        """Add a label of a file to the end of the codebook; its key only if that is free."""
        if self.refused:
            return
        keys = {one.shortcut for one in self.codebook}
        label = replace(
            label,
            shortcut="" if label.shortcut in keys else label.shortcut,
            position=max((one.position for one in self.codebook), default=-1) + 1,
        )
        self.codebook = (*self.codebook, self.desk.put(label))
        self.report.records += 1

    def bundle(self, bundle: Bundle, place: Place) -> None:
        """An article with what is marked in it."""
        if self._records:
            self._write_records()
        self._bundles.append((bundle, place))
        self._marks += len(bundle.annotations)
        if len(self._bundles) >= BUNDLES or self._marks >= MARKS:
            self._write_bundles()

    def record(self, filed: Filed, place: Place) -> None:
        """Any other record."""
        if self._bundles:
            self._write_bundles()
        self._records.append(Waiting(filed.record, place))
        if len(self._records) >= RECORDS:
            self._write_records()

    def flush(self) -> None:
        """Write what was gathered."""
        self._write_records()
        self._write_bundles()

    def finish(self) -> None:
        """Write what waited for other records; what waits in vain is a problem."""
        self.flush()
        while (self._waiting or self._waiting_bundles) and not self.refused:
            self._bundles, self._waiting_bundles = self._waiting_bundles, []
            records, self._waiting = self._waiting, []
            before = len(self._bundles) + len(records)
            self._write_bundles()
            self._write_each(records)
            if len(self._waiting) + len(self._waiting_bundles) == before:
                break
        if self.refused:
            return
        held = {bundle.article.id: bundle for bundle, _ in self._waiting_bundles}
        waiting = [Waiting(bundle.article, place) for bundle, place in self._waiting_bundles]
        self._in_vain([*waiting, *self._waiting], held)

    def was_left(self, id: str) -> bool:
        """Whether a record was left out."""
        return id in self._left

    # Writing

    def _write_records(self) -> None:
        records, self._records = self._records, []
        self._write_each(records)

    def _write_each(self, waiting: list[Waiting]) -> None:
        if self.refused:
            return
        by_kind: dict[type[Record], list[Waiting]] = {}
        for one in waiting:
            by_kind.setdefault(type(one.record), []).append(one)
        for kind, each in by_kind.items():
            places = {one.record.id: one.place for one in each}
            self._put(kind, [one.record for one in each], places.__getitem__)

    def _write_bundles(self) -> None:
        bundles, self._bundles, self._marks = self._bundles, [], 0
        if not bundles or self.refused:
            return
        kept = self._write_articles([(self._with_outlet(one), place) for one, place in bundles])
        marks = [mark for bundle, _ in kept for mark in bundle.annotations]
        places = PlacesWithin(kept)
        self._put(Annotation, marks, places)
        ties = [tie for bundle, _ in kept for tie in bundle.attributions]
        self._put(Attribution, ties, places)

    def _write_articles(self, bundles: list[tuple[Bundle, Place]]) -> list[tuple[Bundle, Place]]:
        """Write the articles that are new; give the bundles whose marks belong on the desk."""
        places = {bundle.article.id: place for bundle, place in bundles}
        ours = self._ours(Article, [bundle.article for bundle, _ in bundles])
        twins = self._twins([each for each in bundles if each[0].article.id not in ours])
        kept, new = [], []
        for bundle, place in bundles:
            article, known = bundle.article, ours.get(bundle.article.id)
            if known is not None:
                # One text in two files is one article, even where they say other things of it.
                other = place.number > 0 and not self._is_own(article.id, place.number)
                same = other and known.sha256 == article.sha256
                self._compare(article, known, places.__getitem__, known_before=same)
            if article.id in twins or (known and known.sha256 != article.sha256):
                self._leave(bundle)
                continue
            kept.append((bundle, place))
            if known is None:
                ours[article.id] = article
                new.append(article)
                self._came_in(article.id, place.number)
        circle = self._circle(Article, new, places.__getitem__)
        if circle:
            for bundle, _ in kept:
                if bundle.article.id in circle:
                    self._leave(bundle)
            kept = [each for each in kept if each[0].article.id not in circle]
            new = [article for article in new if article.id not in circle]
        ready = self._ready(Article, new)
        waiting = {article.id for article in new} - {article.id for article in ready}
        self._waiting_bundles += [each for each in kept if each[0].article.id in waiting]
        self.desk.add_all(ready)
        self._known.add(Article, [article.id for article in ready])
        self.report.articles += len(ready)
        self.report.article_ids += [a.id for a in ready[: FIRST - len(self.report.article_ids)]]
        return [each for each in kept if each[0].article.id not in waiting]

    def _put(self, kind: type[R], records: list[R], place_of: Callable[[str], Place]) -> None:
        fresh = self._fresh(kind, records, place_of)
        circle = self._circle(kind, fresh, place_of)
        fresh = [record for record in fresh if record.id not in circle] if circle else fresh
        ready = self._ready(kind, fresh)
        if len(ready) < len(fresh):
            going = {record.id for record in ready}
            self._waiting += [
                Waiting(record, place_of(record.id)) for record in fresh if record.id not in going
            ]
        if ready:
            self.desk.add_all(ready)
            self._known.add(kind, [record.id for record in ready])
        if kind is Annotation:
            self.report.annotations += len(ready)
        else:
            self.report.records += len(ready)

    def _circle(
        self, kind: type[R], records: list[R], place_of: Callable[[str], Place]
    ) -> set[str]:
        """The records that lead back to themselves; each is a problem."""
        field = {Article: "supersedes", Entity: "merged_into"}.get(kind)
        circle = in_circles(records, field) if field else set()
        for id in sorted(circle):
            place = place_of(id)
            self.problem(
                Problem(
                    file=place.file,
                    line=place.line,
                    record=f"{kind.__name__.lower()} {id}",
                    field=field or "",
                    message="it leads back to itself",
                )
            )
        return circle

    def _ready(self, kind: type[R], records: list[R]) -> list[R]:
        """Those of the records that refer to nothing but what is there, or comes with them."""
        absent = self._absent(kind, records)
        own = {record.id for record in records} if absent else set()
        while absent:
            ready = [one for one in records if not refers_to(one, absent, own)]
            if len(ready) == len(records):
                break
            records = ready
            own = {record.id for record in records}
        return records

    # Looking at what is there

    def _ours(self, kind: type[R], records: list[R]) -> dict[str, R]:
        """Of the records, as the desk has them, those that are on it already."""
        return self.desk.get_all(kind, [record.id for record in records])

    def _fresh(self, kind: type[R], records: list[R], place_of: Callable[[str], Place]) -> list[R]:
        ours = self._ours(kind, records)
        if not ours and len({record.id for record in records}) == len(records):
            return records
        fresh = []
        for record in records:
            known = ours.setdefault(record.id, record)
            if known is record:
                fresh.append(record)
            else:
                self._compare(record, known, place_of)
        return fresh

    def _compare(
        self,
        theirs: Record,
        ours: Record,
        place_of: Callable[[str], Place],
        *,
        known_before: bool = False,
    ) -> None:
        """Count a record that the desk has just so; report one that it has otherwise."""
        differing = differing_fields(theirs, ours)
        if not differing:
            self.report.present += 1
            return
        place = place_of(theirs.id)
        said = partial(
            Problem,
            file=place.file,
            line=place.line,
            record=f"{type(theirs).__name__.lower()} {theirs.id}",
        )
        # The revision is written last: what has none yet came in with this very import.
        if known_before or self.desk.history(ours.id):
            fields = " and ".join(differing)
            kept = f"the desk has it with another {fields}; the desk's was kept"
            self.report.conflict(said(message=kept))
        else:
            self.problem(said(message="this id is used twice, with different contents"))

    def _absent(self, kind: type[R], records: list[R]) -> Absent:
        """The ids that records refer to and that lead nowhere, by field."""
        found: Absent = {}
        for name, to in REFERENCES[kind]:
            wanted = {getattr(record, name) for record in records} - {None}
            missing = self._known.missing(to, wanted) if wanted else wanted
            if missing:
                found[name] = missing
        return found

    def _in_vain(self, waiting: list[Waiting], held: dict[str, Bundle]) -> None:
        """Report records that wait for what never came: causes first, then what follows."""
        wanted = {one.record.id: self._absent_of(one.record) for one in waiting}
        while waiting:
            rest = []
            for one in waiting:
                wants = wanted[one.record.id]
                after = [each for each in wants if each[1] in self._left]
                if not after and all(id in wanted for _, id in wants):
                    rest.append(one)  # until it is known why that one waits
                    continue
                if after:
                    self._say_in_vain(one, *after[0], "which was left out", blocks=False)
                else:
                    gone = next(each for each in wants if each[1] not in wanted)
                    self._say_in_vain(one, *gone, _NOWHERE)
                if one.record.id in held:
                    self._leave(held[one.record.id])
            waiting = rest

    def _say_in_vain(
        self, one: Waiting, name: str, id: str, why: str, *, blocks: bool = True
    ) -> None:
        self._left.add(one.record.id)
        self.report.add(
            Problem(
                file=one.place.file,
                line=one.place.line,
                record=f"{type(one.record).__name__.lower()} {one.record.id}",
                field=name.removesuffix("_id"),
                message=f"it refers to {id}, {why}",
                blocks=blocks,
            )
        )

    def _absent_of(self, record: Record) -> list[tuple[str, str]]:
        absent = self._absent(type(record), [record])
        return [(name, id) for name, ids in absent.items() for id in ids]

    def _leave(self, bundle: Bundle) -> None:
        self._left.add(bundle.article.id)
        self._left.update(mark.id for mark in bundle.annotations)
        self._left.update(tie.id for tie in bundle.attributions)

    def _with_outlet(self, bundle: Bundle) -> Bundle:
        name = bundle.outlet.strip()
        if not name or bundle.article.outlet is not None:
            return bundle
        if name not in self._outlets:
            self._outlets[name] = outlet_named(self.desk, name).id
            self._known.add(Source, [self._outlets[name]])
        return replace(bundle, article=replace(bundle.article, outlet=self._outlets[name]))

    def _came_in(self, article: str, number: int) -> None:
        """Remember the articles of the file at hand: hashes, since there may be very many."""
        if number != self._number:
            self._number, self._own = number, set()
        if number or self._had_articles:
            self._own.add(hash(article))

    def _is_own(self, article: str, number: int) -> bool:
        return number == self._number and hash(article) in self._own

    def _twins(self, bundles: list[tuple[Bundle, Place]]) -> set[str]:
        """The articles to be skipped, since the desk or another file has their very text.

        Two articles of one file may well have the same text: the file says so.
        """
        several = any(place.number for _, place in bundles)
        if self._add or not (self._had_articles or several):
            return set()
        known = self.desk.known_texts([bundle.article.sha256 for bundle, _ in bundles])
        first: dict[str, tuple[int, str, str]] = {}
        twins = set()
        for bundle, place in bundles:
            article, sha256 = bundle.article, bundle.article.sha256
            there = known.get(sha256)
            if there is not None and not self._is_own(there, place.number):
                title = self.desk.same_text(sha256)[0][1]
            elif sha256 in first and first[sha256][0] != place.number:
                _, there, title = first[sha256]
                if there == article.id:
                    continue  # the very article once more: its marks come in beside the others
            else:
                first.setdefault(sha256, (place.number, article.id, article.title))
                continue
            twins.add(article.id)
            self.report.duplicate(
                Duplicate(file=place.file, title=article.title, known=there, known_title=title)
            )
        return twins
