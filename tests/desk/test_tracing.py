"""The planted cases of the sample desk: each is found, and hardly anything else."""

import json
from collections.abc import Iterator

import pytest

from newsdesk.desk import Desk, create_desk
from newsdesk.desk.as_of import claim_as_of, moment_at
from newsdesk.desk.claim_merging import merge_claims
from newsdesk.desk.codebooks import use_codebook
from newsdesk.desk.dossier import write_dossier
from newsdesk.desk.dossier_checking import verify_dossier
from newsdesk.desk.gating import (
    article_gate,
    claim_gate,
    desk_contradictions,
    desk_gate,
    desk_hedges,
    desk_ledger,
    desk_plurals,
    desk_quotes,
    desk_replies,
)
from newsdesk.desk.importing import import_files
from newsdesk.desk.reviewing import cite, dismiss_contradiction, review, sign_off
from newsdesk.desk.sample import build_sample_desk
from newsdesk.desk.tracing import desk_circles, desk_independence, ladders, trace
from newsdesk.model import (
    Annotation,
    Article,
    Claim,
    ClaimState,
    Link,
    NewsdeskError,
    Review,
    Stance,
)
from newsdesk.provenance.gate import ClaimFile, Item, seen_not_kept
from newsdesk.provenance.independence import independence
from newsdesk.provenance.ripple import reopened
from newsdesk.settings import shipped

CASES = {
    case["name"]: case
    for case in json.loads((shipped("seeds") / "planted.json").read_text(encoding="utf-8"))["cases"]
}

BESIDES = {
    # Three outlets quote the same manager, and three the same member of parliament: so it is.
    "independence": {
        "Wexmouth Rovers will not sell Mikkel Sørvaag in the summer of 2025.",
        "The contract for the Port Wenlock sea wall was given to Tidewrack Marine without a "
        "tender.",
    },
    # “Will apparently let him return”: nobody is named to whom that appears. “It is claimed” and
    # “the court heard” are planted for other points.
    "unowned": {
        "Aldermoor City will let Danilo Mertz return to Belgium in the summer of 2025.",
        "By 10 July 2025 Mikkel Sørvaag had looked at houses in Aldermoor.",
        "Rufus Tolland-Pike replaced a client’s silver with plated copies and sold the originals "
        "to meet gambling debts.",
    },
    # “Council officers believe”, and not one of them is on record.
    "plurals": {"Council officers"},
    # Opened without warning, says the withdrawn report; warned 45 minutes before, says the firm.
    "contradictions": {
        "North Fells Water opened the gates of Halden Weir at 2am on 12 November 2025 without "
        "warning the town."
    },
}
"""True by the definition of the alarm, though not planted: counted, and told apart from false."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample desk; the tests of this module don't change it."""
    made = build_sample_desk(tmp_path_factory.mktemp("sample") / "sample.desk", "Ann")
    yield made
    made.close()


@pytest.fixture
def own_desk(tmp_path):
    """A sample desk that a test may change."""
    made = build_sample_desk(tmp_path / "own.desk", "Ben")
    yield made
    made.close()


@pytest.fixture(scope="module")
def found(desk):
    return trace(desk)


def cases(point):
    return [case for case in CASES.values() if case["point"] == point]


def told(found, ids):
    return {found.claims[id].statement for id in ids}


# 1. The hop ladder


def test_every_planted_ladder(desk):
    for case in cases(1):
        (claim,) = case["claims"]
        by_id = {ladder.appearance: ladder for ladder in ladders(desk, claim)}
        mine = [by_id[id] for id in case["annotations"] if id in by_id]
        if not mine:  # the case names the quotes around the claim's words
            mine = [
                one
                for id, one in by_id.items()
                if desk.get(Annotation, id).article in case["articles"]
            ]
        climbed = [[(*rung.sources, None)[0] for rung in one.rungs] for one in mine]
        assert case["expect"]["ladder"] in climbed, case["name"]
        for ladder in mine:
            if case["expect"]["ladder"][0] is None and not ladder.originators:
                assert ladder.gaps[0] == 0
                assert ladder.distance is None


# 2. Independence and circles


def test_planted_independence(desk, found):
    for name in ("three outlets, one source", "two witnesses, one person"):
        case = CASES[name]
        made = independence(found.of(case["claims"][0]), found.who)
        expected = case["expect"]
        assert (made.appearances, made.originators) == (
            expected["appearances"],
            expected["originators"],
        )
    alarms = told(found, (one.claim for one in desk_independence(found)))
    planted = told(found, CASES["three outlets, one source"]["claims"])
    assert alarms == planted | BESIDES["independence"]


def test_the_planted_circle_and_no_other(found):
    case = CASES["circular reporting"]
    (circle,) = desk_circles(found)
    assert [circle.claim] == case["claims"]
    assert set(circle.sources) == set(case["expect"]["cycle"])
    assert set(circle.appearances) <= set(case["annotations"])


# 3. Firmness


def test_planted_hedges(found):
    lost, firmed, unowned = desk_hedges(found)
    case = CASES["a hedge that is lost"]
    (one,) = lost
    assert [one.hedged] == case["expect"]["hedged"]
    assert [one.flat] == case["expect"]["unhedged"]
    assert one.headline == case["articles"][1]
    case = CASES["from bid to fee"]
    assert [[one.earlier, one.later] for one in firmed] == [case["claims"]]
    of = {each.id: each.claim for those in found.appearances.values() for each in those}
    expected = told(found, CASES["an expectation of nobody"]["claims"])
    for name in ("it is claimed", "the court heard"):
        assert told(found, CASES[name]["claims"]) <= BESIDES["unowned"]
    assert told(found, (of[id] for id in unowned)) == expected | BESIDES["unowned"]


# 4. The anonymity ledger


def test_the_planted_ledger_exactly(desk):
    lines = desk_ledger(desk)
    for case in (CASES["no reason given"], CASES["no position to know"]):
        missing = [one for one in lines if case["expect"]["missing"] in one.missing]
        assert {one.source for one in missing} == set(case["sources"])
        assert {article for one in missing for article in one.articles} <= set(case["articles"])
    assert all("approved_by" in one.missing for one in lines)


def test_the_planted_plural(desk):
    case = CASES["officials, plural"]
    alarms = {one.description: one for one in desk_plurals(desk)}
    officials = alarms.pop("officials")
    assert officials.on_record == case["expect"]["on_record"]
    assert {officials.source, *officials.individuals} == set(case["sources"])
    assert [officials.article] == case["articles"]
    assert set(alarms) == BESIDES["plurals"]


# 5. Evidence


def test_the_log_that_was_seen_and_not_kept(desk, found):
    case = CASES["seen, not kept"]
    seen = {
        id: seen_not_kept(ClaimFile(claim=claim, appearances=found.of(id), sources=found.sources))
        for id, claim in found.claims.items()
    }
    assert {id: those for id, those in seen.items() if those} == {
        case["claims"][0]: case["sources"]
    }
    for claim in case["claims"]:
        assert Item.EVIDENCE in [one.item for one in claim_gate(desk, claim, [])]


# 6. Quote drift


def test_the_planted_drifts_exactly(desk, found):
    drifts = desk_quotes(desk, found)
    matched = set()
    for case in cases(6):
        mine = [
            one
            for one in drifts
            if {one.first, one.variant} <= set(case["annotations"])
            and case["expect"]["change"] in one.changes
        ]
        assert mine, case["name"]
        matched |= {one.variant for one in mine}
    assert {one.variant for one in drifts} == matched


# 7. Contradictions


def test_the_planted_contradictions(desk, found):
    made = desk_contradictions(desk, found)
    matched = []
    for case in cases(7):
        mine = [
            one
            for one in made
            if one.kind == case["expect"]["kind"] and len(set(one.claims) & set(case["claims"])) > 1
        ]
        assert mine, case["name"]
        matched += mine
        assert {id for one in mine for id in one.claims} >= set(case["claims"]) - cores(case)
    others = [one for one in made if one not in matched]
    assert all(told(found, one.claims) & BESIDES["contradictions"] for one in others)
    assert len(others) == 1


def cores(case):
    """What the article says to explain the difference contradicts nothing itself."""
    return set(case["claims"][2:]) if case["name"] == "two rates for seagrass" else set()


def test_the_contradictions_in_the_words_are_found_without_the_links(own_desk):
    with own_desk.change("No links"):
        own_desk.drop_all(own_desk.find(Link))
    made = desk_contradictions(own_desk)
    assert not any(one.confirmed for one in made)
    for name in ("£40m against £4m", "open or shut", "a rising toll", "more households"):
        mine = [one for one in made if len(set(one.claims) & set(CASES[name]["claims"])) > 1]
        assert mine, name


def test_a_dismissed_contradiction_stays_away(own_desk):
    case = CASES["£40m against £4m"]
    pair = [own_desk.get(Claim, id) for id in case["claims"]]
    dismiss_contradiction(own_desk, *pair, "Two different repairs.")
    made = desk_contradictions(own_desk)
    assert not any(set(case["claims"]) <= set(one.claims) for one in made)


# 8. and 9. Who checked it, and what was known when


def test_nothing_is_signed_off(desk):
    assert desk.count(Review) == CASES["nothing is signed off"]["expect"]["reviews"]
    for claim in desk.find(Claim):
        assert Item.REVIEW in [one.item for one in claim_gate(desk, claim.id, [])]


def test_the_toll_as_it_was_known_each_day(desk, found):
    expected = CASES["what was known when"]["expect"]["as_of"]
    made = desk_contradictions(desk, found)
    (toll,) = [one for one in made if set(expected.values()) <= set(one.claims)]
    assert {day: toll.known_on(day) for day in expected} == expected


def test_what_the_desk_knew_after_each_article_came_in(tmp_path):
    """Each day's toll is known from its article on, and until the last one nothing withdraws what
    the second said of the weir."""
    desk = create_desk(tmp_path / "days.desk", "Ann")
    use_codebook(desk)
    moments = []
    for number in ("08", "09", "10"):
        (file,) = shipped("seeds").glob(f"{number}-*.json")
        import_files(desk, [file])
        moments.append(moment_at(desk, desk.log(limit=1)[0].seq))
    days = [claim for _, claim in sorted(CASES["what was known when"]["expect"]["as_of"].items())]
    for known, moment in enumerate(moments, 1):
        for claim in days[:known]:
            assert claim_as_of(desk, claim, moment).trace.of(claim)
        for claim in days[known:]:
            with pytest.raises(NewsdeskError, match="was not on the desk"):
                claim_as_of(desk, claim, moment)
    (weir,) = CASES["a correction that supersedes"]["expect"]["reopens"]
    before, after = (claim_as_of(desk, weir, moment).trace.of(weir) for moment in moments[1:])
    assert [one.only_denied for one in before] == [False]
    assert len(after) >= len(before)
    desk.close()


# 10. The ripple of a correction


def test_the_correction_reopens_what_it_corrects(desk, found):
    expected = CASES["a correction that supersedes"]["expect"]
    ((new, old),) = expected["supersedes"].items()
    assert desk.get(Article, new).supersedes == old
    made = reopened(found.within(old), found.within(new), found.links)
    assert made == expected["reopens"]
    assert Item.SUPERSEDED in [one.item for one in article_gate(desk, old, [])]


# 11. The right of reply


def test_the_planted_replies(desk, found):
    made = {one.appearance: one for one in desk_replies(desk, found)}
    for case in cases(11):
        for id in case["annotations"]:
            assert made[id].answer == case["expect"]["reply"], case["name"]
    unanswered = {id for id, one in made.items() if one.answer is None}
    assert unanswered == {
        id for case in cases(11) if case["expect"]["reply"] is None for id in case["annotations"]
    }


# 12. The gate


def test_the_gate_tells_what_the_planted_claims_lack(desk):
    for case in cases(12):
        for claim in case["claims"]:
            missing = {(one.item.value, one.record) for one in claim_gate(desk, claim, [])}
            items = {item for item, _ in missing}
            assert set(case["expect"]["missing"]) <= items, case["name"]
        for id in case["annotations"]:
            claim = desk.get(Annotation, id).claim
            assert ("source", id) in {
                (one.item.value, one.record) for one in claim_gate(desk, claim, [])
            }


def test_an_article_s_gate_tells_its_own_items_and_its_claims_there(desk):
    case = CASES["officials, plural"]
    (article,) = case["articles"]
    made = article_gate(desk, article)
    assert Item.PLURAL in [one.item for one in made if one.claim is None]
    here = {desk.get(Annotation, id).claim for id in case["annotations"]} - {None}
    assert here <= {one.claim for one in made}
    with pytest.raises(NewsdeskError, match="no article"):
        article_gate(desk, "gone")
    with pytest.raises(NewsdeskError, match="claim gone"):
        claim_gate(desk, "gone")


def test_a_claim_that_is_sourced_proved_and_signed_passes(own_desk):
    statement = "Halden Bridge had 94mm of rain in 18 hours before the flood of 12 November 2025, "
    (claim,) = [one for one in own_desk.find(Claim) if one.statement.startswith(statement)]
    assert {one.item for one in claim_gate(own_desk, claim.id)} == {Item.EVIDENCE, Item.REVIEW}
    (mark,) = own_desk.find(Annotation, claim=claim.id)
    cite(own_desk, claim, Stance.SUPPORTS, mark.quote, article=mark.article)
    review(own_desk, claim, ClaimState.IN_REVIEW, "Mine.")
    sign_off(own_desk, claim, "As measured.")
    assert claim_gate(own_desk, claim.id) == []
    own_desk.undo()
    assert [one.item for one in claim_gate(own_desk, claim.id)] == [Item.REVIEW]


def test_the_whole_desk_s_gate_is_that_of_each_claim(own_desk):
    (rain,) = [one for one in own_desk.find(Claim) if one.statement.startswith("Halden Bridge had")]
    (mark,) = own_desk.find(Annotation, claim=rain.id)
    cite(own_desk, rain, Stance.SUPPORTS, mark.quote, article=mark.article)
    review(own_desk, rain, ClaimState.IN_REVIEW, "Mine.")
    sign_off(own_desk, rain, "As measured.")
    differing = desk_contradictions(own_desk)
    told = [x for one in own_desk.find(Claim) for x in claim_gate(own_desk, one.id, differing)]
    assert sorted(desk_gate(own_desk), key=repr) == sorted(told, key=repr)
    assert all(one.claim != rain.id for one in told)


def test_a_claim_that_was_merged_into_another_is_asked_for_no_more(own_desk):
    rain, other = own_desk.find(Claim)[:2]
    review(own_desk, rain, ClaimState.IN_REVIEW, "Mine.")
    review(own_desk, rain, ClaimState.UNVERIFIABLE, "Nobody knows.")
    merge_claims(own_desk, other, [rain])
    assert own_desk.count(Claim, id=rain.id) == 1
    assert rain.id not in {one.claim for one in desk_gate(own_desk)}


# 13. The dossier


def test_the_planted_claims_have_dossiers_that_stand_alone(desk, tmp_path):
    for case in cases(13):
        for claim in case["claims"]:
            place = write_dossier(desk, claim, tmp_path / f"{claim}.zip")
            report = verify_dossier(place)
            assert (report.sound, report.claim) == (True, claim), case["name"]


# All together


def test_every_point_has_its_planted_cases():
    assert {case["point"] for case in CASES.values()} == set(range(1, 14))


def test_at_most_one_false_alarm_for_ten_articles(desk, found):
    """Whatever an alarm says beyond what is planted for its own point, and what is plainly true
    besides."""
    lost, firmed, unowned = desk_hedges(found)
    of = {each.id: each.claim for those in found.appearances.values() for each in those}
    alarms = {
        ("independence", 2): [{one.claim} for one in desk_independence(found)],
        ("circles", 2): [{one.claim} for one in desk_circles(found)],
        ("lost hedges", 3): [{one.claim} for one in lost],
        ("firmed", 3): [{one.earlier, one.later} for one in firmed],
        ("unowned", 3): [{of[id]} for id in unowned],
        ("contradictions", 7): [set(one.claims) for one in desk_contradictions(desk, found)],
        ("replies", 11): [{one.claim} for one in desk_replies(desk, found) if not one.answer],
    }
    planted = {
        point: {id for case in cases(point) for id in case["claims"]} for _, point in alarms
    }
    false = [
        (name, told(found, claims))
        for (name, point), those in alarms.items()
        for claims in those
        if not claims & planted[point] and not told(found, claims) & BESIDES.get(name, set())
    ]
    # Quotes, sources and plurals are no claims: theirs are the marks that the cases name.
    quotes = {id for case in cases(6) for id in case["annotations"]}
    false += [
        ("quotes", one.variant) for one in desk_quotes(desk, found) if one.variant not in quotes
    ]
    named = {id for case in cases(4) for id in case["sources"]}
    false += [
        ("plurals", one.source)
        for one in desk_plurals(desk)
        if one.source not in named and one.description not in BESIDES["plurals"]
    ]
    false += [
        ("ledger", one.source)
        for one in desk_ledger(desk)
        if {"reason", "position_to_know"} & set(one.missing) and one.source not in named
    ]
    assert len(false) <= desk.count(Article) / 10, false


def test_a_trace_of_some_claims_is_the_whole_one_s_part(desk, found):
    some = [id for case in cases(1) for id in case["claims"]]
    part = trace(desk, some)
    for id in some:
        assert part.of(id) == found.of(id)
        assert part.claims[id] == found.claims[id]


def test_the_questions_do_not_grow_with_the_claims(desk, monkeypatch):
    asked = []
    find = Desk.find
    monkeypatch.setattr(Desk, "find", lambda *a, **k: asked.append(a) or find(*a, **k))
    ids = [one.id for one in desk.find(Claim)]
    counts = []
    for size in (5, len(ids)):
        asked.clear()
        trace(desk, ids[:size])
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10
