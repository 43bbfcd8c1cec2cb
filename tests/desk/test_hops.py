"""Hops of a ladder: said how, put in between, moved, and none of it beyond one step."""

import pytest

from newsdesk.desk.annotating import annotate
from newsdesk.desk.attributing import (
    add_hop,
    add_via,
    reorder_hops,
    set_hop,
    set_speaker,
    source_described,
)
from newsdesk.model import (
    Assertion,
    Attribution,
    Channel,
    Manner,
    NewsdeskError,
    Source,
    Span,
    replace,
)


@pytest.fixture
def quote(desk, article):
    return annotate(desk, article, desk.label("QUOTE"), [(19, 44)])


@pytest.fixture
def ladder(desk, article, quote):
    """Ada, through The Times."""
    at = article.text.index("The Times")
    return set_speaker(desk, quote, Span(0, 12)), add_via(desk, quote, Span(at, at + 9))


def source(desk, name):
    with desk.change("Source"):
        return source_described(desk, name)


def hops(desk, quote):
    names = {one.id: one.description for one in desk.find(Source)}
    found = desk.find(Attribution, content=quote.id)
    return sorted((one.hop, names.get(one.source, "")) for one in found)


def test_how_a_hop_was_said_is_one_step(desk, quote, ladder):
    count = len(desk.log())
    made = set_hop(desk, ladder[1], manner=Manner.INDIRECT, assertion=Assertion.ALLEGED)
    assert (made.manner, made.assertion) == (Manner.INDIRECT, Assertion.ALLEGED)
    assert made.source_mention == ladder[1].source_mention
    assert len(desk.log()) == count + 1
    desk.undo()
    assert desk.get(Attribution, made.id) == ladder[1]


def test_another_source_is_not_the_one_that_was_marked(desk, quote, ladder):
    other = source(desk, "Bo")
    made = set_hop(desk, ladder[0], source=other.id)
    assert (made.source, made.source_mention) == (other.id, None)
    orphan = set_hop(desk, made, orphan=True)
    assert (orphan.source, orphan.orphan) == (None, True)
    back = set_hop(desk, orphan, source=other.id)
    assert (back.source, back.orphan) == (other.id, False)
    with pytest.raises(NewsdeskError, match="no source nobody"):
        set_hop(desk, back, source="nobody")


def test_a_hop_is_put_in_between_or_into_the_gap(desk, quote, ladder):
    add_hop(desk, quote, source(desk, "Bo"), 1)
    assert hops(desk, quote) == [(0, "Ada Lovelace"), (1, "Bo"), (2, "The Times")]
    add_hop(desk, quote, source(desk, "Cy"), 5)
    add_hop(desk, quote, source(desk, "Di"), 4)
    assert hops(desk, quote)[3:] == [(4, "Di"), (5, "Cy")]


def test_hops_change_places_and_go_into_gaps(desk, quote, ladder):
    first, via = ladder
    assert reorder_hops(desk, via, -1).hop == 0
    assert hops(desk, quote) == [(0, "The Times"), (1, "Ada Lovelace")]
    reorder_hops(desk, first, 1)
    assert hops(desk, quote) == [(0, "The Times"), (2, "Ada Lovelace")]
    with pytest.raises(NewsdeskError, match=f"{via.id} is the originator's already"):
        reorder_hops(desk, via, -1)
    desk.undo()
    desk.undo()
    assert hops(desk, quote) == [(0, "Ada Lovelace"), (1, "The Times")]


def test_answers_are_no_rungs_and_stay(desk, quote, ladder):
    with desk.change("Answer"):
        answer = desk.put(
            Attribution(
                content=quote.id,
                source=source(desk, "The accused").id,
                hop=1,
                channel=Channel.DECLINED_TO_COMMENT,
            )
        )
    reorder_hops(desk, ladder[1], -1)
    add_hop(desk, quote, source(desk, "Bo"), 0)
    assert desk.get(Attribution, answer.id) == answer
    assert replace(answer, hop=1) == answer
    assert hops(desk, quote)[0] == (0, "Bo")
