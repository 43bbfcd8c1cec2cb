"""The contrast of a label's colour is computed, and the nearest that passes is near."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.settings import shipped
from newsdesk.ui.codebook_editor.contrast import nearest, on_page, passes
from newsdesk.ui.theme import DARK, LIGHT, OKABE_ITO, contrast, lightness

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


@settings(max_examples=60, deadline=None)
@given(colours)
def test_the_nearest_colour_passes_on_both_pages(colour: str) -> None:
    found = nearest(colour)
    assert passes(found)
    assert contrast(found, LIGHT.page) >= 3
    assert contrast(found, DARK.page) >= 3
    assert (found == colour) == passes(colour)


@pytest.mark.parametrize(("colour", "better"), [("#F0E442", "#9F9618"), ("#0072B2", "#0072B2")])
def test_yellow_is_mended_and_blue_passes(colour: str, better: str) -> None:
    assert nearest(colour) == better


def test_it_is_the_nearest_in_lightness() -> None:
    for colour in OKABE_ITO:
        found = nearest(colour)
        way = lightness(found) - lightness(colour)
        if way:
            from newsdesk.ui.theme import at_lightness

            assert not passes(at_lightness(colour, lightness(colour) + way * 0.9))


def test_the_figures_are_those_of_the_raw_colour() -> None:
    assert on_page("#000000", LIGHT).mark == pytest.approx(21.0)
    assert on_page("#FFFFFF", LIGHT).mark == pytest.approx(1.0)
    assert not on_page("#FFFFFF", DARK).passes, "the text on its tint is too weak"


def test_every_icon_that_an_act_names_is_there() -> None:
    from newsdesk.ui.actions import ACTS

    names = {act.icon for act in ACTS if act.icon}
    there = {path.stem for path in shipped("resources", "icons").glob("*.svg")}
    assert names <= there
