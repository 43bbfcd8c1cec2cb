"""Bulk work lets the garbage collector look seldom, and gives it back as it was."""

import gc

import pytest

from newsdesk.desk.bulk import SELDOM, seldom_collected


def test_the_collector_looks_seldom_and_is_given_back() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        with seldom_collected():
            assert gc.get_threshold() == (SELDOM, *before[1:])
        assert gc.get_threshold()[0] == SELDOM
    assert gc.get_threshold() == before


def test_it_is_given_back_after_a_failure_and_stays_off_where_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), seldom_collected():
        raise KeyboardInterrupt
    assert gc.get_threshold() == before
    gc.set_threshold(0)  # Python's way of saying never
    try:
        with seldom_collected():
            assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)
