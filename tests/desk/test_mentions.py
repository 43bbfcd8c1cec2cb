"""Acts on many annotations at once: previewed, one step, undone as one."""

import pytest

from newsdesk.desk.annotating import add_fragment, annotate
from newsdesk.desk.articles import add_article
from newsdesk.desk.codebooks import merge_labels, put_label, retire_label
from newsdesk.desk.mentions import mentions_like, tag_mentions
from newsdesk.desk.register import link_entity, merge_entities, new_entity, split_entity
from newsdesk.model import (
    Annotation,
    Entity,
    Label,
    NewsdeskError,
    Source,
    SourceKind,
    new_article,
    replace,
)


@pytest.fixture
def ada(desk, article):
    return annotate(desk, article, desk.label("PERSON"), [(0, 3)])


def test_identical_mentions_are_found_previewed_and_tagged_as_one_step(desk, article, ada):
    person = new_entity(desk, "Ada Lovelace", "PERSON")
    link_entity(desk, [ada], person)
    ada = desk.get(Annotation, ada.id)
    other = add_article(desk, new_article("Adam met ada, and Ada 😀 met Ada.", title="More"))
    here = mentions_like(desk, ada)
    assert [one.span.of(article.text) for one in here] == ["Ada"]
    assert "Ada left" in here[0].context
    everywhere = mentions_like(desk, ada, everywhere=True)
    assert [one.title for one in everywhere] == ["Ada", "More", "More"]
    assert len(mentions_like(desk, ada, everywhere=True, match_case=False)) == 4
    assert len(mentions_like(desk, ada, everywhere=True, whole_words=False)) == 4
    assert tag_mentions(desk, ada, everywhere) == 3
    assert desk.mention_counts() == {person.id: 4}
    assert mentions_like(desk, ada, everywhere=True) == [], "what is tagged is left alone"
    desk.undo()
    assert desk.count(Annotation, article=other.id) == 0


def test_a_discontinuous_tag_has_no_identical_mentions(desk, ada):
    with pytest.raises(NewsdeskError, match="several fragments"):
        mentions_like(desk, add_fragment(desk, ada, (4, 12)))


def test_merged_entities_keep_every_name_and_mention(desk, ada):
    one, two, three = (new_entity(desk, name, "PERSON") for name in ("Ada", "AAL", "Countess"))
    link_entity(desk, [ada], two)
    with desk.change("Source"):
        source = desk.put(
            Source(description="Ada", kind=SourceKind.NAMED_INDIVIDUAL, entity=three.id)
        )
    merge_entities(desk, two, [three])
    kept = merge_entities(desk, one, [two])
    assert kept.aliases == ("AAL", "Countess")
    assert desk.get(Annotation, ada.id).entity == desk.get(Source, source.id).entity == one.id
    assert {each.merged_into for each in desk.find(Entity)} == {None, one.id}
    for bad in (one, desk.get(Entity, two.id)):
        with pytest.raises(NewsdeskError, match="itself"):
            merge_entities(desk, bad, [one])
    desk.undo()
    assert desk.get(Annotation, ada.id).entity == two.id
    new = split_entity(desk, two, [ada], "Augusta")
    assert desk.get(Annotation, ada.id).entity == new.id


def test_labels_are_retired_and_merged_with_every_annotation_kept(desk, article, ada):
    org = annotate(desk, article, desk.label("ORG"), [(4, 12)])
    put_label(desk, replace(desk.label("ORG"), shortcut="2"))
    assert merge_labels(desk, desk.label("PERSON"), desk.label("ORG")) == 1
    assert desk.get(Annotation, org.id).label == ada.label
    with pytest.raises(NewsdeskError, match="no label"):
        desk.label("ORG")
    assert len(desk.codebook(retired=True)) == len(desk.codebook()) + 1
    desk.undo()
    assert desk.label("ORG").shortcut == "2"
    with pytest.raises(NewsdeskError, match="two labels of one layer"):
        merge_labels(desk, desk.label("PERSON"), desk.label("CUE"))
    retire_label(desk, desk.label("PERSON"))
    assert desk.get(Label, ada.label).retired
    assert desk.get(Annotation, ada.id) == ada
