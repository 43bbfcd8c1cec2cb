"""The checks that a house may turn on, and what breaks them in a desk's articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newsdesk.desk.house import cue_rules, name_rules, quote_rules, source_rules
from newsdesk.desk.house.marked import Finding, Marked, marked
from newsdesk.desk.reading import Reading
from newsdesk.model import Article, NewsdeskError, Source

Rule = Callable[[Marked], Finding]
Report = Callable[[int, int], None]

CHECKS: Mapping[str, Rule] = MappingProxyType(
    {
        "quote-excludes-marks": quote_rules.quote_excludes_marks,
        "quote-includes-marks": quote_rules.quote_includes_marks,
        "no-paraphrase": quote_rules.no_paraphrase,
        "split-quote-is-one": quote_rules.split_quote_is_one,
        "split-quote-is-several": quote_rules.split_quote_is_several,
        "paragraphs-are-one-quote": quote_rules.paragraphs_are_one_quote,
        "outermost-quotes-only": quote_rules.outermost_quotes_only,
        "scare-quotes-excluded": quote_rules.scare_quotes_excluded,
        "quote-has-attribution": quote_rules.quote_has_attribution,
        "one-source-a-quote": quote_rules.one_source_a_quote,
        "source-not-cut-short": source_rules.source_not_cut_short,
        "source-without-description": source_rules.source_without_description,
        "source-nearest-mention": source_rules.source_nearest_mention,
        "cue-whole-verb-group": cue_rules.cue_whole_verb_group,
        "cue-without-auxiliaries": cue_rules.cue_without_auxiliaries,
        "cue-phrasal-verb-whole": cue_rules.cue_phrasal_verb_whole,
        "cue-in-one-piece": cue_rules.cue_in_one_piece,
        "cue-polarity-given": cue_rules.cue_polarity_given,
        "orphan-has-no-source": cue_rules.orphan_has_no_source,
        "mention-linked": name_rules.mention_linked,
        "person-without-title": name_rules.person_without_title,
        "claim-has-record": name_rules.claim_has_record,
        "claim-without-cue": name_rules.claim_without_cue,
    }
)
"""Every check by its id (docs/seeds.md tells which house turns on which)."""

ALWAYS: Mapping[str, Rule] = MappingProxyType(
    {
        "attribute-given": name_rules.attribute_given,
        "attribute-fits": name_rules.attribute_fits,
    }
)
"""Checks that follow from any codebook: no house can turn them off."""

ON_REQUEST: Mapping[str, Rule] = MappingProxyType({"label-in-force": name_rules.label_in_force})
"""Checks for a day of review: a guideline that was reworded puts every earlier tag on the list."""

_ALL: Mapping[str, Rule] = MappingProxyType({**CHECKS, **ALWAYS, **ON_REQUEST})


@dataclass(frozen=True, slots=True)
class Breach:
    """One annotation that breaks one rule; `start` is its first code point."""

    check: str
    article: str
    title: str
    annotation: str
    start: int
    words: str
    what: str


def described(check: str) -> str:
    """What a check flags, in a sentence. Raises KeyError for a check that there is not."""
    return " ".join((_ALL[check].__doc__ or "").split())


def known_checks(names: Iterable[str]) -> list[str]:
    """The checks of these names, each once. Raises NewsdeskError for one that there is not."""
    found = list(dict.fromkeys(names))
    strange = [name for name in found if name not in _ALL]
    if strange:
        raise NewsdeskError(
            f"There is no check “{strange[0]}”. Nothing was checked. There are: "
            f"{', '.join(_ALL)}."
        )
    return found


def breaches(article: Marked, checks: Iterable[str]) -> list[Breach]:
    """What breaks these checks in one article, in order of the text."""
    rules = {name: _ALL[name] for name in checks}
    found = [
        Breach(
            check=name,
            article=article.article.id,
            title=article.article.title,
            annotation=hit.annotation.id,
            start=hit.annotation.start,
            words=hit.annotation.quote,
            what=hit.what,
        )
        for name, rule in rules.items()
        for hit in rule(article)
    ]
    return sorted(found, key=lambda one: (one.start, one.annotation, one.check))


def check_articles(
    desk: Reading,
    checks: Iterable[str],
    articles: list[str] | None = None,
    progress: Report | None = None,
) -> Iterator[Breach]:
    """What breaks these checks in a desk's articles, one article after the other.

    Only what is accepted is checked: a suggestion is not the house's yet. `progress` is told the
    articles done and their number. Raises NewsdeskError for a check that there is not.
    """
    names = known_checks(checks)
    labels = {one.id: one for one in desk.codebook(retired=True)}
    voices = {one.id: one.entity for one in desk.each(Source) if one.entity}
    total = len(articles) if articles is not None else desk.count(Article)
    for done, (article, annotations, ties) in enumerate(desk.annotated_articles(articles), 1):
        yield from breaches(marked(article, annotations, ties, labels, voices), names)
        if progress is not None:
            progress(done, total)
