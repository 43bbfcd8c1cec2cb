"""What the annotation loop's keys do: tag, attribute, relabel, link, note, resize."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRect, Signal

from newsdesk.desk import Desk, annotating, attributing, register
from newsdesk.model import (
    Annotation,
    Attribution,
    Claim,
    Entity,
    Label,
    Layer,
    NewsdeskError,
    Span,
    Status,
)
from newsdesk.model.knowledge import KnowledgeEntry
from newsdesk.ui.candidates import candidates, link_to_candidate
from newsdesk.ui.choices import Choice
from newsdesk.ui.open_article import OpenArticle
from newsdesk.ui.plain import shortened
from newsdesk.ui.popups import Popups
from newsdesk.ui.reader import Reader
from newsdesk.ui.words import edge_by_letter, moved_edge

R = TypeVar("R")

_CREATE = "create"
_UNLINK = "unlink"


class Editing(QObject):
    """The verbs on what is selected or current in the reader.

    `said` is for the status bar, `failed` for the message bar, `tagged` gives the label of a new
    tag. The words acted on are those that are selected, or else the word at the cursor.
    """

    said = Signal(str)
    failed = Signal(str)
    tagged = Signal(object)

    def __init__(
        self, desk: Desk, open_article: OpenArticle, reader: Reader, popups: Popups
    ) -> None:
        super().__init__(reader)
        self._desk = desk
        self._open = open_article
        self._reader = reader
        self._popups = popups
        self._content = ""
        self._seen = ""
        reader.current_changed.connect(self._remember)
        reader.entity_name = self._entity_name

    def _entity_name(self, id: str) -> str:
        found = self.read(lambda: self._desk.get_all(Entity, [id])) or {}
        return found[id].name if id in found else ""

    def do(self, work: Callable[[], R]) -> R | None:
        """Call a verb; what it refuses is said in the message bar, and None comes back."""
        if self._desk.held:
            self.said.emit(self._desk.held)
            return None
        return self.read(work)

    def read(self, work: Callable[[], R]) -> R | None:
        """Ask the desk something; what it refuses is said in the message bar too."""
        try:
            return work()
        except NewsdeskError as error:
            self.failed.emit(str(error))
            return None

    # Tagging

    def words(self) -> tuple[Span, ...]:
        """What an act would mark: the selection, or the word at the cursor; empty where neither."""
        selected = self._reader.selection()
        if selected:
            return selected
        word = self._reader.word_at_cursor()
        return (word,) if word else ()

    def tag(self, label: Label) -> Annotation | None:
        """Mark the words with a label; a suggestion of just that is accepted instead."""
        article, spans = self._open.article, self.words()
        if article is None or not spans:
            self.said.emit(self.tr("Select words to tag first"))
            return None
        same = self._open.same(label, spans)
        if same is None:
            made = self.do(lambda: annotating.annotate(self._desk, article, label, spans))
            if made is not None:
                self.tagged.emit(label)
        else:
            made = same
            if same.status == Status.PROPOSED:
                self.do(lambda: annotating.accept(self._desk, [same]))
            else:
                self.said.emit(self.tr("These words are tagged {0} already").format(label.name))
        if made is not None:
            self._show(made.id)
        return made

    def quote(self) -> None:
        """Tag the words as a quote."""
        self._tag_layer(Layer.QUOTE, "q")

    def claim(self) -> None:
        """Tag the words as a claim; its statement can then be edited in the inspector."""
        self._tag_layer(Layer.CLAIM, "c")

    def _tag_layer(self, layer: Layer, key: str) -> None:
        label = self._open.first_label(layer, key)
        if label is None:
            missing = self.tr("The codebook has no label for a {0}. Add one, or load another.")
            self.failed.emit(missing.format(layer.value))
            return
        self.tag(label)

    def _show(self, annotation: str) -> None:
        """Make an annotation current, with the cursor behind what was selected."""
        if self._reader.selection():
            self._reader.clear_selection()
        self._reader.set_current(annotation, scroll=False)
        self.paint_now()

    def paint_now(self) -> None:
        """Paint what changed in the text at once, before anything else is seen to."""
        self._reader.viewport().repaint(QRect(0, 0, 1, 1))

    # Attribution

    @property
    def content(self) -> Annotation | None:
        """The quote or claim at hand: the current one, or else the one that was current last."""
        current = self._reader.current
        if self._open.is_content(current):
            return current
        return self._open.annotations.get(self._content)

    def speaker(self) -> None:
        """The words name who said the quote or claim at hand."""
        self._attribute(Layer.SOURCE, "s", attributing.set_speaker, "source_mention")

    def cue(self) -> None:
        """The words say that it was said."""
        self._attribute(Layer.CUE, "u", attributing.set_cue, "cue")

    def via(self) -> None:
        """The words name through whom it came here."""
        self._attribute(Layer.SOURCE, "s", attributing.add_via, "")

    def _attribute(
        self,
        layer: Layer,
        key: str,
        verb: Callable[[Desk, Annotation, tuple[int, int]], Attribution],
        part: str,
    ) -> None:
        content, spans = self.content, self._words_beside()
        if not spans:
            self.said.emit(self.tr("Select the words in the text first, then press the key"))
            return
        # A quote that was left is not changed behind the editor's back: only what it lacks.
        left = content is not None and content is not self._reader.current
        if content is None or (left and part and self._has(content, part)):
            self._tag_layer(layer, key)
            return
        whole = (spans[0].start, spans[-1].end)
        made = self.do(lambda: verb(self._desk, content, whole))
        if made is not None:
            self._show(content.id)

    def _words_beside(self) -> tuple[Span, ...]:
        """The selection; or the current mention; or the word at the cursor, outside the content."""
        selected = self._reader.selection()
        if selected:
            return selected
        current, content = self._reader.current, self.content
        if current is not None and not self._open.is_content(current):
            return current.spans
        word = self._reader.word_at_cursor()
        if word is None or (content is not None and content.outer.overlaps(word)):
            return ()
        return (word,)

    def _has(self, content: Annotation, part: str) -> bool:
        hops = self._open.hops_of(content.id)
        return any(hop.hop == 0 and getattr(hop, part) for hop in hops)

    def _remember(self, current: Annotation | None) -> None:
        if current is not None and self._open.is_content(current):
            self._content = current.id

    def follow_ties(self) -> None:
        """Go from a quote or claim to its speaker and cue, and on, and back."""
        current = self._reader.current
        if current is None:
            return
        ties = self._open.ties_of(current)
        if not ties:
            self.said.emit(self.tr("It is tied to nothing yet"))
            return
        if self._open.is_content(current):
            # Pressed again, it goes on to the part after the one seen last.
            at = ties.index(self._seen) + 1 if self._seen in ties else 0
            wanted = self._seen = ties[at % len(ties)]
        else:
            back = [id for id in ties if self._open.is_content(self._open.annotations[id])]
            wanted = (back or ties)[0]
        self._reader.set_current(wanted, scroll=True)

    def remove_hop(self, attribution: Attribution) -> None:
        """Take a speaker, with the marks that only it used, away."""
        self.do(lambda: attributing.unattribute(self._desk, attribution))

    def set_hop(self, attribution: Attribution, **fields: Any) -> None:
        """Say how the words came: manner, attitude, assertion, channel."""
        self.do(lambda: attributing.set_hop(self._desk, attribution, **fields))

    # The current annotation

    def relabel(self) -> None:
        """Choose another label for the current annotation."""
        current = self._reader.current
        if current is None:
            return
        layer = self._open.layer_of(current)
        labels = sorted(self._open.codebook, key=lambda one: one.layer is not layer)

        def look(typed: str) -> list[Choice]:
            words = typed.casefold().strip()
            return [
                Choice(one, one.name, one.layer.value, one.shortcut.upper(), one.colour)
                for one in labels
                if words in one.name.casefold()
            ]

        def chosen(label: object) -> None:
            if isinstance(label, Label):
                self.do(lambda: annotating.relabel(self._desk, current, label))

        self._popups.choose_at_text(self.tr("Change the label to…"), look, chosen)

    def link(self) -> None:
        """Choose or make the entity that the current annotation mentions."""
        current = self._reader.current
        if current is None:
            return
        label = self._open.labels.get(current.label)
        kind = label.name if label else ""
        name = " ".join(current.quote.split())

        def look(typed: str) -> list[Choice]:
            words = typed.strip()
            found = self.do(lambda: register.find_entities(self._desk, words)) or []
            choices = [Choice(one, one.name, _about(one)) for one in found]
            exact, others = candidates(self._desk, words, kind, found)
            choices += exact
            if words and words not in {one.name for one in found}:
                text = self.tr("Create “{0}”").format(words)
                choices.append(Choice((_CREATE, words), text, kind))
            choices += others
            if current.entity is not None:
                choices.append(Choice(_UNLINK, self.tr("Link to none")))
            return choices

        def chosen(value: object) -> None:
            self.do(lambda: self._link(current, value, kind))

        self._popups.choose_at_text(self.tr("Link to…"), look, chosen, typed=name)

    def _link(self, annotation: Annotation, value: object, kind: str) -> None:
        if isinstance(value, Entity):
            register.link_entity(self._desk, [annotation], value)
        elif isinstance(value, KnowledgeEntry):
            link_to_candidate(self._desk, annotation, value, kind)
        elif value == _UNLINK:
            register.link_entity(self._desk, [annotation], None)
        elif isinstance(value, tuple):
            with self._desk.change(self.tr("Link to {0}, new").format(shortened(value[1], 40))):
                made = register.new_entity(self._desk, value[1], kind)
                register.link_entity(self._desk, [annotation], made)

    def note(self) -> None:
        """Write a note on the current annotation, in place."""
        current = self._reader.current
        if current is None:
            return
        title = self.tr("Note on “{0}”").format(shortened(current.quote, 32))
        self._popups.note_at_text(
            title, current.note, lambda text: self.write_note(current, text)
        )

    def write_note(self, annotation: Annotation, text: str) -> None:
        """Keep a note."""
        self.do(lambda: annotating.write_note(self._desk, annotation, text))

    def set_attribute(self, annotation: Annotation, name: str, value: object) -> None:
        """Answer what the codebook asks; None takes the answer away."""
        self.do(lambda: annotating.set_attributes(self._desk, annotation, {name: value}))

    def review(self) -> None:
        """The current annotation holds under the present version of its label too."""
        from newsdesk.desk.codebooks import review_annotations  # it brings what files need

        current = self._reader.current
        if current is not None and self.do(
            lambda: review_annotations(self._desk, [current]) > 0
        ):
            self.said.emit(self.tr("Reviewed under the present version of the codebook"))

    def state_claim(self, claim: Claim, **fields: Any) -> None:
        """Change what a claim says of itself."""
        self.do(lambda: attributing.state_claim(self._desk, claim, **fields))

    def add_fragment(self) -> None:
        """The selected words join the current annotation."""
        current, spans = self._reader.current, self._reader.selection()
        if current is None or not spans:
            return

        def add() -> None:
            with self._desk.change(self.tr("Add a fragment")):
                for span in spans:
                    annotating.add_fragment(self._desk, current, span)

        self.do(add)
        self._show(current.id)

    def resize(self, edge: str, by: int, *, letters: bool = False) -> None:
        """Move the `start` or the `end` of the current annotation by a word, or a letter; 1
        grows it."""
        current, article = self._reader.current, self._open.article
        if current is None or article is None:
            return
        move = edge_by_letter if letters else moved_edge
        spans = move(article.text, current.spans, edge, by)
        if spans == current.spans:
            self.said.emit(
                self.tr("There is no letter to take or to leave there")
                if letters
                else self.tr("There is no word to take or to leave there")
            )
            return
        self.do(lambda: annotating.resize(self._desk, current, spans))


def _about(entity: Entity) -> str:
    parts = (entity.kind, entity.description, entity.kb_id or "")
    return " · ".join(part for part in parts if part)
