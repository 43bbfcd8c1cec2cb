"""What a dossier's page tells, put together from a claim's file after redaction."""

import re
from collections.abc import Iterable, Mapping, Sequence

from newsdesk.desk.claim_file import ClaimView
from newsdesk.desk.redaction import Redacted
from newsdesk.model import (
    GAP,
    Attribution,
    Claim,
    Evidence,
    Review,
    Revision,
    SourceKind,
)
from newsdesk.model.register import MentionLine
from newsdesk.provenance.appearance import Appearance
from newsdesk.provenance.dossier_page import (
    Contrast,
    Entry,
    Page,
    Printing,
    Proof,
    Signature,
    Step,
    Told,
)
from newsdesk.provenance.firmness import firmness
from newsdesk.provenance.gate import Item, Missing
from newsdesk.provenance.ladder import Ladder, Rung
from newsdesk.provenance.redaction import Redaction, is_confidential

_WITHHELD = {
    Redaction.NONE: (
        "Nothing is withheld. This dossier may tell who a confidential source is: keep it in house."
    ),
    Redaction.STANDARD: (
        "Of confidential sources it is withheld who they are, why they are not named, how they "
        "know, who approved that, and every note about them. They are called as they were printed."
    ),
    Redaction.FULL: (
        "Of confidential sources everything is withheld but that there is one. What the articles "
        "print of them stands in the articles' texts."
    ),
}


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z")


class Story:
    """A claim's file in words; whatever it names went through the redaction first."""

    def __init__(
        self,
        view: ClaimView,
        dataset: Redacted,
        missing: Sequence[Missing],
        journal: Mapping[str, Revision],
        files: Mapping[str, str],
    ) -> None:
        """`missing` is what the gate says, `journal` gives the revision in which each record was
        born, `files` the name of each snapshot's copy, by id."""
        self._view, self._dataset, self._gate = view, dataset, missing
        self._journal, self._files = journal, files
        self._claims: dict[str, Claim] = {one.id: one for one, _ in dataset.claims()}
        self._evidence = list(dataset.evidence())
        self._reviews = list(dataset.reviews())
        self._snapshots = {one.id: one for one in dataset.snapshots()}
        self._papers = {bundle.article.id: bundle for bundle in dataset.articles()}
        self._marks = {
            mark.id: mark for paper in self._papers.values() for mark in paper.annotations
        }

    def page(self, history: Iterable[Revision], others: Iterable[tuple[str, str]]) -> Page:
        """The page; `history` oldest first with titles that may be told, `others` the files."""
        claim = self._claims[self._view.claim.id]
        verdict = claim.verdict.value if claim.verdict else ""
        facts = (
            ("Verdict", verdict),
            ("Rating", claim.rating),
            ("Topic", claim.topic),
            ("Worth checking", claim.checkworthy.value),
            ("Because", claim.reason),
            ("Claim", claim.id),
        )
        return Page(
            statement=claim.statement,
            state=claim.state.value,
            facts=facts,
            standing=list(self._standing()),
            printings=[
                self._printing(one, ladder)
                for one, ladder in zip(self._view.appearances, self._view.ladders, strict=True)
            ],
            proofs=[self._proof(one) for one in self._evidence],
            contrasts=[*self._linked(), *self._drifts(), *self._lost()],
            signatures=[self._signature(one) for one in self._reviews],
            missing=self._missing(),
            history=[
                Entry(seq=one.seq, at=_moment(one.at), author=one.author, title=one.title)
                for one in history
            ],
            withheld=self._withheld(),
            files=list(others),
        )

    def _withheld(self) -> list[str]:
        hides = any(map(is_confidential, self._view.sources.values()))
        told = _WITHHELD[self._dataset.level]
        return [told] if hides else ["Nothing: no source is confidential."]

    def _name(self, source: str) -> str:
        found = self._view.sources.get(source)
        return self._dataset.source(found).description if found else "a source no longer on record"

    def _names(self, sources: Iterable[str]) -> str:
        return " and ".join(dict.fromkeys(self._name(one) for one in sources))

    # Who says so

    def _standing(self) -> Iterable[str]:
        found = self._view.independence
        outlets, origins = len(found.outlets), len(found.origins)
        if not found.appearances:
            return
        printed = _counted(found.appearances, "appearance")
        behind = _counted(origins, "source") if origins else "no source"
        yield f"{printed} in {_counted(outlets, 'outlet')} lead back to {behind}."
        if found.alarm:
            yield f"{outlets} outlets have it from one source: {self._origin()}."
        for circle in self._view.circles:
            outlets_of = [self._outlet(one) for one in (*circle.sources, circle.sources[0])]
            yield f"Circular reporting: {' → '.join(outlets_of)}."

    def _origin(self) -> str:
        """The one source as its first appearance calls it: who it is elsewhere, is not told."""
        first = self._view.independence.origins[0].appearances[0]
        ladder = next(one for one in self._view.ladders if one.appearance == first)
        return self._names(ladder.originators or ladder.nearest)

    def _outlet(self, source: str) -> str:
        found = self._view.sources.get(source)
        outlet = found is not None and found.kind is SourceKind.MEDIA_OUTLET
        return self._name(source) if outlet else "another source"

    def _printing(self, one: Appearance, ladder: Ladder) -> Printing:
        paper = self._papers.get(one.article)
        outlet = paper.outlet if paper else ""
        remarks = [f"Said as: {firmness(one).value}."]
        if one.hedges:
            remarks.append(f"Hedged by: {', '.join(one.hedges)}.")
        if ladder.circular:
            remarks.append("The way back runs in a circle.")
        answers = [self._view.hops[id] for id in ladder.answers if id in self._view.hops]
        return Printing(
            where=" · ".join(filter(None, (one.title or "Untitled", outlet, one.published or ""))),
            url=(paper.article.url or "") if paper else "",
            told=_sentence(self._view.sentences.get(one.id), one.quote),
            steps=[self._step(rung) for rung in ladder.rungs],
            answers=[self._answer(tie) for tie in answers],
            remarks=remarks,
        )

    def _step(self, rung: Rung) -> Step:
        how = (rung.manner, rung.assertion, rung.channel)
        cues = [self._view.sentences[id].words for id in rung.cues if id in self._view.sentences]
        return Step(
            name=self._names(rung.sources),
            how=", ".join(one.value for one in how if one),
            shown=", ".join(cues),
        )

    def _answer(self, tie: Attribution) -> Step:
        name = self._name(tie.source) if tie.source else ""
        how = (tie.assertion, tie.channel)
        return Step(name=name, how=", ".join(one.value for one in how if one))

    # What was found out

    def _proof(self, one: Evidence) -> Proof:
        paper = self._papers.get(one.article or "")
        copy = self._snapshots.get(one.snapshot or "")
        return Proof(
            stance=one.stance.value.capitalize(),
            title=one.title,
            publisher=one.publisher,
            url=one.url or "",
            passage=Told(words=one.exact, before=one.prefix, after=one.suffix),
            question=one.question,
            place=f"in “{paper.article.title}”" if paper else "",
            file=self._files.get(one.snapshot or "", ""),
            sha256=copy.sha256 if copy else "",
            captured=_moment(copy.captured_at) if copy else "",
        )

    def _linked(self) -> Iterable[Contrast]:
        own = self._view.claim.id
        for link in self._dataset.links():
            if own not in (link.from_id, link.to_id):
                continue
            ends = [self._claims.get(id) for id in (link.from_id, link.to_id)]
            if ends[0] is not None and ends[1] is not None:
                kind = link.kind.value.replace("_", " ").capitalize()
                first, second = ends[0].statement, ends[1].statement
                yield Contrast(kind=kind, one=(first, ""), other=(second, ""), note=link.note)

    def _drifts(self) -> Iterable[Contrast]:
        for drift in self._view.drifts:
            changes = ", ".join(one.value for one in drift.changes)
            yield Contrast(
                kind=f"Quote drift: {changes}",
                one=self._placed(drift.first),
                other=self._placed(drift.variant),
            )

    def _lost(self) -> Iterable[Contrast]:
        for one in self._view.lost_hedges:
            headline = self._view.titles.get(one.headline or "", "")
            words = ", ".join(one.words)
            yield Contrast(
                kind="Hedge lost" + (f": {words}" if words else ""),
                one=self._placed(one.hedged),
                other=self._placed(one.flat) if one.flat else (headline, "headline"),
            )

    def _placed(self, id: str) -> tuple[str, str]:
        """The exact words of an annotation, and where they were printed."""
        mark = self._marks[id]
        article = self._papers[mark.article].article
        where = " · ".join(filter(None, (article.title, article.published)))
        return mark.quote, where

    def _signature(self, one: Review) -> Signature:
        born = self._journal.get(one.id)
        seq = born.seq if born else 0
        earlier = [
            each
            for each in self._evidence
            if (at := self._journal.get(each.id)) is not None and at.seq <= seq
        ]
        return Signature(
            reviewer=one.reviewer,
            at=_moment(one.at),
            step=f"{one.from_state} → {one.to_state}",
            verdict=one.verdict.value if one.verdict else "",
            comment=one.comment,
            on=_counted(len(earlier), "piece") + " of evidence" if earlier else "no evidence",
            seq=seq,
            hash=born.hash if born else "",
        )

    def _missing(self) -> Sequence[tuple[str, str]]:
        # What stands behind a claim is told of one person under all names, so no record is named.
        behind = (Item.INDEPENDENCE, Item.CIRCLE)
        return [
            (one.what, "" if one.item in behind else self._record(one.record))
            for one in self._gate
        ]

    def _record(self, id: str) -> str:
        """A record in words: an article, a source, a claim; the claim itself needs none."""
        if id == self._view.claim.id:
            return ""
        if id in self._view.sources:
            return self._name(id)
        if id in self._claims:
            return self._claims[id].statement
        found = next((one for one in self._view.appearances if one.id == id), None)
        return (found.title if found else self._view.titles.get(id, "")) or id


def _sentence(line: MentionLine | None, quote: str) -> Told:
    if line is None or GAP in quote:
        return Told(words=quote)
    return Told(words=line.words, before=line.before, after=line.after)


def _moment(text: str) -> str:
    """A moment as a person writes it; what is none stays as it is."""
    found = _MOMENT.fullmatch(text)
    return f"{found[1]} {found[2]} UTC" if found else text


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
