"""Contradictions: values and polarity, conflict and development."""

from newsdesk.provenance.contradictions import Kind, Stated, contradictions
from tests.provenance.samples import claim


def found(*statements, **options):
    stated = [
        Stated(claim=claim(text, f"{n}"), published=day)
        for n, (text, day) in enumerate(
            (one, None) if isinstance(one, str) else one for one in statements
        )
    ]
    return contradictions(stated, **options)


COST = "The repair of the Harrow sea wall will cost £{} more than was set aside."


def test_one_measure_with_two_values_is_a_conflict():
    (one,) = found(COST.format("40m"), COST.format("4m"))
    assert one.kind is Kind.CONFLICT
    assert set(one.values) == {(40e6,), (4e6,)}
    assert not one.confirmed


def test_the_day_of_printing_does_not_make_a_cost_a_development():
    (one,) = found((COST.format("40m"), "2026-03-03"), (COST.format("4m"), "2026-03-04"))
    assert one.kind is Kind.CONFLICT


def test_the_same_value_is_none():
    assert found(COST.format("4m"), COST.format("4m")) == []
    assert found(COST.format("4m"), "The repair of the Harrow sea wall will cost a lot.") == []


TOLL = "By {} November 2025 {} people were known to have died in the Halden Bridge flood."


def test_a_rising_toll_develops_and_is_known_day_by_day():
    (one,) = found(TOLL.format(13, "five"), TOLL.format(12, "two"), TOLL.format(15, "seven"))
    assert one.kind is Kind.DEVELOPMENT
    assert one.claims == ("1", "0", "2")
    assert [one.known_on(f"2025-11-{day}") for day in (11, 12, 14, 20)] == [None, "1", "0", "2"]


def test_two_tolls_of_one_day_and_a_falling_toll_are_conflicts():
    assert found(TOLL.format(12, "five"), TOLL.format(12, "two"))[0].kind is Kind.CONFLICT
    falling = found(TOLL.format(12, "five"), TOLL.format(13, "two"))
    assert falling[0].kind is Kind.CONFLICT
    assert falling[0].known_on("2025-11-13") is None


def test_an_undated_toll_holds_for_the_day_it_was_printed():
    text = "{} people are known to have died in the Halden Bridge flood."
    (one,) = found((text.format("Two"), "2025-11-12"), (text.format("Five"), "2025-11-13"))
    assert one.kind is Kind.DEVELOPMENT


def test_the_dead_are_not_the_missing_and_one_flood_is_not_another():
    missing = "On 12 November 2025 five people were missing after the Halden Bridge flood."
    assert found(TOLL.format(12, "two"), missing) == []
    other = "By 12 November 2025 nine people were known to have died in the Ardley flood."
    assert found(TOLL.format(12, "two"), other) == []


def test_polarity():
    opened = "The gates of Halden Weir stood open on 12 November 2025."
    shut = "The gates of Halden Weir were not touched on 12 November 2025."
    (one,) = found(opened, shut)
    assert (one.kind, one.measure) == (Kind.CONFLICT, ())
    assert found(opened, shut.replace("12", "14")) == []
    assert found(shut, shut.replace("touched", "moved")) == []
    assert found(opened, "The mayor did not attend.") == []


def test_what_a_person_decided_counts():
    pair = ("1", "0")
    assert found(COST.format("40m"), COST.format("4m"), dismissed=[pair]) == []
    (one,) = found(COST.format("40m"), COST.format("4m"), confirmed=[pair])
    assert one.confirmed
    (one,) = found("He sang.", "She danced.", confirmed=[pair])
    assert one.confirmed and set(one.claims) == {"0", "1"}
    assert found("He sang.", confirmed=[("0", "gone")]) == []
