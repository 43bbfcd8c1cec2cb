"""A state machine: random verbs, undo and redo on a desk, against a plain Python model."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from newsdesk.desk import create_desk, open_desk
from newsdesk.desk.annotating import accept, add_fragment, annotate, delete, relabel, write_note
from newsdesk.desk.attributing import add_via, set_cue, set_speaker
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Label,
    Layer,
    NewsdeskError,
    Source,
    Status,
    encoded,
    new_article,
)

TEXT = "Ada 👩🏽‍💻 said no. عادا قالت نعم. " * 4
KINDS = (Label, Entity, Source, Claim, Article, Annotation, Attribution)
NAMES = {
    "PERSON": Layer.ENTITY,
    "QUOTE": Layer.QUOTE,
    "CLAIM": Layer.CLAIM,
    "SOURCE": Layer.SOURCE,
    "CUE": Layer.CUE,
}
spans = st.tuples(st.integers(0, len(TEXT) - 9), st.integers(1, 8)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


def everything(desk):
    return {encoded(record) for kind in KINDS for record in desk.find(kind)}


class DeskMachine(RuleBasedStateMachine):
    """`past` and `future` are whole copies of the desk: what undo and redo must bring back."""

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.desk"
        self.desk = create_desk(self.path, "Ann")
        with self.desk.change("Codebook and article"):
            self.labels = [self.desk.put(Label(name=n, layer=x)) for n, x in NAMES.items()]
            self.article = self.desk.put(new_article(TEXT, title="t"))
        self.past, self.now, self.future = [set()], everything(self.desk), []

    def teardown(self):
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()

    def done(self):
        after = everything(self.desk)
        if after != self.now:
            self.past.append(self.now)
            self.now, self.future = after, []

    def some(self, data, kind=Annotation):
        return data.draw(st.sampled_from(self.desk.find(kind)))

    @property
    def marked(self):
        return bool(self.desk.count(Annotation))

    @precondition(lambda self: self.desk.count(Label) > 0)
    @rule(span=spans, at=st.integers(0, 4), proposed=st.booleans())
    def tag(self, span, at, proposed):
        status = Status.PROPOSED if proposed else Status.ACCEPTED
        try:
            annotate(self.desk, self.article, self.labels[at], [span], status=status)
        except NewsdeskError:
            assert not TEXT[span[0] : span[1]].strip()
        self.done()

    @precondition(lambda self: self.marked)
    @rule(data=st.data(), at=st.integers(0, 4))
    def relabel(self, data, at):
        relabel(self.desk, self.some(data), self.labels[at])
        self.done()

    @precondition(lambda self: self.marked)
    @rule(data=st.data(), span=spans)
    def fragment(self, data, span):
        add_fragment(self.desk, self.some(data), span)
        self.done()

    @precondition(lambda self: self.marked)
    @rule(data=st.data(), note=st.text(max_size=5))
    def note(self, data, note):
        write_note(self.desk, self.some(data), note)
        self.done()

    @precondition(lambda self: self.marked)
    @rule(data=st.data(), span=spans, verb=st.sampled_from([set_speaker, set_cue, add_via]))
    def attribute(self, data, span, verb):
        content = self.some(data)
        allowed = content.label in (self.labels[1].id, self.labels[2].id)
        try:
            verb(self.desk, content, span)
        except NewsdeskError:
            assert not allowed or not TEXT[span[0] : span[1]].strip()
        self.done()

    @precondition(lambda self: self.marked)
    @rule(data=st.data())
    def delete(self, data):
        delete(self.desk, data.draw(st.lists(st.sampled_from(self.desk.find(Annotation)))))
        self.done()

    @rule()
    def accept_all(self):
        accept(self.desk, self.desk.proposed())
        self.done()

    @rule()
    def undo(self):
        happened = self.desk.undo()
        assert bool(happened) == bool(self.past)
        if happened:
            self.future.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self):
        happened = self.desk.redo()
        assert bool(happened) == bool(self.future)
        if happened:
            self.past.append(self.now)
            self.now = self.future.pop()

    @rule()
    def restart(self):
        self.desk.close()
        self.desk = open_desk(self.path, "Ann")

    @invariant()
    def desk_is_as_the_model_says(self):
        if hasattr(self, "desk"):
            assert everything(self.desk) == self.now


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(
    max_examples=max(8, settings().max_examples // 6), stateful_step_count=25
)
