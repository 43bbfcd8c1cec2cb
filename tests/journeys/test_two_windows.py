"""Two windows on one desk: what is done in one is seen in the other, and each undoes its own."""

from __future__ import annotations

from tests.window_fixtures import Opener

ARTICLE = "Adviser warned"


def test_a_colleague_s_tag_appears_and_is_not_mine_to_undo(open_window: Opener) -> None:
    ada = open_window(author="Ada")
    ben = open_window(author="Ben")
    ada.open(ARTICLE)
    ben.open(ARTICLE)
    place = ben.window.reader.verticalScrollBar().value()

    ada.select("sea wall")
    ada.press("6")
    assert "FAC" in ada.tagged("sea wall")
    ben.wait(lambda: "FAC" in ben.tagged("sea wall"), "Ben did not see what Ada tagged")
    assert ben.window.reader.verticalScrollBar().value() == place

    assert ben.window.desk.undoable is None
    assert not ben.window.bindings.action("undo").isEnabled()

    ada.window.stepping.undo()
    ben.wait(lambda: "FAC" not in ben.tagged("sea wall"), "Ben did not see that it was undone")


def test_the_library_counts_what_a_colleague_did(open_window: Opener) -> None:
    ada, ben = open_window(author="Ada"), open_window(author="Ben")
    ada.open(ARTICLE)
    model = ben.window.annotate.library.model
    article = ada.window.annotate.open.article
    assert article is not None
    before = model.row(model.row_of(article.id)).line.accepted
    ada.select("sea wall")
    ada.press("6")
    ben.wait(lambda: model.row(model.row_of(article.id)).line.accepted == before + 1)
