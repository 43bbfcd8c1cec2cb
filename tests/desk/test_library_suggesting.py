"""Suggestions for many articles: what is left out, what goes wrong, and what stays when stopped."""

import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.articles import add_article, set_status
from newsdesk.desk.codebooks import use_codebook
from newsdesk.desk.library_suggesting import Tally, suggest_many, was_asked
from newsdesk.model import Article, ArticleStatus, Layer, NewsdeskError, Span, new_article
from newsdesk.suggest import Proposal, Proposals


class Fake:
    name = "fake 1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def suggest(self, text, *, known=()):
        self.asked.append(text)
        if "broken" in text:
            raise NewsdeskError("It broke.")
        item = Proposal((Span(0, 3),), Layer.ENTITY, "PERSON", 0.9, "names")
        return Proposals((item,), origin="fake 1", notice="Only English is read.")


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ada")
    use_codebook(made)
    for text in ("Ada came.", "broken", "Bob left.", "Cat slept."):
        add_article(made, new_article(text, title=text))
    yield made
    made.close()


def ids(desk):
    return [one.id for one in sorted(desk.each(Article), key=lambda one: one.title)]


def test_each_article_is_a_step_and_a_broken_one_is_told(desk):
    before = len(desk.log())
    tally = suggest_many(desk, [*ids(desk), "gone"], Fake(), Tally(), lambda: None)
    assert (tally.articles, tally.found, tally.left_out) == (3, 3, 0)
    assert [title for title, _ in tally.problems] == ["broken", "gone"]
    assert tally.notices == {"Only English is read.": 3}
    assert tally.passed == 5
    assert len(desk.log()) == before + 3


def test_what_is_done_or_was_asked_is_left_out(desk):
    first, second = ids(desk)[:2]
    suggest_many(desk, [first], Fake(), Tally(), lambda: None)
    assert was_asked(desk, first) and not was_asked(desk, second)
    set_status(desk, second, ArticleStatus.REVIEWED)
    fake = Fake()
    tally = suggest_many(
        desk, ids(desk), fake, Tally(), lambda: None, leave_done=True, leave_asked=True
    )
    assert tally.left_out == 2
    assert len(fake.asked) == 2


def test_a_superseded_article_is_left_out(desk):
    first = ids(desk)[0]
    add_article(desk, new_article("Ada came again.", supersedes=first))
    assert suggest_many(desk, [first], Fake(), Tally(), lambda: None).left_out == 1


def test_what_came_before_a_stop_stays(desk):
    class Enough(Exception):
        pass

    def told():
        if tally.passed == 2:
            raise Enough

    tally = Tally()
    with pytest.raises(Enough):
        suggest_many(desk, ids(desk), Fake(), tally, told)
    assert tally.found == 2
    assert len(desk.proposed()) == 2
