"""Suggestions for many articles: a step for each, with what was left out and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from newsdesk.desk.desk import Desk
from newsdesk.desk.gazetteer import Gazetteer
from newsdesk.desk.suggesting import take_proposals
from newsdesk.model import HUMAN, Annotation, Article, ArticleStatus, NewsdeskError
from newsdesk.suggest import Suggester

_DONE = (ArticleStatus.ANNOTATED, ArticleStatus.REVIEWED)


@dataclass
class Tally:
    """What came of it so far: articles asked about, suggestions that are new, articles left out,
    sentences for the editor with how often each came, and what went wrong by article's title."""

    articles: int = 0
    found: int = 0
    left_out: int = 0
    notices: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def passed(self) -> int:
        """How many articles are behind it."""
        return self.articles + self.left_out + len(self.problems)


def suggest_many(
    desk: Desk,
    articles: Iterable[str],
    suggester: Suggester,
    tally: Tally,
    told: Callable[[], object],
    *,
    leave_done: bool = False,
    leave_asked: bool = False,
) -> Tally:
    """Ask a pipeline about articles, with the names that the desk knows, and take what it says, a
    step an article. ``leave_done`` leaves out what is annotated or reviewed, ``leave_asked`` what
    has annotations of a pipeline, decided or not.

    ``told`` is called before each article: what it raises ends the run, and what came before
    stays, as ``tally`` has it. An article that can't be read is among its problems.
    """
    gazetteer = Gazetteer(desk)
    for id in articles:
        told()
        try:
            article = desk.article(id)
            if _left_out(desk, article, leave_done=leave_done, leave_asked=leave_asked):
                tally.left_out += 1
                continue
            proposals = suggester.suggest(article.text, known=gazetteer.occurring(article.text))
            # A text never changes, so an answer is never stale; but its article may be gone by now.
            if is_current(desk, article):
                tally.found += take_proposals(desk, article, proposals)
        except NewsdeskError as error:
            tally.problems.append((_title(desk, id), str(error)))
            continue
        tally.articles += 1
        if proposals.notice:
            tally.notices[proposals.notice] = tally.notices.get(proposals.notice, 0) + 1
    return tally


def is_current(desk: Desk, article: Article) -> bool:
    """Whether an article is on the desk, and no newer version stands in its place."""
    return bool(desk.count(Article, id=article.id)) and not desk.count(
        Article, supersedes=article.id
    )


def was_asked(desk: Desk, article: str) -> bool:
    """Whether a pipeline was asked about an article, as its annotations have it."""
    return any(one.origin != HUMAN for one in desk.find(Annotation, article=article))


def _left_out(desk: Desk, article: Article, *, leave_done: bool, leave_asked: bool) -> bool:
    if leave_done and article.status in _DONE:
        return True
    return (leave_asked and was_asked(desk, article.id)) or not is_current(desk, article)


def _title(desk: Desk, id: str) -> str:
    return next((line.title for line in desk.library(ids=[id], limit=1)), id)
