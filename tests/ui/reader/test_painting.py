"""What is painted, pixel by pixel: every part of the visual grammar, where it belongs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from newsdesk.model import ClaimState, Layer, Span, Status
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.marks import LANES
from newsdesk.ui.theme import DARK, LIGHT, contrast
from tests.ui.reader.story import (
    LABELS,
    Story,
    background_of,
    colours_in,
    near,
    picture,
)

TEXT = (
    "Henk Wolderink said on Tuesday that his captain wants to leave the club this summer, "
    "and that nobody had told him why before the end of last week.\n\n"
    "Aldermoor declined to comment, reportedly because of the talks."
)


@pytest.fixture
def story() -> Story:
    return Story(TEXT)


def fill_of(reader: Reader, story: Story, words: str) -> str:
    return background_of(picture(reader), reader.box_of(story.span(words)))


def under(reader: Reader, span: Span) -> QRectF:
    """The pixels below a line's letters, where its underlines are."""
    box = reader.box_of(span)
    return QRectF(box.left() + 1, box.bottom() - 1, box.width() - 2, 5)


def ink(reader: Reader, annotation_id: str) -> str:
    mark = reader._marks().get(annotation_id)
    assert mark is not None
    return reader._style_of(mark).ink.name()


def test_a_page_without_marks_is_paper_and_letters(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    assert fill_of(reader, story, "Henk") == LIGHT.page.lower()


def test_an_entity_is_tinted_and_its_neighbours_are_not(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "Henk Wolderink")
    story.show_in(reader)
    tint = LIGHT.tint(LABELS["PERSON"].colour).lower()
    assert fill_of(reader, story, "Henk Wolderink") == tint
    assert fill_of(reader, story, "said on") == LIGHT.page.lower()
    assert tint not in colours_in(picture(reader), reader.box_of(story.span("captain")))


def test_the_corners_of_a_tint_are_round(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "captain")
    story.show_in(reader)
    box = reader.box_of(story.span("captain"))
    image = picture(reader)
    corner = image.pixelColor(round(box.left() - 1), round(box.top() - 1)).name()
    assert corner != LIGHT.tint(LABELS["PERSON"].colour).lower()


def test_the_document_itself_holds_no_marks(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "Henk Wolderink")
    story.claim("wants to leave the club")
    story.show_in(reader)
    picture(reader)
    document = reader.document()
    assert document.isModified() is False
    assert document.allFormats() == [
        form for form in document.allFormats() if form.background().style().value == 0
    ]


def test_a_suggestion_is_paler_with_a_dashed_edge(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "Henk Wolderink", status=Status.PROPOSED)
    story.show_in(reader)
    full, pale = LIGHT.tint(LABELS["PERSON"].colour), fill_of(reader, story, "Henk Wolderink")
    assert pale not in (full.lower(), LIGHT.page.lower())
    assert contrast(pale, LIGHT.page) < contrast(full, LIGHT.page)
    box = reader.box_of(story.span("Henk Wolderink"))
    edge = QRectF(box.left() + 4, box.top() - 2, box.width() - 8, 3)
    marked = [near(c, LIGHT.pale_mark("#56B4E9"), 120) for c in colours_in(picture(reader), edge)]
    assert any(marked)
    image, row = picture(reader), round(box.top() - 1)
    seen = [
        near(image.pixelColor(x, row).name(), LIGHT.pale_mark("#56B4E9"), 160)
        for x in range(round(edge.left()), round(edge.right()))
    ]
    assert 0.2 < sum(seen) / len(seen) < 0.9


def test_the_inner_of_two_nested_entities_lies_on_top(reader: Reader, story: Story) -> None:
    story.mark("ORG", "Henk Wolderink said on Tuesday")
    story.mark("PERSON", "Wolderink")
    story.show_in(reader)
    assert fill_of(reader, story, "Wolderink") == LIGHT.tint(LABELS["PERSON"].colour).lower()
    assert fill_of(reader, story, "said on") == LIGHT.tint(LABELS["ORG"].colour).lower()


def test_any_number_of_tints_on_a_word_can_be_read(reader: Reader, story: Story) -> None:
    for n in range(500):
        story.mark("PERSON" if n % 2 else "ORG", "captain")
    story.show_in(reader)
    assert contrast(fill_of(reader, story, "captain"), LIGHT.text) >= 4.5


def test_rejected_marks_are_hidden_unless_asked_for(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "captain", status=Status.REJECTED)
    story.show_in(reader)
    before = picture(reader)
    assert fill_of(reader, story, "captain") == LIGHT.page.lower()
    reader.set_show_rejected(True)
    assert picture(reader) != before
    assert fill_of(reader, story, "captain") == LIGHT.page.lower()
    reader.set_show_rejected(False)
    assert picture(reader) == before


def test_a_layer_can_be_switched_off(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "captain")
    claim = story.claim("nobody had told him why")
    story.show_in(reader)
    whole = picture(reader)
    reader.set_layer_visible(Layer.ENTITY, False)
    assert fill_of(reader, story, "captain") == LIGHT.page.lower()
    line = under(reader, claim.spans[0])
    assert any(near(c, ink(reader, claim.id)) for c in colours_in(picture(reader), line))
    reader.set_layer_visible(Layer.ENTITY, True)
    assert picture(reader) == whole


# ---------------------------------------------------------------------- quotes


def gutter(reader: Reader, story: Story, words: str) -> QRectF:
    box = reader.box_of(story.span(words))
    return QRectF(0, box.top(), reader._metrics.gutter - 2, box.height())


def bars(reader: Reader, story: Story, words: str) -> list[float]:
    """The places in the gutter beside some words at which a bar begins."""
    image, area = picture(reader), gutter(reader, story, words)
    row, found, inside = round(area.center().y()), [], False
    for x in range(round(area.right())):
        marked = image.pixelColor(x, row).name() != reader.theme.page.lower()
        if marked and not inside:
            found.append(float(x))
        inside = marked
    return found


def test_a_quote_has_a_bar_in_the_gutter_and_a_wash(reader: Reader, story: Story) -> None:
    story.mark("QUOTE", "his captain wants to leave the club")
    story.show_in(reader)
    assert len(bars(reader, story, "captain")) == 1
    assert bars(reader, story, "Aldermoor") == []
    wash = fill_of(reader, story, "captain wants")
    assert wash != LIGHT.page.lower()
    assert contrast(wash, LIGHT.page) < 1.3
    assert fill_of(reader, story, "Henk") == LIGHT.page.lower()


def test_nested_quotes_step_the_bar_inward_and_deepen_the_wash(
    reader: Reader, story: Story
) -> None:
    story.mark("QUOTE", "his captain wants to leave the club")
    story.mark("QUOTE", "wants to leave")
    story.mark("QUOTE", "to leave")
    story.show_in(reader)
    first, second, third = bars(reader, story, "to leave")
    assert first < second < third
    washes = [fill_of(reader, story, words) for words in ("captain", "wants", "to leave")]
    depths = [contrast(wash, LIGHT.page) for wash in washes]
    assert depths == sorted(set(depths))


def test_quotes_side_by_side_are_not_nested(reader: Reader, story: Story) -> None:
    story.mark("QUOTE", "his captain")
    story.mark("QUOTE", "wants to leave")
    story.show_in(reader)
    assert len(bars(reader, story, "captain")) == 1


def test_a_quote_over_paragraphs_has_one_bar_through_the_gap(reader: Reader) -> None:
    story = Story("First paragraph.\n\nSecond paragraph.\nThird paragraph.")
    story.mark("QUOTE", Span(6, len(story.text) - 3))
    story.show_in(reader)
    image = picture(reader)
    first = reader.box_of(story.span("First"))
    last = reader.box_of(story.span("Third"))
    x = bars(reader, story, "Second")[0] + 1
    column = {
        image.pixelColor(round(x), y).name()
        for y in range(round(first.center().y()), round(last.center().y()))
    }
    assert column == {ink(reader, next(iter(story.annotations)))}


# ---------------------------------------------------------------------- claims


@pytest.mark.parametrize("state", list(ClaimState))
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_claim_is_underlined_in_the_colour_of_its_state(
    reader: Reader, story: Story, state: ClaimState, theme: object
) -> None:
    assert theme in (LIGHT, DARK)
    reader.set_theme(DARK if theme is DARK else LIGHT)
    claim = story.claim("nobody had told him why before the end", state=state)
    story.show_in(reader)
    line = colours_in(picture(reader), under(reader, claim.spans[0]))
    wanted = QColor(reader.theme.mark(reader.theme.state(state), 3.6)).name()
    assert any(near(colour, wanted) for colour in line)
    above = reader.box_of(claim.spans[0]).adjusted(0, 0, 0, -8)
    assert background_of(picture(reader), above) == reader.theme.page.lower()


def covered(reader: Reader, span: Span) -> list[bool]:
    """For each pixel along a line, whether it is underlined there."""
    image, area = picture(reader), under(reader, span)
    return [
        any(
            image.pixelColor(x, y).name() != LIGHT.page.lower()
            for y in range(round(area.top()) + 1, round(area.bottom()))
        )
        for x in range(round(area.left()), round(area.right()))
    ]


def test_each_state_has_a_pattern_of_its_own(reader: Reader) -> None:
    patterns = set()
    for state in ClaimState:
        story = Story("x x x x x x x x x x x x x x x x x x x x x x")
        claim = story.claim(Span(0, 43), state=state)
        story.show_in(reader)
        row = covered(reader, claim.spans[0])
        patterns.add(tuple(row))
        assert all(row) == (state is ClaimState.VERIFIED)
    assert len(patterns) == len(ClaimState)


def test_overlapping_claims_have_lanes_and_the_rest_is_counted(
    reader: Reader, story: Story
) -> None:
    words = "nobody had told him why"
    for _ in range(LANES):
        story.claim(words, state=ClaimState.VERIFIED)
    story.show_in(reader)
    box = reader.box_of(story.span(words))
    image, x = picture(reader), round(box.center().x())
    green = LIGHT.mark(LIGHT.state(ClaimState.VERIFIED), 3.6)
    column = [
        near(image.pixelColor(x, y).name(), green)
        for y in range(round(box.bottom()) - 1, round(box.bottom()) + 16)
    ]
    lines = sum(now and not before for before, now in zip([False, *column], column, strict=False))
    assert lines == LANES
    quiet = picture(reader)
    for _ in range(3):
        story.claim(words)
    story.show_in(reader)
    edge = QRectF(reader.viewport().width() - reader._metrics.edge, box.top(), 24, box.height())
    assert colours_in(quiet, edge) == {LIGHT.page.lower()}
    after = picture(reader)
    under_page = reader._under
    assert under_page is not None
    written = [w for p in under_page._pictures.values() for _, w, _ in p.words]
    assert written == ["+3"]
    assert after != quiet
    assert after.copy(0, 0, round(box.left()), after.height()) == quiet.copy(
        0, 0, round(box.left()), after.height()
    )


# ---------------------------------------------------------------------- sources, cues, hedges


def test_sources_cues_and_hedges_have_lines_of_their_own(reader: Reader, story: Story) -> None:
    shapes = {}
    for name in ("SOURCE", "CUE", "HEDGE"):
        fresh = Story(TEXT)
        mark = fresh.mark(name, "Henk Wolderink")
        fresh.show_in(reader)
        box = reader.box_of(mark.spans[0]).adjusted(-2, 0, 2, 4)
        image = picture(reader)
        pen = ink(reader, mark.id)
        shapes[name] = frozenset(
            (x, y)
            for x in range(round(box.left()), round(box.right()))
            for y in range(round(box.top()), round(box.bottom()))
            if near(image.pixelColor(x, y).name(), pen, 110)
        )
        assert len(shapes[name]) > 20
    assert len(set(shapes.values())) == 3
    rows = {name: {y for _, y in shape} for name, shape in shapes.items()}
    assert max(rows["SOURCE"]) - min(rows["SOURCE"]) >= 4  # its ends turn up
    assert len(rows["HEDGE"]) > 2  # it waves


def test_fragments_are_joined_by_a_thin_line(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "Henk", "Tuesday")
    story.show_in(reader)
    between = under(reader, story.span("said on"))
    between.moveTop(between.top() - 2)
    assert len(colours_in(picture(reader), between)) > 1
    alone = Story(TEXT)
    alone.mark("PERSON", "Henk")
    alone.mark("PERSON", "Tuesday")
    alone.show_in(reader)
    assert colours_in(picture(reader), under(reader, story.span("said on"))) == {LIGHT.page.lower()}


def test_a_gap_without_words_is_not_joined(reader: Reader) -> None:
    story = Story("He said: “First part.”\n\n“Second part.”")
    split = story.mark("QUOTE", "First part.", "Second part.")
    story.show_in(reader)
    mark = under(reader, story.span("”"))
    assert colours_in(picture(reader), mark) == {LIGHT.page.lower()}
    assert len(bars(reader, story, "Second")) == 1
    assert split.spans[0].end < split.spans[1].start


def test_codes_are_written_above_the_words_if_wanted(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "Henk Wolderink")
    story.mark("SOURCE", "Henk Wolderink")
    story.show_in(reader)
    low = reader._metrics.line_height
    reader.set_show_codes(True)
    assert reader._metrics.line_height > low
    box = reader.box_of(story.span("Henk Wolderink"))
    above = QRectF(box.left(), box.top() - 11, box.width(), 9)
    assert len(colours_in(picture(reader), above)) > 3
    assert reader._under is not None
    words = [(p.x(), w) for pic in reader._under._pictures.values() for p, w, _ in pic.words]
    assert sorted(w for _, w in words) == ["PER", "SOU"]
    assert len({x for x, _ in words}) == 2  # beside, not over one another
    reader.set_show_codes(False)
    assert reader._metrics.line_height == low


# ---------------------------------------------------------------------- the current one, the page


def test_the_current_annotation_is_outlined(reader: Reader, story: Story) -> None:
    mark = story.mark("PERSON", "captain")
    story.show_in(reader)
    box = reader.box_of(mark.spans[0])
    edge = QRectF(box.left() + 4, box.top() - 4, box.width() - 8, 5)
    assert not any(near(c, LIGHT.accent) for c in colours_in(picture(reader), edge))
    reader.set_current(mark.id)
    assert any(near(c, LIGHT.accent) for c in colours_in(picture(reader), edge))
    reader.set_current(None)
    assert not any(near(c, LIGHT.accent) for c in colours_in(picture(reader), edge))


def test_the_selection_shows_the_marks_beneath(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "captain")
    story.show_in(reader)
    reader.select_span(story.span("his captain wants"))
    page = fill_of(reader, story, "wants")
    tinted = fill_of(reader, story, "captain")
    assert len({page, tinted, LIGHT.page.lower(), LIGHT.tint("#56B4E9").lower()}) == 4


def test_the_column_is_centred_and_as_wide_as_asked(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    left = reader.viewport().x() + reader._metrics.gutter
    right = reader.viewport().x() + reader.viewport().width() - reader._metrics.edge
    room = reader.width() - reader.strip.width()
    assert abs(left - (room - right)) <= 2
    longest = max(
        block.layout().lineAt(0).textLength()
        for block in (reader.document().begin(), reader.document().lastBlock())
    )
    assert 60 <= longest <= 80
    reader.set_line_width(40)
    assert reader.document().begin().layout().lineAt(0).textLength() <= 44


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_an_empty_reader_says_what_to_do(reader: Reader, theme: object) -> None:
    reader.set_theme(DARK if theme is DARK else LIGHT)
    image = picture(reader)
    assert background_of(image, QRectF(image.rect())) == reader.theme.page.lower()
    assert len(colours_in(image, QRectF(image.rect()))) > 2
    assert not reader.strip.isVisible()
    Story("").show_in(reader)
    assert picture(reader) != image


def test_zoom_and_font_keep_the_marks_on_their_words(reader: Reader, story: Story) -> None:
    mark = story.mark("PERSON", "captain")
    story.show_in(reader)
    tint = LIGHT.tint(LABELS["PERSON"].colour).lower()
    widths = []
    for percent in (50, 100, 200, 300):
        reader.set_zoom(percent)
        reader.scroll_to(mark.spans[0])
        assert fill_of(reader, story, "captain") == tint
        widths.append(reader.box_of(mark.spans[0]).width())
    assert widths == sorted(set(widths))
    reader.set_zoom(100)
    reader.set_font_kind("sans")
    assert fill_of(reader, story, "captain") == tint
    reader.set_zoom(10_000)
    assert reader.zoom == 300
