"""Keeps what is shown in step with the desk, edit by edit, repainting no more than that."""

from __future__ import annotations

from collections.abc import Iterable

from newsdesk.model import Annotation, Article, Attribution, Claim, Edit, Label
from newsdesk.ui.reader.annotated import AnnotatedSheet
from newsdesk.ui.reader.marks import Mark

_MANY = 24  # marks changed at once: from here on all that lies between them is repainted
_VERY_MANY = 400  # annotations edited at once: from here on all are taken anew, which is quicker


class FollowingSheet(AnnotatedSheet):
    """Patches its marks from the edits of each Revision."""

    def follow(self, edits: Iterable[Edit]) -> None:
        """Take what edits of the desk changed in this article; others are passed over."""
        if self._article is None:
            return
        edits = list(edits)
        # A claim may be born before its appearance in the same change: appearances first.
        own = [edit for edit in edits if self._is_own(edit)]
        changed = self._follow_one_by_one(own) if len(own) <= _VERY_MANY else []
        labels = tied = False
        for edit in edits:
            record = edit.record
            if isinstance(record, Claim):
                changed += self._follow_claim(record, edit.after is not None)
            elif isinstance(record, Attribution):
                tied |= self._follow_attribution(record, edit.after is not None)
            elif isinstance(record, Label):
                labels = True
                self._follow_label(record, edit.after is not None)
            elif isinstance(record, Article) and record.id == self._article.id:
                self._article = record
        if labels:
            self._forget_styles()
        if len(own) > _VERY_MANY:
            self._take_anew(own)
        elif labels:
            self._load(self._held.annotations)
        else:
            self._repaint(changed)
        if tied and self._current is not None:
            self.viewport().update()
        touched = {edit.record.id for edit in own}
        touched.update(mark.annotation.id for mark in changed)
        self._renew_current(touched)

    def _is_own(self, edit: Edit) -> bool:
        record = edit.record
        assert self._article is not None
        return isinstance(record, Annotation) and record.article == self._article.id

    def _take_anew(self, own: list[Edit]) -> None:
        known = {annotation.id: annotation for annotation in self._held.annotations}
        for edit in own:
            if edit.after is None:
                known.pop(edit.record.id, None)
            elif isinstance(edit.after, Annotation):
                known[edit.after.id] = edit.after
        self._load(known.values())

    def _follow_one_by_one(self, own: list[Edit]) -> list[Mark]:
        changed: list[Mark] = []
        for edit in own:
            annotation = edit.record
            assert isinstance(annotation, Annotation)
            old = self._held.get(annotation.id)
            if old is not None and self._is_shown(old):
                self.strip.add(old, self._style_of(old), -1)
            if edit.after is None:
                changed += self._held.drop(annotation.id)
                continue
            changed += self._held.put(annotation)
            new = self._held.get(annotation.id)
            if new is not None and self._is_shown(new):
                self.strip.add(new, self._style_of(new))
        return changed

    def _follow_claim(self, claim: Claim, lives: bool) -> list[Mark]:
        marks = [mark for mark in self._held.appearances(claim.id) if self._is_shown(mark)]
        for mark in marks:
            self.strip.add(mark, self._style_of(mark), -1)
        if lives:
            self._context.claims[claim.id] = claim
        else:
            self._context.claims.pop(claim.id, None)
        for mark in self._held.appearances(claim.id):
            mark.style = None
        for mark in marks:
            self.strip.add(mark, self._style_of(mark))
        return marks

    def _follow_attribution(self, attribution: Attribution, lives: bool) -> bool:
        known = self._held.get(attribution.content) is not None
        self._context.drop_attribution(attribution.id)
        if lives and known:
            self._context.put_attribution(attribution)
        return known

    def _follow_label(self, label: Label, lives: bool) -> None:
        if lives:
            self._context.labels[label.id] = label
        else:
            self._context.labels.pop(label.id, None)

    def _repaint(self, changed: list[Mark]) -> None:
        if self._under is None or not changed:
            return
        ranges = [(mark.start, mark.end) for mark in changed]
        if len(ranges) > _MANY:
            ranges = [(min(start for start, _ in ranges), max(end for _, end in ranges))]
        view = self.view()
        for start, end in ranges:
            self._under.forget(start, end)
            area = self._under.area(start, end, view)
            if not area.isNull():
                self.viewport().update(area.translated(0, -round(view.top())))

    def _renew_current(self, touched: set[str]) -> None:
        if self._current is None:
            return
        if self._held.get(self._current) is None:
            self._current = None
            self.viewport().update()
            self.current_changed.emit(None)
        elif self._current in touched:
            self.current_changed.emit(self.current)
