"""The annotation loop at the keys: tag, attribute, relabel, link, note, resize, decide."""

from __future__ import annotations

import pytest

from newsdesk.desk.annotating import annotate
from newsdesk.model import Annotation, Entity, Layer, NewsdeskError, Source, Span, Status
from tests.ui.robot import Robot
from tests.ui.small_desk import TEXT


def propose(robot: Robot, *words: str, label: str = "PERSON") -> list[Annotation]:
    """Suggestions, as a pipeline makes them."""
    window = robot.window
    article = window.annotate.open.article
    assert article is not None
    made = []
    for each in words:
        start = TEXT.index(each)
        spans = [(start, start + len(each))]
        found = annotate(
            window.desk, article, window.desk.label(label), spans, status=Status.PROPOSED,
            origin="rules 1", confidence=0.5,
        )  # fmt: skip
        made.append(found)
    robot.rest()
    return made


def test_a_key_tags_the_selection(small: Robot) -> None:
    small.select("Ada Ray")
    small.press("1")
    assert small.tagged("Ada Ray") == ["PERSON"]
    assert small.current is not None
    assert small.window.reader.selection() == ()
    assert small.sees("tagged by Ada")


def test_with_nothing_selected_the_word_at_the_cursor_is_tagged(small: Robot) -> None:
    small.point_at("Oslo")
    small.press("2")
    assert small.tagged("Oslo") == ["PLACE"]


def test_tagging_the_same_twice_makes_one_annotation(small: Robot) -> None:
    for _ in range(2):
        small.find("Ada Ray")
        small.press("1")
    assert small.tagged("Ada Ray") == ["PERSON"]
    assert small.sees("tagged PERSON already")


def test_tagging_a_suggestion_s_words_accepts_it(small: Robot) -> None:
    (proposed,) = propose(small, "Ada Ray")
    small.select("Ada Ray")
    small.press("1")
    assert [one.id for one in small.annotations] == [proposed.id]
    assert small.annotations[0].status == Status.ACCEPTED


def test_a_selection_is_snapped_to_words_and_trimmed(small: Robot) -> None:
    start = TEXT.index("da Ra")
    small.window.reader.move_caret(start)
    small.window.reader.move_caret(start + 5, extend=True)
    small.press("1")
    assert small.tagged("Ada Ray") == ["PERSON"]


def test_a_quote_then_its_speaker_and_cue_then_a_via(small: Robot) -> None:
    small.select("We agreed")
    small.press("Q")
    quote = small.current
    assert quote is not None
    small.select("Ray", nth=1)
    small.press("S")
    assert small.current is not None
    assert small.current.id == quote.id, "the quote stays at hand for the cue"
    small.select("said")
    small.press("U")
    small.select("Oslo")
    small.press("V")
    opened = small.window.annotate.open
    first, second = opened.hops_of(quote.id)
    assert (first.hop, second.hop) == (0, 1)
    words = {
        name: opened.annotations[getattr(hop, name)].quote
        for hop, name in ((first, "source_mention"), (first, "cue"))
    }
    assert words == {"source_mention": "Ray", "cue": "said"}
    assert opened.annotations[second.source_mention or ""].quote == "Oslo"
    sources = small.window.desk.get_all(Source, [first.source or ""])
    assert sources[first.source or ""].description == "Ray"
    inspector = small.window.annotate.inspector
    assert all(small.sees(said, within=inspector) for said in ("Speaker", "Cue", "Via", "Ray"))


def test_a_speaker_goes_to_the_quote_that_was_left_only_if_it_lacks_one(small: Robot) -> None:
    small.select("We agreed")
    small.press("Q")
    quote = small.current
    assert quote is not None
    small.select("Ray", nth=1)
    small.press("S")
    small.point_at("met")
    assert small.current is None
    small.select("Bo Lund")
    small.press("S")
    hops = small.window.annotate.open.hops_of(quote.id)
    assert len(hops) == 1
    assert small.window.annotate.open.annotations[hops[0].source_mention or ""].quote == "Ray"
    assert small.tagged("Bo Lund") == ["SOURCE"]


def test_the_speaker_key_marks_no_word_of_the_quote_itself(small: Robot) -> None:
    small.select("We agreed")
    small.press("Q", "S")
    assert [one.quote for one in small.annotations] == ["We agreed"]
    assert small.sees("Select the words in the text first")


def test_ties_lead_from_the_quote_to_its_parts_and_back(small: Robot) -> None:
    small.select("We agreed")
    small.press("Q")
    small.select("Ray", nth=1)
    small.press("S")
    small.select("said")
    small.press("U")
    seen = []
    for _ in range(4):
        small.press("R")
        assert small.current is not None
        seen.append(small.current.quote)
    assert seen == ["said", "We agreed", "Ray", "We agreed"]


def test_a_claim_comes_into_being_and_its_statement_is_edited(small: Robot) -> None:
    small.select("It is 3 😀 done")
    small.press("C")
    claims = small.window.annotate.open.claims
    assert [claim.statement for claim in claims.values()] == ["It is 3 😀 done"]
    small.press("Enter")
    assert small.focus.accessibleName() == "Statement"
    small.press("Ctrl+A")
    small.type("The agreement is done.")
    small.press("Enter")
    assert small.focus is small.window.reader
    claims = small.window.annotate.open.claims
    assert [claim.statement for claim in claims.values()] == ["The agreement is done."]


def test_an_empty_statement_is_refused_in_words_and_the_old_one_comes_back(small: Robot) -> None:
    small.select("It is 3 😀 done")
    small.press("C", "Enter", "Ctrl+A", "Del", "Enter")
    assert small.sees("A claim needs a statement")
    assert small.sees("It is 3 😀 done", within=small.window.annotate.inspector.properties)


def test_relabel_offers_the_labels_of_the_same_layer_first(small: Robot) -> None:
    small.select("Oslo")
    small.press("1", "L")
    chooser = small.window.annotate.popups.chooser
    assert [choice.text for choice in chooser.choices][:2] == ["PERSON", "PLACE"]
    small.type("pla")
    small.press("Enter")
    assert small.tagged("Oslo") == ["PLACE"]
    assert small.focus is small.window.reader


def test_escape_leaves_a_pop_up_and_changes_nothing(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    before = small.window.desk.log(limit=1)[0].seq
    for key in ("L", "E", "N"):
        small.press(key)
        assert small.focus is not small.window.reader
        small.press("Esc")
        assert small.focus is small.window.reader
    assert small.window.desk.log(limit=1)[0].seq == before


def test_an_entity_is_made_then_found_then_unlinked(small: Robot) -> None:
    small.select("Ada Ray")
    small.press("1", "E", "Enter")
    (entity,) = small.window.desk.find(Entity)
    assert (entity.name, entity.kind) == ("Ada Ray", "PERSON")
    assert small.window.desk.undoable == "Link to Ada Ray, new"
    small.select("Ray", nth=1)
    small.press("1", "E")
    assert small.window.annotate.popups.chooser.choices[0].value == entity
    small.press("Enter")
    assert small.current is not None
    assert small.current.entity == entity.id
    assert small.sees("Ada Ray", within=small.window.annotate.inspector.properties)
    small.press("E")
    small.press("Up", "Down", "Down", "Down")
    small.press("Enter")
    assert small.current.entity is None


def test_a_note_is_written_in_place(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "N")
    small.type("Which Oslo?")
    small.press("Enter")
    assert small.current is not None
    assert small.current.note == "Which Oslo?"
    assert small.focus is small.window.reader


def test_a_fragment_joins_the_current_annotation(small: Robot) -> None:
    small.select("We agreed")
    small.press("Q")
    start = TEXT.index("It is")
    small.window.reader.select_span(Span(start, start + 5))
    small.rest()
    small.press("+")
    assert small.current is not None
    assert small.current.quote == "We agreed … It is"


def test_edges_move_by_words(small: Robot) -> None:
    small.select("Ada")
    small.press("1", "Shift+Alt+Right")
    assert small.tagged("Ada Ray") == ["PERSON"]
    small.press("Shift+Alt+Right", "Shift+Alt+Down")
    assert small.tagged("Ray met") == ["PERSON"]
    small.press("Shift+Alt+Left", "Shift+Alt+Left")
    assert small.tagged("Ray") == ["PERSON"]
    assert small.sees("There is no word to take or to leave there")


def test_edges_move_by_letters(small: Robot) -> None:
    small.select("Bo Lund")
    small.press("1", "Ctrl+Shift+Alt+Left", "Ctrl+Shift+Alt+Up")
    assert small.current.quote == " Bo Lun"
    small.press("Ctrl+Z", "Ctrl+Z")
    assert small.current.quote == "Bo Lund"


def test_the_card_names_the_entity(small: Robot) -> None:
    from newsdesk.desk.register import link_entity, new_entity

    desk, reader = small.window.desk, small.window.reader
    small.select("Bo Lund")
    small.press("1")
    link_entity(desk, [small.current], new_entity(desk, "Bo Lund of Oslo", "PERSON"))
    small.rest()
    card = reader._pointer.card
    reader.fill_card(card, [small.current], reader.mapToGlobal(reader.rect().center()))
    assert "Entity: Bo Lund of Oslo" in card.words
    card.hide()


def test_deciding_goes_on_to_the_next_suggestion(small: Robot) -> None:
    propose(small, "Ada Ray", "Bo Lund", "Oslo")
    assert small.sees("3 suggestions waiting")
    small.press("Ctrl+Tab")
    assert small.current is not None
    assert small.current.quote == "Ada Ray"
    small.press("A")
    assert small.current.quote == "Bo Lund"
    small.press("X")
    assert small.current.quote == "Oslo"
    assert not small.sees("Bo Lund", within=small.window.annotate.inspector.list)
    small.press("A")
    assert small.sees("No more suggestions wait")
    statuses = {one.quote: one.status.value for one in small.annotations}
    assert statuses == {"Ada Ray": "accepted", "Bo Lund": "rejected", "Oslo": "accepted"}


def test_all_that_is_shown_is_accepted_as_one_step(small: Robot) -> None:
    propose(small, "Ada Ray", "Bo Lund")
    propose(small, "Oslo", label="PLACE")
    small.click("Filter annotations")
    small.type("person")
    small.press("Esc")
    small.press("Shift+A")
    waiting = [one.quote for one in small.annotations if one.status == Status.PROPOSED]
    assert waiting == ["Oslo"]
    small.press("Ctrl+Z")
    waiting = [one.quote for one in small.annotations if one.status == Status.PROPOSED]
    assert waiting == ["Ada Ray", "Bo Lund", "Oslo"]


def test_delete_takes_the_current_one(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "D")
    assert small.annotations == []
    assert small.current is None
    small.press("Ctrl+Z")
    assert small.tagged("Oslo") == ["PLACE"]


def test_tab_goes_round_and_back(small: Robot) -> None:
    for words in ("Ada Ray", "Bo Lund", "Oslo"):
        small.select(words)
        small.press("1")
    small.point_at("Ada")
    seen = []
    for key in ("Tab", "Tab", "Tab", "Shift+Tab"):
        small.press(key)
        assert small.current is not None
        seen.append(small.current.quote)
    assert seen == ["Bo Lund", "Oslo", "Ada Ray", "Oslo"]


def test_undo_names_its_step_in_the_menu(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    assert small.window.bindings.action("undo").text() == "&Undo: Tag “Oslo” as PLACE"
    small.press("Ctrl+Z")
    assert small.window.bindings.action("redo").text() == "&Redo: Tag “Oslo” as PLACE"
    assert small.sees("Undo: Tag “Oslo” as PLACE")


def test_what_the_desk_refuses_stays_in_the_bar_until_it_is_dealt_with(
    small: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_, **__):
        raise NewsdeskError("The disk is full. Free some <b>space</b>.")

    monkeypatch.setattr("newsdesk.desk.annotating.annotate", refuse)
    small.select("Oslo")
    small.press("2", "2")
    assert small.window.messages.messages == ["The disk is full. Free some <b>space</b>."]
    assert small.sees("<b>space</b>"), "the message is shown as it is written"
    assert small.annotations == []
    small.click("Dismiss the message")
    assert not small.window.messages.isVisible()


def test_without_a_label_for_it_the_key_says_so(small: Robot) -> None:
    from newsdesk.desk.codebooks import put_label
    from newsdesk.model import replace

    label = small.window.desk.label("QUOTE", Layer.QUOTE)
    put_label(small.window.desk, replace(label, retired=True))
    small.rest()
    assert not small.sees("QUOTE", within=small.window.annotate.codebook)
    small.select("We agreed")
    small.press("Q")
    assert small.sees("The codebook has no label for a quote")
