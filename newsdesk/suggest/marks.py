"""Pairs quotation marks of every style: nested, unbalanced, and re-opened over paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.suggest.sentences import paragraphs

# Which marks close what an opening mark began. Straight marks close themselves.
_CLOSERS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‘": "’",
    "‚": "‘’",
    "”": "”",
    "’": "’",
    '"': '"',
    "'": "'",
    "`": "'",
    "「": "」",
    "『": "』",
}
_DOUBLE_CLOSERS = '”»«“」"'


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, the marks left out; offsets in code points.

    `fragments` has one half-open range for each paragraph. `depth` is 0 for the outermost marks.
    `closed` is false where the closing mark is missing and the paragraph's end was taken.
    `outer` is the range with both marks.
    """

    fragments: tuple[tuple[int, int], ...]
    depth: int
    closed: bool
    mark: str
    outer: tuple[int, int] = (0, 0)

    @property
    def start(self) -> int:
        """First code point after the opening mark."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """The closing mark's place."""
        return self.fragments[-1][1]

    def of(self, text: str) -> str:
        """The quoted words; paragraphs are joined by a line break."""
        return "\n".join(text[start:end] for start, end in self.fragments)


@dataclass(slots=True)
class _Open:
    """A mark that waits for its close, with the ranges of the paragraphs behind it."""

    mark: str
    start: int
    earlier: list[tuple[int, int]]


def quoted(text: str) -> list[Quoted]:
    """Return what stands in quotation marks, outermost first at each place, in text order."""
    found: list[Quoted] = []
    carried: _Open | None = None
    lines = paragraphs(text)
    for number, (start, end) in enumerate(lines):
        stack: list[_Open] = []
        at = start
        if carried is not None:
            if text[start] == carried.mark:
                carried.start, at = start + 1, start + 1
                stack.append(carried)
            else:
                found.append(_made(text, carried, None, 0, False))
        carried = None
        _scan(text, at, end, stack, found)
        follow = lines[number + 1][0] if number + 1 < len(lines) else None
        carried = _left_open(text, end, follow, stack, found)
    if carried is not None:
        found.append(_made(text, carried, None, 0, False))
    found = [item for item in found if any(s < e for s, e in item.fragments)]
    return sorted(found, key=lambda item: (item.start, -item.end))


def _scan(text: str, at: int, end: int, stack: list[_Open], found: list[Quoted]) -> None:
    """Walk one paragraph, opening and closing marks."""
    while at < end:
        char = text[at]
        if char in _CLOSERS or char in "”’›»」』":
            level = _closes(text, at, end, stack)
            if level is not None:
                for depth in range(
                    len(stack) - 1, level, -1
                ):  # unbalanced inner marks end here too
                    found.append(_made(text, stack[depth], at, depth, False))
                found.append(_made(text, stack[level], at, level, True))
                del stack[level:]
            elif _opens(text, at, end, stack):
                stack.append(_Open(char, at + 1, []))
        at += 1


def _opens(text: str, at: int, end: int, stack: list[_Open]) -> bool:
    """Whether the mark at ``at`` begins a quotation rather than being an apostrophe."""
    char = text[at]
    if char not in _CLOSERS or at + 1 >= end:
        return False
    after = text[at + 1]
    before = text[at - 1] if at else " "
    free = (
        before.isspace()
        or before in "([{—–-:/“‘«„\"'*_>"
        or (not before.isalnum() and before not in ".,!?…")
    )
    if char in "“„«「『":
        return True
    if after.isspace():
        return False
    if char in "‘‚‹`":
        return free and (char != "`" or text[at - 1 : at] != "`")
    if char in "”»›":  # Finnish, Swedish, Danish and German books open with these
        return free and not any(item.mark == "“" for item in stack)
    if char in "'’":
        rest = text[at + 1 : at + 6].lower()
        elided = rest[:2].isdigit() or rest.startswith(
            ("em ", "tis ", "twas ", "til ", "cause ", "n ")
        )
        return free and not elided and text.find(char, at + 1, end) > 0
    return free  # straight double


def _closes(text: str, at: int, end: int, stack: list[_Open]) -> int | None:
    """The level on the stack that the mark at ``at`` closes, if any."""
    char = text[at]
    for level in range(len(stack) - 1, -1, -1):
        item = stack[level]
        if char not in _CLOSERS[item.mark] or at < item.start:
            continue
        if char in "’'" and not _ends_single(text, at, end, item.mark):
            return None
        if char == '"' and at + 1 < end and text[at + 1].isalnum() and text[at - 1].isspace():
            return None
        if char in "“‘" and not (text[at - 1].isalnum() or text[at - 1] in ".,!?…%)"):
            return None
        return level
    return None


def _ends_single(text: str, at: int, end: int, opener: str) -> bool:
    """Whether ’ or ' at ``at`` closes a quotation: apostrophes and plural possessives do not."""
    after = text[at + 1] if at + 1 < end else " "
    if after.isalnum() or text[at - 1].isspace():
        return False
    if text[at - 1].lower() != "s":
        return True
    closer = text[at]
    later = text.find(closer, at + 1, end)
    while later >= 0:
        follows = text[later + 1] if later + 1 < end else " "
        if not follows.isalnum() and not text[later - 1].isspace():
            between = text[at + 1 : later]
            if opener not in between and not any(mark in between for mark in _DOUBLE_CLOSERS):
                return False
        later = text.find(closer, later + 1, end)
    return True


def _left_open(
    text: str, end: int, follow: int | None, stack: list[_Open], found: list[Quoted]
) -> _Open | None:
    """Settle the marks that a paragraph leaves open; return the one that the next one re-opens."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].mark not in "'’`":
            found.append(_made(text, stack[depth], end, depth, False))
    if not stack:
        return None
    outer = stack[0]
    if outer.mark in "'’`":
        return None
    outer.earlier.append((outer.start, end))
    if follow is not None and text[follow] == outer.mark:
        return outer
    found.append(_made(text, outer, None, 0, False))
    return None


def _made(text: str, item: _Open, end: int | None, depth: int, closed: bool) -> Quoted:
    ranges = [*item.earlier, (item.start, end)] if end is not None else list(item.earlier)
    trimmed = []
    for start, stop in ranges:
        while start < stop and text[start].isspace():
            start += 1
        while start < stop and text[stop - 1].isspace():
            stop -= 1
        if start < stop:
            trimmed.append((start, stop))
    outer = (ranges[0][0] - 1, ranges[-1][1] + (1 if closed else 0))
    return Quoted(tuple(trimmed) or ((item.start, item.start),), depth, closed, item.mark, outer)
