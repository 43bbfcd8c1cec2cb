"""Claims and their appearances: a file says each twice, with the claim and with the annotation."""

from collections.abc import Iterable

from newsdesk.desk.desk import Desk
from newsdesk.desk.import_filing import Filing
from newsdesk.formats.format import Bundle, Filed, Item, Problem
from newsdesk.model import Annotation, Claim, replace

_BATCH = 500
_MASK = (1 << 64) - 1


class Appearances:
    """Whether a file's claims list the very annotations that name them.

    Only a sum is kept of each side, whatever the size of the file. Where the sums differ, such as
    in a file whose annotations don't name their claim, the file is read once more and `settle`
    brings the two together.
    """

    def __init__(self) -> None:
        self._listed = self._named = 0

    def claim(self, filed: Filed) -> None:
        """A claim, with the appearances that it lists."""
        claim = filed.record.id
        for annotation in filed.appearances:
            self._listed = (self._listed + hash((annotation, claim))) & _MASK

    def bundle(self, bundle: Bundle) -> None:
        """An article, whose annotations may name their claim."""
        for mark in bundle.annotations:
            if mark.claim is not None:
                self._named = (self._named + hash((mark.id, mark.claim))) & _MASK

    @property
    def agree(self) -> bool:
        """Whether both sides said the same."""
        return self._listed == self._named


def settle(desk: Desk, filing: Filing, file: str, items: Iterable[Item]) -> None:
    """Let the annotations name the claims that list them; report what is listed but nowhere."""
    pairs: list[tuple[str, str, int]] = []
    for item in items:
        if isinstance(item, Filed) and isinstance(item.record, Claim):
            pairs += [(id, item.record.id, item.line) for id in item.appearances]
            if len(pairs) >= _BATCH:
                _settle(desk, filing, file, pairs)
                pairs = []
    _settle(desk, filing, file, pairs)


def _settle(desk: Desk, filing: Filing, file: str, pairs: list[tuple[str, str, int]]) -> None:
    marks = desk.get_all(Annotation, {annotation for annotation, _, _ in pairs})
    claims = desk.get_all(Claim, {claim for _, claim, _ in pairs})
    changed: dict[str, Annotation] = {}
    for annotation, claim, line in pairs:
        mark = changed.get(annotation) or marks.get(annotation)
        if claim not in claims or filing.was_left(annotation):
            continue
        if mark is None:
            message = f"annotation {annotation} is neither in what is imported nor on this desk"
        elif mark.claim not in (None, claim):
            message = f"annotation {annotation} is an appearance of claim {mark.claim} already"
        else:
            if mark.claim is None:
                changed[annotation] = replace(mark, claim=claim)
            continue
        record = f"claim {claim}"
        filing.problem(
            Problem(file=file, line=line, record=record, field="appearances", message=message)
        )
    desk.put_all(list(changed.values()))
