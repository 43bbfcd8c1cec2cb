"""The register and knowledge bases from the command line."""

import pytest

from newsdesk.desk import open_desk
from newsdesk.desk.register import link_entity, new_entity
from newsdesk.model import Annotation, Entity

BASE = "Q1\tOslo\tChristiania\tcity\ta capital\nbroken\nQ2\tWien\tVienna\tcity\t\n"


@pytest.fixture
def ids(place):
    """Two entities; the first is linked to what is tagged PERSON."""
    desk = open_desk(place, "Ann")
    try:
        made = [new_entity(desk, n, "PERSON") for n in ("Zoë Ångström", "Zoe")]
        mark = next(one for one in desk.find(Annotation) if one.quote.startswith("Z"))
        link_entity(desk, [mark], made[0])
        return made[0].id, made[1].id, mark.id
    finally:
        desk.close()


@pytest.fixture
def base(tmp_path):
    path = tmp_path / "cities.tsv"
    path.write_text(BASE, encoding="utf-8")
    return path


def test_the_register_is_listed(call, call_json, place, ids):
    found = {one["name"]: one for one in call_json("entities", "--desk", place)}
    assert found["Zoë Ångström"]["mentions"] == 1
    assert found["Zoe"]["mentions"] == 0
    assert "Zoë Ångström" in call("entities", "--desk", place).stdout
    shown = call("entities", "show", ids[0], "--desk", place).stdout
    assert "“We 😀 agreed,” said Zoë Ångström." in shown


def test_entities_are_merged_split_and_undone(call, call_json, place, ids):
    one, two, mark = ids
    merged = call_json("entities", "merge", two, one, "--desk", place)
    assert (merged["name"], merged["aliases"]) == ("Zoe", ["Zoë Ångström"])
    assert [m["annotation"] for m in merged["mentions"]] == [mark]
    made = call_json("entities", "split", two, "--mention", mark, "--desk", place)
    assert made["name"] == "Zoë Ångström"
    assert call_json("undo", "--desk", place)["title"].startswith("Undo: Split")
    result = call("entities", "merge", two, two, "--desk", place, code=1)
    assert "Zoe can't be merged into itself" in result.stderr
    for wrong in (["merge", two], ["show"], ["split", two], ["link", two], ["show", one, two]):
        call("entities", *wrong, "--desk", place, code=2)


def test_a_knowledge_base_comes_in_is_searched_linked_and_dropped(
    call, call_json, place, ids, base
):
    report = call_json("kb", "import", base, "--desk", place, code=3)
    assert (report["name"], report["entries"], report["problem_count"]) == ("cities", 2, 1)
    assert report["problems"][0]["line"] == 2
    assert [one["name"] for one in call_json("kb", "list", "--desk", place)] == ["cities"]
    assert "cities" in call("kb", "list", "--desk", place).stdout
    assert [one["kb_id"] for one in call_json("kb", "search", "vienna", "--desk", place)] == ["Q2"]
    assert "Wien" in call("kb", "search", "Vienna", "--desk", place).stdout
    linked = call_json("entities", "link", ids[1], "--kb-id", "Q1", "--desk", place)
    assert (linked["kb_id"], linked["description"]) == ("Q1", "a capital")
    result = call("entities", "link", ids[0], "--kb-id", "Q9", "--desk", place, code=1)
    assert "has Q9" in result.stderr
    call("kb", "import", "--desk", place, code=2)
    assert call_json("kb", "drop", "cities", "--purge", "--desk", place)["deleted"] == 2
    assert "no knowledge base" in call("kb", "drop", "cities", "--desk", place, code=1).stderr


def test_broken_lines_are_said_on_stderr(call, place, tmp_path):
    path = tmp_path / "b.tsv"
    path.write_text("Q1\tOne\n" + "broken\n" * 30 + "Q1\tagain\n", encoding="utf-8")
    result = call("kb", "import", path, "--name", "mine", "--desk", place, code=3)
    assert "mine: 1 entries; 1 repeated id left out" in result.stdout
    assert "b.tsv, line 2:" in result.stderr
    assert "20 more broken lines" in result.stderr


def test_unlinked_mentions_are_linked_at_once(call, call_json, place, ids):
    desk = open_desk(place, "Ann")
    with desk.change("Unlink"):
        link_entity(desk, desk.find(Annotation), None)
    desk.close()
    shown = call_json("entities", "show", ids[0], "--desk", place)
    assert [one["words"] for one in shown["unlinked"]] == ["Zoë Ångström"]
    assert "not linked:" in call("entities", "show", ids[0], "--desk", place).stdout
    done = call_json("entities", "link", ids[0], "--unlinked", "--desk", place)
    assert (len(done["mentions"]), done["unlinked"]) == (1, [])
    done = call_json("entities", "link", ids[1], "--mention", ids[2], "--desk", place)
    assert [one["annotation"] for one in done["mentions"]] == [ids[2]]
    desk = open_desk(place, "Ann")
    try:
        assert desk.count(Entity) == 2
    finally:
        desk.close()
