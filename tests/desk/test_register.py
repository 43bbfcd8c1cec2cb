"""The register: counts, merging, splitting, linking, and what an undo brings back."""

import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.annotating import annotate, reject
from newsdesk.desk.articles import add_article
from newsdesk.desk.register import (
    change_entity,
    delete_entity,
    find_entities,
    link_entity,
    link_mentions,
    loose_names,
    mentions_of,
    merge_entities,
    new_entity,
    register,
    same_name,
    split_entity,
    unlinked_mentions,
)
from newsdesk.model import (
    Annotation,
    Article,
    Entity,
    Label,
    Layer,
    NewsdeskError,
    Source,
    SourceKind,
    new_article,
)
from newsdesk.store.register_queries import sentence_around
from newsdesk.store.rows import KINDS

TEXTS = (
    "Ada Ray met Bo Lund in Oslo. 😀 Then Ray left! On Monday RAY came back.",
    "It rained.\n\nÉva Ray spoke of Ray. Ray is a fish.",
)


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ann")
    with made.change("Set up"):
        for at, (name, layer) in enumerate(
            (("PERSON", Layer.ENTITY), ("GPE", Layer.ENTITY), ("DATE", Layer.ENTITY))
        ):
            made.put(Label(name=name, layer=layer, position=at))
    for at, text in enumerate(TEXTS):
        add_article(made, new_article(text, title=f"Text {at}", published=f"2024-02-0{at + 1}"))
    yield made
    made.close()


def mark(desk, words, nth=0, text=0, label="PERSON"):
    article = desk.find(Article, title=f"Text {text}")[0]
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return annotate(desk, article, desk.label(label), [(start, start + len(words))])


def state(desk):
    return {kind: {one.id: one for one in desk.each(kind)} for kind in KINDS.values()}


def test_the_register_counts_mentions_and_articles(desk):
    ada = new_entity(desk, "Ada Ray", "PERSON", aliases=("Ray",), kb_id="Q1")
    new_entity(desk, "Bo Lund", "PERSON")
    marks = [mark(desk, "Ada Ray"), mark(desk, "Ray", 1), mark(desk, "Ray", 1, text=1)]
    link_entity(desk, marks, ada)
    reject(desk, [marks[1]])
    found = [(one.name, one.mentions, one.articles, one.kb_id) for one in register(desk)]
    assert found == [("Ada Ray", 2, 2, "Q1"), ("Bo Lund", 0, 0, "")]
    assert [one.mentions for one in register(desk, [ada.id])] == [2]


def test_a_mention_comes_with_its_sentence_in_code_points(desk):
    ada = new_entity(desk, "Ada Ray", "PERSON")
    link_entity(desk, [mark(desk, "Ray", 1), mark(desk, "Ray", 0, text=1)], ada)
    lines = mentions_of(desk, ada.id)
    assert [(one.title, one.before, one.words, one.after) for one in lines] == [
        ("Text 1", "Éva ", "Ray", " spoke of Ray."),
        ("Text 0", "😀 Then ", "Ray", " left!"),
    ]
    assert [one.title for one in mentions_of(desk, ada.id, offset=1)] == ["Text 0"]


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("It rained. ‹Ada› left. Bo", ("", " left.")),
        ("“Go!” ‹Ada› said.\nBo", ("", " said.")),
        ("At 3.5 km ‹Ada› stopped, e.g. for tea.", ("At 3.5 km ", " stopped, e.g. for tea.")),
        ("雨だった。‹Ada›は去った。次", ("", "は去った。")),
        ("‹Ada›", ("", "")),
    ],
)
def test_a_sentence_ends_where_a_reader_sees_it_end(text, around):
    start, end = text.index("‹"), text.index("›") - 1
    plain = text.replace("‹", "").replace("›", "")
    assert sentence_around(plain, start, end) == around


def test_long_sentences_are_cut_and_say_so(desk):
    text = "x " * 400 + "Ada went on" + " y" * 400
    article = add_article(desk, new_article(text, title="Long"))
    ada = new_entity(desk, "Ada", "PERSON")
    found = annotate(desk, article, desk.label("PERSON"), [(800, 803)])
    link_entity(desk, [found], ada)
    (line,) = mentions_of(desk, ada.id)
    assert line.words == "Ada"
    assert line.before.startswith("…x") and line.after.endswith("y…")
    assert len(line.before) < 250 and len(line.after) < 250


def test_merging_joins_names_mentions_sources_and_undo_restores_all(desk):
    one = new_entity(desk, "Ada Ray", "PERSON", aliases=("A. Ray",))
    two = new_entity(desk, "Ray", "PERSON", aliases=("A. Ray",), kb_id="Q7", description="poet")
    three = new_entity(desk, "RAY", "PERSON")
    marks = [mark(desk, "Ray", 1), mark(desk, "RAY")]
    link_entity(desk, marks[:1], two)
    link_entity(desk, marks[1:], three)
    with desk.change("Source"):
        desk.put(Source(description="Ray", kind=SourceKind.NAMED_INDIVIDUAL, entity=two.id))
    before = state(desk)
    kept = merge_entities(desk, one, [two, three])
    assert kept.aliases == ("A. Ray", "Ray", "RAY")
    assert (kept.kb_id, kept.description) == ("Q7", "poet")
    assert {a.entity for a in desk.find(Annotation)} == {one.id}
    assert desk.find(Source)[0].entity == one.id
    assert [line.name for line in register(desk)] == ["Ada Ray"]
    desk.undo()
    assert state(desk) == before
    assert list(desk.check()) == []


def test_merging_in_a_circle_or_into_itself_is_refused_and_names_them(desk):
    one, two, three = (new_entity(desk, name, "PERSON") for name in ("Ada", "Bo", "Cy"))
    with pytest.raises(NewsdeskError, match="Ada can't be merged into itself"):
        merge_entities(desk, one, [two, one])
    with pytest.raises(NewsdeskError, match="Nothing was given to be merged into Ada"):
        merge_entities(desk, one, [])
    merge_entities(desk, one, [two])
    before = state(desk)
    with pytest.raises(NewsdeskError, match=r"Ada can't be merged into Bo: Bo was .* a circle"):
        merge_entities(desk, two, [one])
    with pytest.raises(NewsdeskError, match=r"Bo was merged into Ada.*Merge into Ada"):
        merge_entities(desk, two, [three])
    with pytest.raises(NewsdeskError, match="Bo was merged into another entity before"):
        merge_entities(desk, three, [two])
    assert state(desk) == before


def test_splitting_gives_mentions_an_entry_of_their_own_and_undo_takes_it_back(desk):
    ada = new_entity(desk, "Ada Ray", "PERSON", aliases=("Éva Ray", "Ray"))
    marks = [mark(desk, "Ada Ray"), mark(desk, "Éva Ray", text=1)]
    link_entity(desk, marks, ada)
    before = state(desk)
    eva = split_entity(desk, ada, marks[1:], "Éva Ray")
    assert (eva.kind, desk.get(Entity, ada.id).aliases) == ("PERSON", ("Ray",))
    assert desk.get(Annotation, marks[1].id).entity == eva.id
    assert desk.get(Annotation, marks[0].id).entity == ada.id
    with pytest.raises(NewsdeskError, match="None of these are mentions of Ada Ray"):
        split_entity(desk, ada, marks[1:], "Éva")
    desk.undo()
    assert state(desk) == before


def test_unlinked_mentions_of_the_same_names_are_proposed_and_linked_as_one_step(desk):
    ada = new_entity(desk, "Ada Ray", "PERSON", aliases=("Ray",))
    linked = mark(desk, "Ray", 1)
    link_entity(desk, [linked], ada)
    loose = [mark(desk, "RAY"), mark(desk, "Ray", 1, text=1)]
    mark(desk, "Bo Lund")
    mark(desk, "Oslo", label="GPE")
    mark(desk, "Monday", label="DATE")
    first = desk.find(Article, title="Text 0")[0]
    assert {one.annotation for one in unlinked_mentions(desk, ada)} == {one.id for one in loose}
    assert [one.words for one in unlinked_mentions(desk, ada, article=first.id)] == ["RAY"]
    assert {(one.label, one.words) for one in loose_names(desk)} == {
        ("PERSON", "RAY"), ("PERSON", "Ray"), ("PERSON", "Bo Lund"), ("GPE", "Oslo"),
    }  # fmt: skip
    assert [one.words for one in same_name(desk, linked)] == ["RAY"]
    assert len(same_name(desk, linked, everywhere=True)) == 2
    steps = len(desk.log())
    assert link_mentions(desk, unlinked_mentions(desk, ada), ada) == 2
    assert len(desk.log()) == steps + 1
    assert unlinked_mentions(desk, ada) == []
    desk.undo()
    assert len(unlinked_mentions(desk, ada)) == 2


def test_a_mention_linked_meanwhile_is_left_alone(desk):
    ada, bo = new_entity(desk, "Ada", "PERSON", aliases=("Ray",)), new_entity(desk, "Bo", "PERSON")
    marks = [mark(desk, "Ray", 1), mark(desk, "RAY")]
    found = unlinked_mentions(desk, ada)
    link_entity(desk, marks[:1], bo)
    assert link_mentions(desk, found, ada) == 1
    assert desk.get(Annotation, marks[0].id).entity == bo.id


def test_changing_and_deleting_an_entity(desk):
    ada = new_entity(desk, "Ada", "PERSON", aliases=("Ray", "Ada R."))
    changed = change_entity(desk, ada, name=" Ray ", kind="GPE", aliases=("Ada", "Ray", "Ada", " "))
    assert (changed.name, changed.kind, changed.aliases) == ("Ray", "GPE", ("Ada",))
    with pytest.raises(NewsdeskError, match="needs a name"):
        change_entity(desk, changed, name="  ")
    old = new_entity(desk, "Old", "PERSON")
    merge_entities(desk, changed, [old])
    found = mark(desk, "Ada Ray")
    link_entity(desk, [found], changed)
    before = state(desk)
    assert delete_entity(desk, changed) == 1
    assert desk.find(Entity) == []
    assert desk.get(Annotation, found.id).entity is None
    desk.undo()
    assert state(desk) == before


def test_the_register_is_searched_without_case_and_accents(desk):
    for name in ("Éva Ångström", "Evan"):
        new_entity(desk, name, "PERSON")
    assert [one.name for one in find_entities(desk, "eva")] == ["Evan", "Éva Ångström"]
    assert [one.name for one in find_entities(desk, "ANGSTROM")] == ["Éva Ångström"]
    assert find_entities(desk, "…") == []
