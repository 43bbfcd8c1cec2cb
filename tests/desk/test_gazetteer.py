"""The names that a desk knows, and which of them occur in a text."""

from pathlib import Path

from newsdesk.desk.annotating import reject
from newsdesk.desk.gazetteer import known_names
from newsdesk.desk.knowledge import import_knowledge
from newsdesk.desk.library_suggesting import Tally, suggest_many
from newsdesk.desk.register import new_entity
from newsdesk.model import Annotation, new_article
from newsdesk.suggest import KnownName


def test_names_and_aliases_of_the_register(desk):
    new_entity(desk, "Virgil van Dijk", "PERSON", aliases=("VVD", "Big Virg"))
    new_entity(desk, "Port of Halden", "ORG")
    new_entity(desk, "Anna Berg", "PERSON")
    new_entity(desk, "Anna Berg", "PERSON", description="another one")
    text = "Virgil van Dijk’s aide met Anna Berg. “Big Virg” left the Port of  Halden."
    assert set(known_names(desk, text)) == {
        KnownName("Virgil van Dijk", "PERSON"),
        KnownName("Big Virg", "PERSON"),
        KnownName("Port of Halden", "ORG"),
    }
    assert known_names(desk, "") == ()
    long = "Nothing was said of it.\n" * 2_000
    assert known_names(desk, f"{long}VVD left.") == (KnownName("VVD", "PERSON"),)


def test_a_name_of_imported_lists_counts_where_its_kind_is_plain(desk, tmp_path: Path):
    file = tmp_path / "firms.tsv"
    file.write_text(
        "id\tlabel\taliases\ttype\n"
        "1\tOdda\t\tcompany\n2\tVik\tVik i Sogn\tcompany\n3\tVik\t\tperson\n"
        "4\tRjukan\t\tdialect\n",
        encoding="utf-8",
    )
    import_knowledge(desk, file, "Firms")
    new_entity(desk, "Odda", "ORG")
    new_entity(desk, "odda", "PERSON")
    text = "From Odda to Vik, by Vik i Sogn and Rjukan."
    assert known_names(desk, text) == (KnownName("Vik i Sogn", "ORG", "Firms"),)


def test_the_register_is_used_at_once_but_never_against_a_rejection(desk):
    from newsdesk.suggest.suggester import own_suggester

    with desk.change("Add"):
        article = desk.put(new_article("The tender went to Brindlewick, people said on Monday."))
    entity = new_entity(desk, "Brindlewick", "ORG")
    suggest_many(desk, [article.id], own_suggester(), Tally(), lambda: None)
    (mark,) = [one for one in desk.find(Annotation) if one.quote == "Brindlewick"]
    assert (mark.label, mark.entity) == (desk.label("ORG").id, entity.id)
    assert mark.extra == {"why": "in the register"}
    reject(desk, [mark])
    suggest_many(desk, [article.id], own_suggester(), Tally(), lambda: None)
    marks = [one for one in desk.find(Annotation) if one.quote == "Brindlewick"]
    assert [one.status for one in marks] == ["rejected"]
