"""Alias proposals: right ones are found, wrong ones are not, and decisions are remembered."""

import pytest

from newsdesk.desk import aliases, create_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.articles import add_article
from newsdesk.desk.register import link_entity, new_entity
from newsdesk.desk.sample import build_sample_desk
from newsdesk.model import Annotation, Entity, Label, Layer, new_article, replace
from newsdesk.model.register import EntityLine, LooseName


def line(name, kind="PERSON", *also, mentions=1):
    return EntityLine(name, name, kind, also, "", mentions, 1)


def proposed(names, loose=(), kind="PERSON"):
    lines = [line(name, kind) if isinstance(name, str) else name for name in names]
    words = [LooseName(kind, one, 1, 1) for one in loose]
    return [
        (one.entity.name, one.words, one.reason.name.lower())
        for one in aliases.proposals(lines, words)
    ]


@pytest.mark.parametrize(
    ("kind", "known", "words", "reason"),
    [
        ("PERSON", "Zoë Ångström", "ZOE ANGSTROM", "same"),
        ("PERSON", "Mikkel Sørvaag", "Mikkel Sorvaag", "same"),
        ("PERSON", "Joanne Kathleen Rowling", "J. K. Rowling", "initials"),
        ("PERSON", "Joanne Kathleen Rowling", "J.K. Rowling", "initials"),
        ("PERSON", "Henk Wolderink", "Mr Wolderink", "surname"),
        ("PERSON", "Virgil van Dijk", "van Dijk", "surname"),
        ("PERSON", "Virgil van Dijk", "Van Dijk", "surname"),
        ("PERSON", "Harriet Okonjo-Vale", "Okonjo-Vale", "surname"),
        ("PERSON", "Declan Moorhouse", "Declan Moorehouse", "slip"),
        ("PERSON", "Henk Wolderink", "Dr Henk Wolderink", "form"),
        ("OUTLET", "The Wexmouth Courier", "Wexmouth Courier", "form"),
        ("ORG", "Tidewrack Marine", "Tidewrack Marine Ltd.", "form"),
        ("ORG", "World Health Organization", "WHO", "acronym"),
        ("ORG", "Department for Ports and Coasts", "DPC", "acronym"),
    ],
)
def test_what_may_mean_the_same_is_proposed(kind, known, words, reason):
    assert proposed([known], [words], kind) == [(known, words, reason)]


@pytest.mark.parametrize(
    ("kind", "names", "words"),
    [
        ("PERSON", ["Maria Petrova"], ["Mario Petrova"]),
        ("PERSON", ["Jon Smith"], ["Joan Smith"]),
        ("PERSON", ["Anna Berg", "Nils Berg"], ["Berg"]),
        ("PERSON", ["Anna Berg"], ["Anna"]),
        ("PERSON", ["Anna Kay Berg", "Alma Kai Berg"], ["A. K. Berg"]),
        ("PERSON", ["Anna Berg"], ["Anton Berg"]),
        ("GPE", ["Halden Bridge"], ["Halden Weir"]),
        ("GPE", ["Austria"], ["Australia"]),
        ("ORG", ["Corvane 3"], ["Corvane 4"]),
        ("ORG", ["Aldermoor City", "Aldermoor Argus"], ["City"]),
        ("ORG", ["Bank of Norway"], ["BON", "who"]),
        ("PERSON", ["—"], ["…"]),
    ],
)
def test_what_only_looks_alike_is_not(kind, names, words):
    assert proposed(names, words, kind) == []


def test_kinds_are_never_mixed():
    person, place = line("Wexmouth"), line("wexmouth", "GPE")
    loose = [LooseName("GPE", "WEXMOUTH", 1, 1)]
    (found,) = aliases.proposals([person, place], loose)
    assert (found.entity, found.kind) == (place, "GPE")


def test_of_two_entities_the_one_mentioned_more_stays():
    rare, often = line("Zoe Angstrom", mentions=1), line("Zoë Ångström", mentions=9)
    (found,) = aliases.proposals([rare, often], [])
    assert (found.entity, found.other, found.mentions) == (often, rare, 1)


def test_on_the_seeds_every_proposal_is_right(tmp_path):
    desk = build_sample_desk(tmp_path / "a.desk", "Ann")
    try:
        assert aliases.alias_proposals(desk) == []
        entities = {one.id: one for one in desk.find(Entity)}
        labels = {one.id: one.name for one in desk.codebook()}
        gold = {}
        linked = [one for one in desk.find(Annotation) if one.entity]
        for one in linked:
            gold.setdefault((labels[one.label], one.quote), set()).add(one.entity)
        with desk.change("Forget the aliases"):
            desk.put_all([replace(one, aliases=()) for one in entities.values()])
            desk.put_all(
                [
                    replace(one, entity=None)
                    for one in linked
                    if one.quote != entities[one.entity].name
                ]
            )
        found = aliases.alias_proposals(desk)
        assert len(found) >= 15
        assert all(gold[one.kind, one.words] == {one.entity.id} for one in found)
    finally:
        desk.close()


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "b.desk", "Ann")
    with made.change("Set up"):
        label = made.put(Label(name="PERSON", layer=Layer.ENTITY))
    article = add_article(made, new_article("Ada Ray came. Then Ray and RAY left.", title="A"))
    for words in ("Ray and", "RAY"):
        start = article.text.index(words)
        annotate(made, article, label, [(start, start + 3)])
    yield made
    made.close()


def test_accepting_words_links_them_and_keeps_the_alias_as_one_step(desk):
    ada = new_entity(desk, "Ada Ray", "PERSON")
    (found,) = aliases.alias_proposals(desk)
    assert [one.words for one in aliases.proposed_mentions(desk, found)] == ["Ray", "RAY"]
    steps = len(desk.log())
    assert aliases.accept(desk, found) == 2
    assert len(desk.log()) == steps + 1
    assert desk.get(Entity, ada.id).aliases == ("Ray",)
    assert {one.entity for one in desk.find(Annotation)} == {ada.id}
    assert aliases.alias_proposals(desk) == []
    desk.undo()
    assert aliases.alias_proposals(desk) == [found]


def test_accepting_two_entities_merges_them(desk):
    ada, other = new_entity(desk, "Ada Ray", "PERSON"), new_entity(desk, "ADA RAY", "PERSON")
    link_entity(desk, desk.find(Annotation), ada)
    (found,) = aliases.alias_proposals(desk)
    aliases.accept(desk, found)
    assert desk.get(Entity, other.id).merged_into == ada.id


def test_a_dismissal_is_remembered_and_undoable(desk):
    new_entity(desk, "Ada Ray", "PERSON")
    (found,) = aliases.alias_proposals(desk)
    aliases.dismiss(desk, found)
    aliases.dismiss(desk, found)
    assert aliases.alias_proposals(desk) == []
    desk.undo()
    assert aliases.alias_proposals(desk) == [found]
