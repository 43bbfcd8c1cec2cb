"""Knowledge bases on the desk: one step in, found offline, linked, dropped, undone."""

import pytest

from newsdesk.desk import create_desk, open_desk
from newsdesk.desk.knowledge import (
    base_named,
    bases,
    drop_base,
    entity_of,
    entry_with,
    give_back_room,
    import_knowledge,
    link_to_entry,
    search_knowledge,
    unlink_entry,
)
from newsdesk.desk.register import new_entity
from newsdesk.model import Entity, NewsdeskError
from newsdesk.model.naming import name_key

ENTRIES = """QID\tlabel\taliases\ttype\tdescription
Q31\tBelgium\tKingdom of Belgium|België\tcountry\tcountry in western Europe
Q239\tBrussels\tBruxelles\tcity\tcapital of Belgium
Q10\tVirgil van Dijk\t\thuman\tfootballer
Q11\tZoë Ångström\tZ. Ångström\thuman\tpoet
broken
Q12\tBelgian Broadcasting\tBB\torganization\t
Q31\tBelgium again\t\tcountry\t
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "places.tsv"
    path.write_text(ENTRIES, encoding="utf-8")
    return path


def check_all_of_it(desk, file):
    told = []
    report = import_knowledge(desk, file, progress=lambda done, all: told.append((done, all)))
    assert (report.name, report.entries, report.repeated) == ("places", 5, 1)
    assert [(one.line, one.file) for one in report.problems] == [(6, "places.tsv")]
    assert told[-1] == (file.stat().st_size, file.stat().st_size)

    def ids(typed, kind=""):
        return [one.kb_id for one in search_knowledge(desk, typed, kind)]

    assert ids("belg") == ["Q31", "Q12"]
    assert ids("belg", "ORG") == ["Q12", "Q31"]
    assert ids("BELGIE") == ["Q31"]
    assert ids("dijk") == ["Q10"]
    assert ids("van d") == ["Q10"]
    assert ids("angstrom") == ["Q11"]
    assert ids("Q239") == ["Q239"]
    assert ids("Brusels") == ["Q239"]
    assert ids("Zoe Angstorm") == ["Q11"]
    assert ids("'; DROP TABLE") == ids("…") == ids("") == ids('"x" OR "y"') == []
    assert entry_with(desk, "Q31").label == "Belgium"
    assert desk.undoable == "Import the knowledge base places"
    desk.undo()
    assert (ids("belg"), bases(desk), entry_with(desk, "Q31")) == ([], [], None)
    desk.redo()
    assert ids("belg") == ["Q31", "Q12"]
    (base,) = bases(desk)
    assert (base.name, base.entries) == ("places", 5)
    drop_base(desk, base)
    assert ids("belg") == []
    desk.undo()
    assert ids("belg") == ["Q31", "Q12"]
    drop_base(desk, base_named(desk, "places"))
    assert give_back_room(desk) == 5
    desk.undo()
    assert (bases(desk)[0].entries, ids("belg"), ids("Brusels")) == (0, [], [])
    assert list(desk.check()) == []


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ann")
    yield made
    made.close()


def test_a_base_comes_in_is_searched_dropped_and_brought_back(desk, file):
    check_all_of_it(desk, file)


def test_a_name_that_is_taken_and_a_file_without_entries_are_refused(desk, file, tmp_path):
    import_knowledge(desk, file)
    steps = len(desk.log())
    with pytest.raises(NewsdeskError, match="“places” already"):
        import_knowledge(desk, file)
    bad = tmp_path / "bad.tsv"
    bad.write_text("one\ntwo\n")
    with pytest.raises(NewsdeskError, match=r"no entry.*bad.tsv, line 1: the line has no tab"):
        import_knowledge(desk, bad)
    bad.write_text("")
    with pytest.raises(NewsdeskError, match="no entry"):
        import_knowledge(desk, bad)
    with pytest.raises(NewsdeskError, match=r"no knowledge base “x”.*It has: places"):
        base_named(desk, "x")
    assert len(desk.log()) == steps
    assert import_knowledge(desk, file, "other").entries == 5
    assert [one.kb_id for one in search_knowledge(desk, "brussels")] == ["Q239", "Q239"]


def test_an_entity_is_linked_and_unlinked(desk, file):
    import_knowledge(desk, file)
    belgium = new_entity(desk, "Belgium", "GPE")
    linked = link_to_entry(desk, belgium, entry_with(desk, "Q31"))
    assert (linked.kb_id, linked.description) == ("Q31", "country in western Europe")
    other = new_entity(desk, "Belgie", "GPE")
    with pytest.raises(NewsdeskError, match=r"Belgium is Q31 already.*Belgie.*merge"):
        link_to_entry(desk, other, entry_with(desk, "Q31"))
    assert unlink_entry(desk, linked).kb_id is None
    desk.undo()
    assert desk.get(Entity, belgium.id).kb_id == "Q31"


def test_an_entry_becomes_an_entity_once(desk, file):
    import_knowledge(desk, file)
    made = entity_of(desk, entry_with(desk, "Q11"), "PERSON", "Angstrom")
    assert (made.name, made.kind, made.kb_id) == ("Zoë Ångström", "PERSON", "Q11")
    assert made.aliases == ("Z. Ångström", "Angstrom")
    assert entity_of(desk, entry_with(desk, "Q11"), "PERSON").id == made.id


def test_a_read_only_desk_can_be_searched(desk, file, tmp_path):
    import_knowledge(desk, file)
    desk.close()
    place = tmp_path / "a.desk"
    place.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        again = open_desk(place, "Bo")
        assert [one.kb_id for one in search_knowledge(again, "brusels")] == ["Q239"]
        again.close()
    finally:
        tmp_path.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("  Zoë   ÅNGSTRÖM ", "zoe angstrom"),
        ("Mikkel Sørvaag", "mikkel sorvaag"),
        ("Khoury-Haddad", "khoury haddad"),
        ("O’Brien & Co.", "obrien co"),
        ("Straße", "strasse"),
        ("हिन्दी", "हिन्दी"),
        ("مُحَمَّد", "محمد"),
        ("東京都", "東京都"),
        ("👩‍🚀 …", ""),
    ],
)
def test_names_are_compared_by_what_they_are_recognised_by(name, key):
    assert name_key(name) == key
