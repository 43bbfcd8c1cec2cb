"""PROV: valid by the readers of others, the same in both forms, and true to the mapping."""

import json
from typing import Any

import msgspec
import pytest
import rdflib
from hypothesis import given, settings
from prov.model import ProvDocument

from newsdesk.formats import format_named
from newsdesk.formats.format import Bundle, Losses, Part
from newsdesk.formats.prov import RECORDS, write_prov
from newsdesk.formats.prov_o import write_prov_o
from newsdesk.model import (
    Assertion,
    Attribution,
    Channel,
    ClaimState,
    Link,
    LinkKind,
    Source,
    SourceKind,
    replace,
)
from tests.formats.samples import LABELS, Given, Memory, bundles, small

PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
NEWSDESK = rdflib.Namespace("urn:newsdesk:vocabulary:")


def as_json(dataset: Any) -> tuple[dict[str, Any], Losses]:
    target = Memory()
    losses = write_prov(dataset, target)
    return json.loads(target.content), losses


def as_graph(dataset: Any) -> rdflib.Graph:
    target = Memory()
    write_prov_o(dataset, target)
    return rdflib.Graph().parse(data=target.content, format="turtle")


def name(kind: str, id: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"{RECORDS}{kind}/{id}")


@pytest.fixture
def dataset() -> Given:
    """The small dataset with a ladder of three hops, a gap in it, and an answer."""
    found = small()
    bundle = found.bundles[1]
    stated = bundle.annotations[3]
    wire = Source(description="a wire", kind=SourceKind.MEDIA_OUTLET)
    firm = Source(description="the firm", kind=SourceKind.NAMED_GROUP)
    found.speakers += [wire, firm]
    ties = (
        *bundle.attributions,
        Attribution(content=stated.id, source=found.speakers[0].id, hop=0),
        Attribution(content=stated.id, source=wire.id, hop=2),
        Attribution(content=stated.id, source=firm.id, assertion=Assertion.DENIED),
        Attribution(content=stated.id, source=firm.id, hop=3,
                    channel=Channel.DECLINED_TO_COMMENT),
    )  # fmt: skip
    found.bundles[1] = msgspec.structs.replace(bundle, attributions=ties)
    return found


def test_the_prov_library_reads_it_and_gives_it_back(dataset: Given) -> None:
    target = Memory()
    write_prov(dataset, target)
    found = ProvDocument.deserialize(content=target.content.decode(), format="json")
    again = ProvDocument.deserialize(content=found.serialize(format="json"), format="json")
    assert again == found
    counted = sum(len(one) for key, one in as_json(dataset)[0].items() if key != "prefix")
    assert len(found.records) == counted > 40


def test_both_forms_say_the_same(dataset: Given) -> None:
    """Every relation between records in PROV-JSON stands in PROV-O, as its property."""
    form, _ = as_json(dataset)
    graph = as_graph(dataset)
    kinds = {
        "prov:Quotation": PROV.wasQuotedFrom,
        "prov:Revision": PROV.wasRevisionOf,
        "prov:PrimarySource": PROV.hadPrimarySource,
    }
    compared = 0
    for section, relations in form.items():
        if section in ("prefix", "entity", "agent", "activity"):
            continue
        for one in relations.values():
            ends = [v for v in one.values() if isinstance(v, str) and v.startswith("record:")]
            start, end = (rdflib.URIRef(v.replace("record:", RECORDS, 1)) for v in ends)
            type = one.get("prov:type", {}).get("$", "")
            assert (start, kinds.get(type, PROV[section]), end) in graph, one
            compared += 1
    assert compared > 25
    for section, kind in (("entity", PROV.Entity), ("agent", PROV.Agent)):
        assert len(set(graph.subjects(rdflib.RDF.type, kind))) == len(form[section])


def test_articles_quotes_claims_and_copies_are_mapped(dataset: Given) -> None:
    graph = as_graph(dataset)
    old, bundle = dataset.bundles
    article = name("article", bundle.article.id)
    (claim, (seen,)) = dataset.stated[0]
    assert (article, PROV.wasRevisionOf, name("article", old.article.id)) in graph
    outlet = name("source", dataset.speakers[2].id)
    assert (article, PROV.wasAttributedTo, outlet) in graph
    assert (name("annotation", seen), PROV.wasQuotedFrom, article) in graph
    assert (name("claim", claim.id), PROV.wasDerivedFrom, name("annotation", seen)) in graph
    proof, shot = name("evidence", dataset.found[0].id), name("snapshot", dataset.captured[0].id)
    assert (proof, PROV.wasQuotedFrom, shot) in graph
    assert (shot, NEWSDESK.sha256, rdflib.Literal(dataset.captured[0].sha256)) in graph
    review = name("review", dataset.checked[0].id)
    assert (review, PROV.used, name("claim", claim.id)) in graph
    assert (review, PROV.wasAssociatedWith, rdflib.URIRef(f"{RECORDS}person/Bea")) in graph


def test_a_ladder_is_a_chain_with_hop_0_as_the_primary_source(dataset: Given) -> None:
    graph = as_graph(dataset)
    stated = dataset.bundles[1].annotations[3].id
    ties = [one for one in dataset.bundles[1].attributions if one.content == stated]
    first, second, denied, silent = (name("statement", one.id) for one in ties)
    content = name("annotation", stated)
    assert (content, PROV.wasDerivedFrom, second) in graph
    assert (second, PROV.hadPrimarySource, first) in graph
    # Hop 1 is nobody's: the gap is told on the derivation that passes over it.
    gaps = list(graph.subject_objects(NEWSDESK.missingHops))
    assert [gap.toPython() for _, gap in gaps] == [1]
    assert (gaps[0][0], PROV.entity, first) in graph
    assert (first, PROV.wasAttributedTo, name("source", dataset.speakers[0].id)) in graph
    # Answers are no rungs: they stand apart.
    for answer in (denied, silent):
        assert (answer, PROV.wasInfluencedBy, content) in graph
        assert (answer, rdflib.RDF.type, NEWSDESK.Answer) in graph
        assert (content, PROV.wasDerivedFrom, answer) not in graph


def test_a_retraction_invalidates_and_reopening_takes_that_back(dataset: Given) -> None:
    (claim, seen) = dataset.stated[0]
    taken_back = replace(
        dataset.checked[0], id="r2", from_state=ClaimState.VERIFIED, to_state=ClaimState.RETRACTED
    )
    dataset.checked.append(taken_back)
    dataset.stated[0] = (replace(claim, state=ClaimState.RETRACTED), seen)
    form, _ = as_json(dataset)
    (one,) = form["wasInvalidatedBy"].values()
    assert one["prov:activity"] == "record:review/r2"
    assert one["prov:time"] == taken_back.at
    dataset.stated[0] = (replace(claim, state=ClaimState.IN_REVIEW), seen)
    assert "wasInvalidatedBy" not in as_json(dataset)[0]


def test_links_keep_their_kind_or_are_reported(dataset: Given) -> None:
    (claim, _) = dataset.stated[0]
    other = replace(claim, id="other")
    dataset.stated.append((other, ()))
    ada = dataset.register[0].id
    dataset.tied = [
        Link(kind=LinkKind.CORRECTS, from_id="other", to_id=claim.id, note="Wrong."),
        Link(kind=LinkKind.SAME_CLAIM, from_id="other", to_id=claim.id),
        Link(kind=LinkKind.CONTRADICTS, from_id="other", to_id=claim.id),
        Link(kind=LinkKind.SAME_AS, from_id=dataset.speakers[0].id, to_id=dataset.speakers[1].id),
        Link(kind=LinkKind.SAME_AS, from_id=ada, to_id=dataset.speakers[0].id),
    ]
    form, losses = as_json(dataset)
    revisions = [one for one in form["wasDerivedFrom"].values() if "newsdesk:link" in one]
    assert [one["newsdesk:note"] for one in revisions] == ["Wrong."]
    assert len(form["alternateOf"]) == 1
    kinds = {one.get("newsdesk:link") for one in form["wasInfluencedBy"].values()}
    assert {"contradicts", "same_as", "supports"} <= kinds
    assert losses.counts[Part.LINKS] == 1


def test_losses_are_told_and_match_the_format(dataset: Given) -> None:
    _, losses = as_json(dataset)
    lost = format_named("prov").losses
    assert losses.counts.keys() <= lost | {Part.LINKS, Part.ATTRIBUTIONS}
    told = {(one.part, one.record) for one in losses.listed}
    cue = dataset.bundles[1].annotations[1]
    assert (Part.ANNOTATIONS, cue.id) in told
    assert (Part.RAW, dataset.bundles[1].article.id) in told


@settings(max_examples=15)
@given(bundle=bundles())
def test_any_text_any_name_any_span(bundle: Bundle) -> None:
    dataset = Given(labels=LABELS, bundles=[bundle])
    target = Memory()
    write_prov(dataset, target)
    ProvDocument.deserialize(content=target.content.decode(), format="json")
    graph = as_graph(dataset)
    quotes = {str(one) for one in graph.objects(None, PROV.value)}
    layers = {label.id: label.layer for label in LABELS}
    wanted = {m.quote for m in bundle.annotations if layers[m.label] in ("quote", "claim")}
    assert quotes == wanted


def test_names_of_people_and_addresses_can_hold_anything() -> None:
    found = small()
    bundle = found.bundles[1]
    marks = tuple(replace(one, author='Zoë <"\\> /😀') for one in bundle.annotations)
    article = replace(bundle.article, url='http://x.example/a b"<c>')
    found.bundles[1] = msgspec.structs.replace(bundle, article=article, annotations=marks)
    graph = as_graph(found)
    assert rdflib.Literal('Zoë <"\\> /😀') in set(graph.objects(None, rdflib.RDFS.label))
    assert any("a b" in str(one) for one in graph.objects(None, NEWSDESK.url))
    as_json(found)
