"""What a dataset would be made of: looked through once, before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from newsdesk.desk import finding
from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.dataset_splits import Member, Split, split_members
from newsdesk.desk.near_duplicates import Groups, NearDuplicates
from newsdesk.desk.reading import Reading
from newsdesk.model import Annotation, AnnotationFilter, Article, Source
from newsdesk.model.annotation import HUMAN

UNMARKED = "articles in which nothing is marked"
_BATCH = 500


class Side(msgspec.Struct, kw_only=True):
    """The articles of one side (or of a dataset that has none), and what is marked in them.

    `labels` counts annotations by their label's id; `code_points` is the length of all texts.
    """

    articles: list[str] = []
    annotations: int = 0
    code_points: int = 0
    labels: Counter[str] = msgspec.field(default_factory=Counter)
    outlets: Counter[str] = msgspec.field(default_factory=Counter)
    years: Counter[str] = msgspec.field(default_factory=Counter)


class Survey(msgspec.Struct, kw_only=True):
    """The sides by name, and counts over all of them.

    `kept` are the ids of the annotations that are meant, None for all. `versions` counts
    annotations by their label's id and its version, `people` and `pipelines` by who made them,
    `left` what is on no side. `groups` gives, for each article that has near-duplicates or other
    versions here, the id that stands for them.
    """

    sides: dict[str, Side] = {}
    kept: set[str] | None = None
    versions: Counter[tuple[str, int]] = msgspec.field(default_factory=Counter)
    people: Counter[str] = msgspec.field(default_factory=Counter)
    pipelines: Counter[str] = msgspec.field(default_factory=Counter)
    languages: Counter[str] = msgspec.field(default_factory=Counter)
    statuses: Counter[str] = msgspec.field(default_factory=Counter)
    article_statuses: Counter[str] = msgspec.field(default_factory=Counter)
    left: dict[str, int] = {}
    side_of: dict[str, str] = {}
    groups: dict[str, str] = {}

    @property
    def articles(self) -> int:
        """How many articles there are on all sides."""
        return sum(len(side.articles) for side in self.sides.values())

    @property
    def annotations(self) -> int:
        """How many annotations there are on all sides."""
        return sum(side.annotations for side in self.sides.values())


class _Seen(msgspec.Struct, gc=False):
    """What is remembered of one article until it is known on which side it is."""

    member: Member
    length: int
    language: str
    status: str
    marks: Counter[tuple[str, int, str, bool, str]]


WHOLE = "data"
"""The name of the only side of a dataset that is not split."""


def survey(
    desk: Reading,
    options: DatasetOptions,
    progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """Look through the articles that are meant, and put each on its side.

    `progress` hears articles looked at and articles in all; what it raises ends it.
    """
    made = Survey()
    ids = finding.find_articles(desk, options.articles)
    wanted = options.wanted
    if options.picks and isinstance(wanted, AnnotationFilter):
        made.kept = set(finding.find_annotations(desk, wanted))
    groups = Groups()
    comparing = NearDuplicates(groups) if options.split else None
    seen: dict[str, _Seen] = {}
    outlets: dict[str, str] = {}
    for done, (article, marks) in enumerate(_read(desk, ids, options, made.kept), 1):
        if progress and done % 50 == 0:
            progress(done, len(ids))
        if not marks and not options.with_unmarked:
            made.left[UNMARKED] = made.left.get(UNMARKED, 0) + 1
            continue
        if comparing is not None:
            comparing.add(article.id, article.text)
            if article.supersedes is not None:
                groups.tie(article.supersedes, article.id)
        if article.outlet is not None and article.outlet not in outlets:
            outlets[article.outlet] = desk.get(Source, article.outlet).description
        seen[article.id] = _seen(article, marks, outlets)
    _fill(made, seen, groups, options)
    return made


def _read(
    desk: Reading, ids: list[str], options: DatasetOptions, kept: set[str] | None
) -> Iterator[tuple[Article, list[Annotation]]]:
    ids = sorted(ids)
    for at in range(0, len(ids), _BATCH):
        for article, marks, _ in desk.annotated_articles(ids[at : at + _BATCH], options.statuses):
            yield article, marks if kept is None else [mark for mark in marks if mark.id in kept]


def _seen(article: Article, marks: list[Annotation], outlets: dict[str, str]) -> _Seen:
    member = Member(
        id=article.id,
        group=article.id,
        outlet=outlets.get(article.outlet or "", ""),
        published=article.published or "",
        labels=dict(Counter(mark.label for mark in marks)),
    )
    kinds = Counter(
        (mark.label, mark.label_version, mark.status.value, by_hand, who)
        for mark in marks
        for by_hand in (mark.origin == HUMAN,)
        for who in (mark.author if by_hand else mark.origin,)
    )
    return _Seen(member, len(article.text), article.language, article.status.value, kinds)


def _fill(made: Survey, seen: dict[str, _Seen], groups: Groups, options: DatasetOptions) -> None:
    members = [
        msgspec.structs.replace(one.member, group=groups.first(id)) for id, one in seen.items()
    ]
    if options.split:
        split = split_members(
            members,
            options.shares,
            options.split_by,
            stratified=options.stratified,
            seed=options.seed,
        )
    else:
        split = Split(sides={one.id: WHOLE for one in members})
    size = Counter(one.group for one in members)
    made.groups = {one.id: one.group for one in members if size[one.group] > 1}
    for reason in split.left.values():
        made.left[reason] = made.left.get(reason, 0) + 1
    made.side_of = split.sides
    made.sides = {name: Side() for name in options.shares or (WHOLE,)}
    for one in sorted(members, key=lambda member: member.id):
        if one.id not in split.sides:
            continue
        side, what = made.sides[split.sides[one.id]], seen[one.id]
        side.articles.append(one.id)
        side.annotations += sum(one.labels.values())
        side.code_points += what.length
        side.labels.update(one.labels)
        side.outlets[one.outlet] += 1
        side.years[one.published[:4]] += 1
        made.languages[what.language] += 1
        made.article_statuses[what.status] += 1
        for (label, version, status, by_hand, who), count in what.marks.items():
            made.versions[label, version] += count
            made.statuses[status] += count
            (made.people if by_hand else made.pipelines)[who] += count
