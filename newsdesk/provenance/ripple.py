"""The ripple of a correction: which claims it reopens."""

from collections.abc import Iterable, Sequence

from newsdesk.model import Link, LinkKind
from newsdesk.provenance.appearance import Appearance


def reopened(
    old: Sequence[Appearance],
    new: Sequence[Appearance],
    links: Iterable[Link],
    changed: Iterable[str] = (),
) -> list[str]:
    """Claims of an article that its new version corrects or denies (SCHEME, provenance 10).

    `old` and `new` are the appearances in both versions, `changed` the claims whose words are not
    the same in both. What was derived from such a claim, or is supported by it (`links`), is
    reopened too.
    """
    printed = {one.claim for one in old}
    replacing = {one.claim for one in new}
    hit = {one.claim for one in new if one.only_denied and one.claim in printed} | set(changed)
    known = list(links)
    for link in known:
        if link.kind is LinkKind.CORRECTS and link.to_id in printed and link.from_id in replacing:
            hit.add(link.to_id)
    waiting = list(hit)
    while waiting:
        claim = waiting.pop()
        for link in known:
            if link.kind is LinkKind.DERIVED_FROM and link.to_id == claim:
                dependent = link.from_id
            elif link.kind is LinkKind.SUPPORTS and link.from_id == claim:
                dependent = link.to_id
            else:
                continue
            if dependent not in hit:
                hit.add(dependent)
                waiting.append(dependent)
    return sorted(hit)
