"""Every colour is readable where it stands, in light and dark, for every label that ships."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFontMetricsF, QPalette, QPixmap

from newsdesk.model import ClaimState, Label, Layer, Pattern, Status
from newsdesk.settings import shipped
from newsdesk.ui.reader.styles import (
    PROPOSED_DASHES,
    STATE_DASHES,
    WASHES,
    Form,
    Look,
    Style,
)
from newsdesk.ui.theme import (
    DARK,
    LIGHT,
    MARK_CONTRAST,
    OKABE_ITO,
    STATE_COLOURS,
    TEXT_CONTRAST,
    TINT_OPACITY,
    Theme,
    at_lightness,
    blend,
    channels,
    contrast,
    faded,
    luminance,
    measure,
    qpalette,
    reading_font,
    theme_for,
    toned,
)

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


def shipped_labels() -> list[Label]:
    found = []
    for path in sorted(shipped("resources", "codebooks").glob("*.json")):
        for raw in json.loads(path.read_text(encoding="utf-8"))["labels"]:
            layer, pattern = Layer(raw["layer"]), Pattern(raw["pattern"])
            found.append(
                Label(name=raw["name"], layer=layer, colour=raw["colour"], pattern=pattern)
            )
    return found


def strongest(tile: QPixmap, page: str) -> float:
    """The most contrast with the page that any pixel of a tile has once it is painted."""
    image = tile.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(contrast(blend(pixel.name(), page, pixel.alphaF()), page) for pixel in pixels)


def has_gaps(tile: QPixmap) -> bool:
    image = tile.toImage()
    every = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return any(image.pixelColor(x, y).alpha() < 5 for x, y in every)


LABELS = shipped_labels()
EVERY_LABEL = pytest.mark.parametrize("label", LABELS, ids=lambda label: label.name)


def every_style(label: Label, theme: Theme) -> list[Style]:
    states: list[ClaimState | None] = [None]
    if label.layer is Layer.CLAIM:
        states = list(ClaimState)
    return [Style(label, status, state, theme, Look()) for status in Status for state in states]


def test_there_are_labels_of_every_layer() -> None:
    assert {label.layer for label in LABELS} == set(Layer)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#0000FF", "#FFFFFF", 8.59),
        ("#FF0000", "#FFFFFF", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


def test_luminance_runs_from_black_to_white() -> None:
    assert luminance("#000000") == 0
    assert luminance("#FFFFFF") == pytest.approx(1)


@EVERY_LABEL
@BOTH
def test_text_can_be_read_on_whatever_lies_behind_it(
    label: Label, theme: Theme, qapp: object
) -> None:
    for style in every_style(label, theme):
        for fill in style.fills:
            assert contrast(fill.name(), theme.text) >= TEXT_CONTRAST
            selected = blend(theme.selection.name(), fill.name(), theme.selection.alphaF())
            assert contrast(selected, theme.text) >= TEXT_CONTRAST


@EVERY_LABEL
@BOTH
def test_marks_stand_out_from_the_page(label: Label, theme: Theme, qapp: object) -> None:
    for style in every_style(label, theme):
        assert contrast(style.ink.name(), theme.page) >= MARK_CONTRAST
        for tile in (style.line, style.upright):
            assert strongest(tile, theme.page) >= MARK_CONTRAST
        assert contrast(style.code_ink.name(), theme.page) >= TEXT_CONTRAST


@EVERY_LABEL
@BOTH
def test_a_suggestion_is_paler_than_what_was_accepted(
    label: Label, theme: Theme, qapp: object
) -> None:
    state = ClaimState.UNREVIEWED if label.layer is Layer.CLAIM else None
    proposed = Style(label, Status.PROPOSED, state, theme, Look())
    accepted = Style(label, Status.ACCEPTED, state, theme, Look())
    page = theme.page
    assert contrast(proposed.ink.name(), page) <= contrast(accepted.ink.name(), page)
    assert proposed.proposed
    assert has_gaps(proposed.line)
    assert has_gaps(proposed.upright)
    for pale, full in zip(proposed.fills, accepted.fills, strict=True):
        assert contrast(pale.name(), page) <= contrast(full.name(), page)


@BOTH
@given(colour=COLOURS)
def test_any_colour_of_an_own_codebook_is_made_to_fit(theme: Theme, colour: str) -> None:
    assert contrast(theme.mark(colour), theme.page) >= TEXT_CONTRAST
    assert contrast(theme.pale_mark(colour), theme.page) >= MARK_CONTRAST
    assert contrast(theme.tint(colour), theme.text) >= TEXT_CONTRAST


@BOTH
@given(colour=COLOURS)
def test_a_tint_covers_no_more_of_the_page_than_it_may(theme: Theme, colour: str) -> None:
    base = toned(colour, theme.page, 1.35)
    parts = zip(channels(theme.tint(colour)), channels(base), channels(theme.page), strict=True)
    for seen, full, page in parts:
        assert abs(seen - page) <= TINT_OPACITY * abs(full - page) + 1 / 255


@given(colour=COLOURS, page=st.sampled_from([LIGHT.page, DARK.page]))
def test_a_colour_is_changed_no_more_than_needed(colour: str, page: str) -> None:
    if contrast(colour, page) >= MARK_CONTRAST:
        assert toned(colour, page, MARK_CONTRAST) == colour
    else:
        assert MARK_CONTRAST <= contrast(toned(colour, page, MARK_CONTRAST), page) < 3.6
    assert MARK_CONTRAST <= contrast(faded(colour, page, MARK_CONTRAST), page) < 3.6


@given(colour=COLOURS)
def test_lightness_keeps_the_hue_of_a_strong_colour(colour: str) -> None:
    before, after = QColor(colour), QColor(at_lightness(colour, 0.6))
    if before.hslSaturationF() > 0.5 and 0.25 < before.lightnessF() < 0.75:
        turn = abs(before.hueF() - after.hueF())
        assert min(turn, 1 - turn) < 0.12


@BOTH
def test_the_window_around_can_be_read(theme: Theme) -> None:
    for text, under in [
        (theme.text, theme.page),
        (theme.text, theme.window),
        (theme.text, theme.field),
        (theme.muted, theme.page),
        (theme.muted, theme.window),
        (theme.on_accent, theme.accent),
        (theme.accent, theme.page),
    ]:
        assert contrast(text, under) >= TEXT_CONTRAST


@BOTH
def test_claim_states_differ_in_colour_and_in_pattern(theme: Theme) -> None:
    assert set(STATE_COLOURS) == set(STATE_DASHES) == set(ClaimState)
    assert len({theme.mark(colour, 3.6) for colour in STATE_COLOURS.values()}) == len(ClaimState)
    patterns = [*STATE_DASHES.values(), PROPOSED_DASHES]
    assert len(set(patterns)) == len(patterns)


def test_the_palette_is_that_of_okabe_and_ito() -> None:
    assert set(STATE_COLOURS.values()) & set(OKABE_ITO)
    used = {label.colour.upper() for label in LABELS}
    assert len(used & {colour.upper() for colour in OKABE_ITO}) >= 6


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("unit", [1.0, 1.5, 3.0])
def test_tiles_are_whole_device_pixels(unit: float, ratio: float, qapp: object) -> None:
    label = Label(name="CLAIM", layer=Layer.CLAIM)
    for state in ClaimState:
        style = Style(label, Status.ACCEPTED, state, LIGHT, Look(unit, ratio))
        assert style.line.devicePixelRatio() == ratio
        assert style.line.height() == round(style.thickness * ratio)
        wanted = sum(STATE_DASHES[state]) * style.thickness * ratio or 16 * ratio
        assert abs(style.line.width() - wanted) <= 0.5
        assert (style.upright.width(), style.upright.height()) == (
            style.line.height(),
            style.line.width(),
        )


@pytest.mark.parametrize("layer", list(Layer))
def test_each_layer_has_a_form_of_its_own(layer: Layer, qapp: object) -> None:
    forms = {
        one: Style(Label(name="X", layer=one), Status.ACCEPTED, None, LIGHT, Look()).form
        for one in Layer
    }
    assert [one for one, form in forms.items() if form is forms[layer]] == [layer]


def test_a_label_may_choose_its_line(qapp: object) -> None:
    label = Label(name="CUE", layer=Layer.CUE, pattern=Pattern.WAVY)
    assert Style(label, Status.ACCEPTED, None, LIGHT, Look()).form is Form.WAVY


@BOTH
def test_nested_quotes_are_told_apart(theme: Theme, qapp: object) -> None:
    label = Label(name="QUOTE", layer=Layer.QUOTE, colour="#0072B2")
    fills = Style(label, Status.ACCEPTED, None, theme, Look()).fills
    assert len({fill.name() for fill in fills}) == WASHES


@BOTH
def test_a_palette_tells_its_theme(theme: Theme, qapp: object) -> None:
    palette = qpalette(theme)
    assert theme_for(palette) is theme
    assert palette.color(QPalette.ColorRole.Base).name().upper() == theme.field


def test_the_reading_font_grows_with_the_zoom(qapp: object) -> None:
    small, large = reading_font("serif", 100), reading_font("serif", 200)
    assert large.pointSizeF() == pytest.approx(2 * small.pointSizeF())
    assert reading_font("sans").families() != reading_font("serif").families()


def test_the_measure_holds_as_many_letters_as_it_says(qapp: object) -> None:
    font = reading_font()
    words = "It had rained since noon, and the river stood a foot below the bridge. "
    wide = QFontMetricsF(font).horizontalAdvance(words)
    assert 60 <= measure(font, 72) / wide * len(words) <= 80
