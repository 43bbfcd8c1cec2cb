"""The newsroom's verbs, and what each leaves on the desk."""

import json

import pytest

from newsdesk.desk.annotating import (
    add_fragment,
    annotate,
    delete,
    reject,
    relabel,
    resize,
    set_attributes,
    write_note,
)
from newsdesk.desk.articles import (
    add_article,
    delete_articles,
    outlet_named,
    retitle,
    set_status,
)
from newsdesk.desk.attributing import (
    add_via,
    claim_from,
    mark_quote,
    set_cue,
    set_speaker,
    state_claim,
    unattribute,
)
from newsdesk.desk.codebooks import put_label, read_codebook, use_codebook
from newsdesk.desk.keeping import back_up
from newsdesk.desk.register import find_entities, link_entity, new_entity
from newsdesk.model import (
    Annotation,
    Article,
    ArticleStatus,
    Attribute,
    Attribution,
    Channel,
    Claim,
    ClaimState,
    Evidence,
    Label,
    Layer,
    Manner,
    NewsdeskError,
    Source,
    Span,
    Stance,
    Status,
    new_article,
    replace,
)


def at(article, words):
    start = article.text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def quote(desk, article):
    return annotate(
        desk, article, desk.label("QUOTE"), [at(article, "It can do 😀 whatever we know.")]
    )


def test_annotate_keeps_the_words_the_author_and_the_codebooks_version(desk, article):
    made = annotate(
        desk, article, desk.label("PERSON"), [(0, 3), (3, 12)], note="n", attributes={"a": 1}
    )
    assert made.spans == (Span(0, 12),), "touching spans are one"
    assert (made.quote, made.author, made.label_version) == ("Ada Lovelace", "Ann", 1)
    assert desk.get(Annotation, made.id) == made
    assert desk.get(Article, article.id).status is ArticleStatus.IN_PROGRESS


@pytest.mark.parametrize("spans", [[(0, 9000)], [(-1, 2)], [(5, 5)], [(3, 4)], []])
def test_a_span_that_marks_no_words_is_refused(desk, article, spans):
    with pytest.raises(NewsdeskError, match="Nothing"):
        annotate(desk, article, desk.label("PERSON"), spans)
    assert desk.find(Annotation) == []


def test_resize_and_fragments(desk, article):
    made = annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    assert resize(desk, made, [(0, 12)]).quote == "Ada Lovelace"
    two = add_fragment(desk, made, at(article, "Ada left"))
    assert two.quote == "Ada Lovelace … Ada left"
    assert desk.undoable == "Add a fragment to “Ada”", "one step, not two"
    desk.undo()
    assert desk.get(Annotation, made.id).quote == "Ada Lovelace"


def test_relabel_drops_what_the_new_label_does_not_ask_for(desk, article):
    polarity = Attribute(name="polarity")
    put_label(desk, replace(desk.label("CUE"), attributes=(polarity,)))
    cue = annotate(desk, article, desk.label("CUE"), [at(article, "said")])
    assert cue.label_version == 2, "a new question is a new version of the label"
    set_attributes(desk, cue, {"polarity": "denied", "other": 1})
    assert set_attributes(desk, cue, {"other": None}).attributes == {"polarity": "denied"}
    assert relabel(desk, cue, desk.label("ORG")).attributes == {}


def test_a_claim_comes_into_being_with_its_first_appearance(desk, article):
    made = annotate(desk, article, desk.label("CLAIM"), [at(article, "Ada left.")])
    (claim,) = desk.find(Claim)
    assert made.claim == claim.id
    assert claim.statement == "Ada left."
    assert claim_from(desk, made) == claim, "it has one already"
    assert state_claim(desk, claim, statement="Ada Lovelace left.").statement.endswith("left.")
    with pytest.raises(NewsdeskError, match="statement"):
        state_claim(desk, claim, statement=" ")
    assert desk.claims_of(article.id).keys() == {claim.id}
    assert desk.appearances() == {claim.id: [made.id]}


def test_a_claim_goes_with_its_last_appearance_unless_somebody_reviewed_it(desk, article):
    label = desk.label("CLAIM")
    one = annotate(desk, article, label, [(0, 3)])
    delete(desk, [one])
    assert desk.count(Claim) == 0
    two = annotate(desk, article, label, [(0, 3)])
    with desk.change("Review"):
        desk.put(replace(desk.get(Claim, two.claim), state=ClaimState.IN_REVIEW))
    relabel(desk, two, desk.label("PERSON"))
    assert desk.count(Claim) == 1
    assert desk.get(Annotation, two.id).claim is None


def test_a_suggested_claim_has_no_claim_before_it_is_accepted(desk, article):
    from newsdesk.desk.annotating import accept

    waiting = annotate(desk, article, desk.label("CLAIM"), [(0, 3)], status=Status.PROPOSED)
    assert waiting.claim is None
    accept(desk, [waiting])
    assert desk.count(Claim) == 1
    reject(desk, [waiting])
    assert desk.get(Annotation, waiting.id).status is Status.REJECTED


def test_a_quote_with_its_speaker_is_one_step(desk, article):
    person = new_entity(desk, "Ada Lovelace", "PERSON")
    link_entity(desk, [annotate(desk, article, desk.label("PERSON"), [(0, 12)])], person)
    quote = mark_quote(
        desk,
        article,
        [at(article, "It can do 😀 whatever we know.")],
        speaker=Span(0, 12),
        cue=at(article, "said"),
        manner=Manner.DIRECT,
    )
    (hop,) = desk.attributions_of(article.id)
    assert (hop.content, hop.hop, hop.manner) == (quote.id, 0, Manner.DIRECT)
    source = desk.get(Source, hop.source)
    assert (source.description, source.entity) == ("Ada Lovelace", person.id)
    assert desk.get(Annotation, hop.cue).quote == "said"
    assert {tie.id for tie in desk.tied_to(hop.cue)} == {hop.id}
    desk.undo()
    assert desk.count(Attribution) == desk.count(Source) == 0


def test_via_adds_a_hop_and_leaves_hop_0_to_the_originator(desk, article, quote):
    via = add_via(desk, quote, at(article, "The Times"))
    assert via.hop == 1
    first = set_speaker(desk, quote, (0, 12))
    assert first.hop == 0
    assert [one.hop for one in desk.attributions_of(article.id)] == [0, 1]
    again = set_speaker(desk, quote, at(article, "Ada left"))
    assert again.id == first.id, "a quote has one originator"
    set_cue(desk, quote, at(article, "said"))
    unattribute(desk, desk.get(Attribution, first.id))
    assert [one.hop for one in desk.attributions_of(article.id)] == [1]
    assert desk.find(Annotation, label=desk.label("CUE").id) == []


def test_only_quotes_and_claims_have_speakers(desk, article):
    person = annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    with pytest.raises(NewsdeskError, match="Only a quote or a claim"):
        set_speaker(desk, person, (4, 12))


def test_deleting_a_mention_leaves_the_attribution_without_it(desk, article, quote):
    hop = set_speaker(desk, quote, (0, 12))
    delete(desk, [desk.get(Annotation, hop.source_mention)])
    assert desk.get(Attribution, hop.id).source_mention is None
    assert desk.get(Attribution, hop.id).source == hop.source
    delete(desk, [quote])
    assert desk.count(Attribution) == 0
    desk.undo()
    assert desk.count(Attribution) == 1
    assert list(desk.check()) == []


def test_the_register_finds_whole_names_first(desk, article):
    for name, aliases in (("Lovelace", ()), ("Ada Lovelace", ("AAL",)), ("Adalbert", ())):
        new_entity(desk, name, "PERSON", aliases=aliases)
    assert [one.name for one in find_entities(desk, "lovelace")] == ["Lovelace", "Ada Lovelace"]
    assert [one.name for one in find_entities(desk, "aal")] == ["Ada Lovelace"]
    assert [one.name for one in find_entities(desk, "ada")] == ["Ada Lovelace", "Adalbert"]
    assert find_entities(desk, "zzz") == []
    with pytest.raises(NewsdeskError, match="needs a name"):
        new_entity(desk, " ", "PERSON")
    ada = find_entities(desk, "aal")[0]
    mark = annotate(desk, article, desk.label("PERSON"), [(0, 12)])
    assert link_entity(desk, [mark], ada) == 1
    assert desk.mention_counts() == {ada.id: 1}
    assert link_entity(desk, [mark], None) == 1


def test_articles_get_outlets_titles_and_states(desk):
    made = add_article(desk, new_article("Ha.", title="Ha"), "The Courier")
    assert outlet_named(desk, "The Courier").id == made.outlet
    assert retitle(desk, made.id, " Hm ").title == "Hm"
    assert set_status(desk, made.id, ArticleStatus.REVIEWED).status is ArticleStatus.REVIEWED
    assert desk.outlets() == [("The Courier", 1)]
    assert desk.statuses() == {"reviewed": 1}
    with pytest.raises(NewsdeskError, match="needs a title"):
        retitle(desk, made.id, "")


def test_articles_are_deleted_with_their_marks_and_come_back(desk, article, quote):
    set_speaker(desk, quote, (0, 12))
    assert delete_articles(desk, [article.id]) == 1
    assert desk.count(Article) == desk.count(Annotation) == desk.count(Attribution) == 0
    assert desk.search("Lovelace") == []
    desk.undo()
    assert desk.get(Article, article.id).text == article.text
    assert len(desk.search("Lovelace")) == 1
    assert list(desk.check()) == []


def test_an_article_in_use_is_not_deleted(desk, article):
    made = annotate(desk, article, desk.label("CLAIM"), [(0, 3)])
    other = add_article(desk, new_article("More.", title="More", supersedes=article.id))
    with pytest.raises(NewsdeskError, match="supersedes"):
        delete_articles(desk, [article.id])
    with desk.change("Evidence"):
        desk.put(Evidence(claim=made.claim, stance=Stance.SUPPORTS, article=other.id))
    with pytest.raises(NewsdeskError, match="evidence"):
        delete_articles(desk, [other.id])
    assert desk.count(Article) == 2


def test_the_shipped_codebook_loads_once(desk, tmp_path):
    fresh = use_codebook(desk)
    assert fresh > 10
    assert use_codebook(desk) == 0
    keys = [one.shortcut for one in desk.codebook() if one.shortcut]
    assert len(keys) == len(set(keys)), "no key tags two labels"
    assert {one.layer for one in desk.codebook()} == set(Layer)


@pytest.mark.parametrize("content", ["", "[]", '{"format": "x", "version": 1, "labels": []}'])
def test_what_is_no_codebook_is_refused_by_name(desk, tmp_path, content):
    path = tmp_path / "book.json"
    path.write_text(content)
    with pytest.raises(NewsdeskError, match=r"book\.json"):
        use_codebook(desk, path)


def test_a_codebook_names_the_field_that_is_wrong(tmp_path):
    path = tmp_path / "book.json"
    label = {"name": "X", "layer": "entity", "colour": 5}
    path.write_text(json.dumps({"format": "newsdesk.codebook", "version": 1, "labels": [label]}))
    with pytest.raises(NewsdeskError, match=r"labels\[0\]\.colour|labels\[\.\.\.\]\.colour"):
        read_codebook(path)


def test_names_and_keys_of_labels_are_taken_once(desk):
    person = put_label(desk, replace(desk.label("PERSON"), shortcut="1"))
    assert person.version == 1, "a key is no change of meaning"
    with pytest.raises(NewsdeskError, match="The key 1 tags PERSON"):
        put_label(desk, replace(desk.label("ORG"), shortcut="1"))
    with pytest.raises(NewsdeskError, match="already"):
        put_label(desk, Label(name="PERSON", layer=Layer.ENTITY))
    with pytest.raises(NewsdeskError, match="no label “NOBODY”"):
        desk.label("NOBODY")


def test_notes_and_channels(desk, article, quote):
    assert write_note(desk, quote, " look ").note == "look"
    hop = set_speaker(desk, quote, (0, 12))
    with desk.change("Channel"):
        desk.put(replace(hop, channel=Channel.INTERVIEW))
    assert desk.find(Attribution, channel=Channel.INTERVIEW)[0].id == hop.id


def test_a_backup_is_complete_and_refuses_to_overwrite(desk, article, tmp_path):
    from newsdesk.desk import open_desk

    copy = back_up(tmp_path / "a.desk", tmp_path / "copy.desk")
    restored = open_desk(copy, "Ann")
    assert restored.get(Article, article.id) == article
    assert list(restored.check()) == []
    restored.close()
    with pytest.raises(NewsdeskError, match="exists already"):
        back_up(tmp_path / "a.desk", copy)
    with pytest.raises(NewsdeskError, match="No copy"):
        back_up(tmp_path / "a.desk", tmp_path / "no" / "folder.desk")
