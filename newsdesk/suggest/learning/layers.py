"""The thinc layers by which spaCy's own components learn on top of the frozen network.

Each adds a correction, linear in the network's vectors, to what the shipped head says. It begins
at nothing, so that a component that learnt little changes little (docs/adr/0012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import Model

TAGS = "newsdesk.CorrectedTags.v1"
WORTH = "newsdesk.CorrectedWorth.v1"
LEARNT_NAMES, LEARNT_QUOTES, LEARNT_CLAIMS = (
    "newsdesk_learnt_names",
    "newsdesk_learnt_quotes",
    "newsdesk_learnt_claims",
)
LEARNT = (LEARNT_NAMES, LEARNT_QUOTES, LEARNT_CLAIMS)
BASES = "newsdesk_bases"
"""Where a document keeps what the shipped heads said: a row for each token, by component."""
WORTHY = "WORTHY"
_UNHEARD = -6.0  # log odds that a label which the network never heard of begins with


def register_layers() -> None:
    """Make the layers known to spaCy."""
    import spacy

    spacy.registry.architectures(TAGS, func=corrected_tags)
    spacy.registry.architectures(WORTH, func=corrected_worth)


def corrected_tags(head: str) -> Model[Any, Any]:
    """Documents in, chances of each tag out, a row for each token; for spaCy's `tagger`.

    ``head`` is the component whose base is corrected. `doc.tensor` holds the vectors.
    """
    return _model("newsdesk_corrected_tags", _forward_tags, head)


def corrected_worth(head: str) -> Model[Any, Any]:
    """Documents of one sentence in, the chance of being worth a check out; for `textcat`."""
    return _model("newsdesk_corrected_worth", _forward_worth, head)


def _model(name: str, forward: Any, head: str) -> Model[Any, Any]:
    from thinc.api import Linear, Model, zero_init

    linear = Linear(init_W=zero_init)
    return Model(name, forward, init=_init, layers=[linear], attrs={"head": head})


def _init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    linear = model.layers[0]
    if X is not None and linear.has_dim("nI") is None:
        linear.set_dim("nI", X[0].tensor.shape[-1])
    if Y is not None and linear.has_dim("nO") is None:
        linear.set_dim("nO", Y[0].shape[-1])
    linear.initialize()


def _forward_tags(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Any, Any]:
    xp = model.ops.xp
    counts = [len(doc) for doc in docs]
    change, backprop = model.layers[0](
        xp.concatenate([doc.tensor.astype("f") for doc in docs]), is_train
    )
    base = xp.concatenate([doc.user_data[BASES][model.attrs["head"]] for doc in docs])
    scores = xp.full(change.shape, _UNHEARD, dtype="f")
    scores[:, : base.shape[1]] = base
    chances = model.ops.softmax(scores + change)
    starts = [sum(counts[:at]) for at in range(1, len(counts))]

    def back(gradients: list[Any]) -> list[Doc]:
        # The loss gives the gradient of the scores before the softmax, as thinc's Softmax has it.
        backprop(xp.concatenate(gradients))
        return docs

    return xp.split(chances, starts), back


def _forward_worth(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Any, Any]:
    xp = model.ops.xp
    change, backprop = model.layers[0](xp.stack([sentence_vector(doc) for doc in docs]), is_train)
    base = xp.stack([doc.user_data[BASES][model.attrs["head"]] for doc in docs])
    chances = 1 / (1 + xp.exp(-(base + change).clip(-20, 20)))

    def back(gradient: Any) -> list[Doc]:
        backprop(gradient)
        return docs

    return chances, back


def sentence_vector(doc: Doc) -> Any:
    """The vector of a document that is one sentence: the mean of its words' vectors."""
    return doc.tensor.mean(axis=0).astype("f")


def learnt(nlp: Language, name: str) -> Any:
    """The component that learnt a head's corrections, or None."""
    return nlp.get_pipe(name) if name in nlp.component_names else None
