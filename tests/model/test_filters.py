"""Filters: frozen values, written as text, with their dates and shares checked."""

import pytest

from newsdesk.model import (
    AnnotationFilter,
    ArticleFilter,
    ArticleStatus,
    Layer,
    NewsdeskError,
    Status,
)
from newsdesk.model.filters import read_filter, written


def test_a_filter_comes_back_from_its_text():
    articles = ArticleFilter(
        words='"sea wall" -calm', statuses=(ArticleStatus.NEW,), since="2017-07", claims=False
    )
    annotations = AnnotationFilter(
        labels=("PERSON",), layers=(Layer.ENTITY,), statuses=(Status.PROPOSED,), linked=False,
        confidence_below=0.5, articles=articles,
    )  # fmt: skip
    for one in (articles, annotations, ArticleFilter(), AnnotationFilter()):
        assert read_filter(written(one)) == one


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"type": "moons"}', '{"type":"articles","since":"x"}']
)
def test_what_is_no_filter_is_refused(text):
    with pytest.raises(NewsdeskError, match="another version"):
        read_filter(text)


@pytest.mark.parametrize("day", ["2017", "2017-07", "2017-07-22", "2017-07-22T10:00"])
def test_dates_may_be_short(day):
    assert ArticleFilter(since=day, until=day).until == day


@pytest.mark.parametrize("day", ["yesterday", "2017-13", "22.7.2017", "17"])
def test_what_is_no_date_is_refused(day):
    with pytest.raises(NewsdeskError, match="2017-07-22"):
        ArticleFilter(since=day)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_confidence_is_a_share(share):
    with pytest.raises(NewsdeskError, match="0 to 1"):
        AnnotationFilter(confidence_below=share)


def test_filters_say_whether_they_narrow_and_whether_they_look_inside():
    assert ArticleFilter().empty
    assert not ArticleFilter(words="a").empty
    assert not ArticleFilter(words="a", since="2017").looks_inside
    assert ArticleFilter(missing=False).looks_inside
    assert AnnotationFilter().empty
    assert AnnotationFilter(text="a").within("1").articles.ids == ("1",)
