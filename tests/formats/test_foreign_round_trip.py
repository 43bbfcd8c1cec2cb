"""What goes out to another tool's format comes back: every span, and all that is said of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.formats.format import Bundle, Part
from newsdesk.model import Label, Link, LinkKind, Span, quote_of
from tests.formats.foreign_samples import (
    FORMATS,
    bundles_in,
    expected,
    labels_in,
    read,
    returned,
    written,
)
from tests.formats.samples import LABELS, Given, bundles, problems, small

every = pytest.mark.parametrize("name", sorted(FORMATS))


@every
@given(found=st.lists(bundles(), min_size=1, max_size=2))
def test_random_articles_come_back_code_point_for_code_point(
    name: str, found: list[Bundle]
) -> None:
    dataset = Given(labels=LABELS, bundles=found)
    content, losses = written(dataset, name)
    assert losses.counts.keys() <= FORMATS[name].losses
    items = read(content, name, labels=LABELS)
    assert problems(items) == []
    assert returned(items) == expected(dataset)
    assert written(Given(labels=LABELS, bundles=bundles_in(items)), name)[0] == content


@pytest.mark.soak
@every
@settings(max_examples=2_000, deadline=None)
@given(found=st.lists(bundles(), min_size=1, max_size=3))
def test_thousands_of_random_articles_come_back(name: str, found: list[Bundle]) -> None:
    dataset = Given(labels=LABELS, bundles=found)
    items = read(written(dataset, name)[0], name, labels=LABELS)
    assert problems(items) == []
    assert returned(items) == expected(dataset)


@every
def test_every_record_that_can_be_held_comes_back(name: str) -> None:
    dataset = small()
    content, losses = written(dataset, name)
    assert losses.counts.keys() <= FORMATS[name].losses
    items = read(content, name, labels=dataset.labels)
    assert problems(items) == []
    assert returned(items) == expected(dataset)


@every
def test_labels_that_the_desk_does_not_have_are_proposed(name: str) -> None:
    dataset = small()
    content, _ = written(dataset, name)
    known = tuple(label for label in dataset.labels if label.name == "PERSON")
    items = read(content, name, labels=known)
    assert problems(items) == []
    new = {label.name: label for label in labels_in(items)}
    assert {"CUE", "QUOTE", "CLAIM"} <= new.keys()
    assert "PERSON" not in new
    layers = {label.name: label.layer for label in dataset.labels}
    assert all(label.layer is layers[name] for name, label in new.items())
    marks = bundles_in(items)[-1].annotations
    assert marks[0].label == known[0].id
    again = read(content, name, labels=known)
    assert returned(again) == returned(items)
    assert [label.id for label in labels_in(again)] == [label.id for label in labels_in(items)]


@every
def test_marks_are_right_without_what_newsdesk_carried(name: str) -> None:
    """Another tool may drop the keys that it does not know: the marks stand all the same."""
    dataset = small()
    content, _ = written(dataset, name)
    items = read(content.replace(b'"newsdesk":', b'"dropped":'), name, labels=dataset.labels)
    assert [one for one in problems(items) if one.blocks] == []
    names = {label.id: label.name for label in dataset.labels}
    for bundle, was in zip(bundles_in(items), dataset.bundles, strict=True):
        text = bundle.article.text
        assert text == was.article.text
        assert all(mark.quote == quote_of(text, mark.spans) for mark in bundle.annotations)

        def places(bundle: Bundle) -> set[tuple[str, tuple[Span, ...]]]:
            return {(names[mark.label], mark.spans) for mark in bundle.annotations}

        assert places(bundle) == places(was)


@every
def test_the_desks_labels_keep_their_ids(name: str) -> None:
    own = tuple(Label(name=label.name, layer=label.layer) for label in small().labels)
    items = read(written(small(), name)[0], name, labels=own)
    assert labels_in(items) == []
    ids = {label.id for label in own}
    assert all(mark.label in ids for b in bundles_in(items) for mark in b.annotations)


@every
def test_each_loss_is_named(name: str) -> None:
    dataset = small()
    _, losses = written(dataset, name)
    named = {(loss.part, loss.record) for loss in losses.listed}
    marks = dataset.bundles[1].annotations
    for part, record in (
        (Part.EVIDENCE, dataset.found[0].id),
        (Part.EVIDENCE, dataset.captured[0].id),
        (Part.REVIEWS, dataset.checked[0].id),
        (Part.RAW, dataset.bundles[1].article.id),
        (Part.CODEBOOK, dataset.labels[0].id),
        (Part.FRAGMENTS, marks[2].id),
        (Part.STATUS, marks[2].id),
    ):
        assert ((part, record) in named) is (part in FORMATS[name].losses), part


def test_a_link_to_what_is_not_written_is_a_loss() -> None:
    dataset = small()
    dataset.tied.append(
        Link(kind=LinkKind.SUPPORTS, from_id=dataset.found[0].id, to_id=dataset.stated[0][0].id)
    )
    _, losses = written(dataset, "prodigy")
    lost = [loss.record for loss in losses.listed if loss.part is Part.LINKS]
    assert lost == [dataset.tied[1].id]


@every
def test_a_dataset_without_articles_is_a_file_too(name: str) -> None:
    content, _ = written(Given(labels=LABELS), name)
    items = read(content, name)
    assert bundles_in(items) == []
    assert [str(one) for one in problems(items)] in ([], ["f: the file is empty."])
