"""The verbs of the codebook: each is one step, and every annotation keeps its label."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsdesk.desk import Desk, create_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.codebook_files import (
    Comparison,
    compare_codebook,
    export_codebook,
    import_codebook,
    use_codebook,
)
from newsdesk.desk.codebooks import (
    add_label,
    bring_back_label,
    change_attributes,
    change_label,
    delete_label,
    merge_labels,
    move_label,
    put_label,
    retire_label,
    review_annotations,
)
from newsdesk.desk.house.chosen import house_of
from newsdesk.formats.codebook_file import CodebookFile, read_codebook_file
from newsdesk.model import (
    Annotation,
    Attribute,
    AttributeType,
    Label,
    Layer,
    NewsdeskError,
    replace,
)
from newsdesk.settings import shipped


@pytest.fixture
def tagged(desk, article) -> Annotation:
    return annotate(desk, article, desk.label("PERSON"), [(0, 12)], attributes={"a": "x"})


def names(desk: Desk, layer: Layer = Layer.ENTITY, *, retired: bool = False) -> list[str]:
    return [one.name for one in desk.codebook(retired=retired) if one.layer is layer]


def now(desk: Desk, annotation: Annotation) -> Annotation:
    return desk.get(Annotation, annotation.id)


# One step each, and undone


@pytest.mark.parametrize(
    ("act", "title"),
    [
        (lambda d, one: change_label(d, one, name="WHO"), "Rename PERSON to WHO"),
        (lambda d, one: change_label(d, one, colour="#123456"), "Colour of PERSON"),
        (lambda d, one: change_label(d, one, shortcut="7"), "Key of PERSON"),
        (lambda d, one: change_label(d, one, guideline="Who."), "Guideline of PERSON"),
        (lambda d, one: change_attributes(d, one, [Attribute(name="b")]), "Attributes of PERSON"),
        (lambda d, one: move_label(d, one, -1), "Move PERSON"),
        (lambda d, one: retire_label(d, one), "Retire PERSON"),
        (lambda d, one: merge_labels(d, d.label("ORG"), one), "Merge PERSON into ORG"),
        (
            lambda d, one: add_label(d, Label(name="SHIP", layer=Layer.ENTITY)),
            "Add the label SHIP",
        ),
    ],
)
def test_each_act_is_one_step_that_undo_takes_back(
    desk: Desk, tagged: Annotation, act: Callable[[Desk, Label], object], title: str
) -> None:
    before, mark = desk.codebook(retired=True), now(desk, tagged)
    steps = len(desk.log())
    act(desk, desk.label("PERSON"))
    assert len(desk.log()) == steps + 1
    assert desk.undoable == title
    assert desk.count(Annotation) == 1
    desk.undo()
    assert desk.codebook(retired=True) == before
    assert now(desk, tagged) == mark


def test_a_rename_keeps_what_was_tagged_and_makes_a_new_version(desk, tagged) -> None:
    changed = change_label(desk, desk.label("PERSON"), name="WHO")
    assert changed.version == 2
    assert now(desk, tagged).label == changed.id
    assert now(desk, tagged).label_version == 1, "it was tagged under the first"
    assert change_label(desk, changed, colour="#000000").version == 2, "a colour means nothing new"


def test_a_name_that_is_taken_is_refused_and_merging_offered(desk) -> None:
    with pytest.raises(NewsdeskError, match=r"ORG already.*merge"):
        change_label(desk, desk.label("PERSON"), name="ORG")
    with pytest.raises(NewsdeskError, match="no colour"):
        change_label(desk, desk.label("PERSON"), colour="red")
    assert change_label(desk, desk.label("PERSON"), name="QUOTE").name == "QUOTE", "another layer"


def test_a_label_that_tags_something_keeps_its_layer(desk, tagged) -> None:
    with pytest.raises(NewsdeskError, match="stays of the layer entity"):
        put_label(desk, replace(desk.label("PERSON"), layer=Layer.HEDGE))
    assert put_label(desk, replace(desk.label("ORG"), layer=Layer.HEDGE)).layer is Layer.HEDGE


def test_moving_goes_among_the_labels_of_the_layer(desk) -> None:
    for name in ("GPE", "LOC"):
        add_label(desk, Label(name=name, layer=Layer.ENTITY))
    start = names(desk)
    first = desk.label(start[0])
    assert not move_label(desk, first, -1), "it is the first"
    assert move_label(desk, first, 1)
    assert names(desk) == [start[1], start[0], *start[2:]]
    assert move_label(desk, first, -1)
    assert names(desk) == start
    assert not move_label(desk, desk.label(start[-1]), 1)
    assert {one.layer for one in desk.codebook()} == {
        Layer.ENTITY, Layer.QUOTE, Layer.CLAIM, Layer.SOURCE, Layer.CUE,
    }  # fmt: skip


def test_retired_and_brought_back(desk, tagged) -> None:
    person = change_label(desk, desk.label("PERSON"), shortcut="1")
    gone = retire_label(desk, person)
    assert (gone.retired, gone.shortcut) == (True, "")
    assert now(desk, tagged).label == person.id
    with pytest.raises(NewsdeskError, match=r"retired label PERSON already.*bring it back"):
        change_label(desk, desk.label("ORG"), name="PERSON")
    assert not bring_back_label(desk, gone).retired


def test_only_what_tags_nothing_is_deleted(desk, tagged) -> None:
    with pytest.raises(NewsdeskError, match=r"PERSON tags 1 place\. Nothing was deleted"):
        delete_label(desk, desk.label("PERSON"))
    delete_label(desk, desk.label("ORG"))
    assert "ORG" not in names(desk, retired=True)
    desk.undo()
    assert "ORG" in names(desk)


def test_merging_moves_everything_and_retires_the_other(desk, article, tagged) -> None:
    with pytest.raises(NewsdeskError, match="two labels of one layer"):
        merge_labels(desk, desk.label("QUOTE"), desk.label("PERSON"))
    assert merge_labels(desk, desk.label("ORG"), desk.label("PERSON")) == 1
    assert now(desk, tagged).label == desk.label("ORG").id
    assert now(desk, tagged).attributes == {"a": "x"}
    assert names(desk) == ["ORG"]


def test_answers_follow_a_renamed_attribute(desk, tagged) -> None:
    person = change_attributes(desk, desk.label("PERSON"), [Attribute(name="a")])
    asked = [Attribute(name="b"), Attribute(name="c")]
    person = change_attributes(desk, person, asked, {"a": "b"})
    assert now(desk, tagged).attributes == {"b": "x"}
    assert person.version == 3
    change_attributes(desk, person, [Attribute(name="c")])
    assert now(desk, tagged).attributes == {"b": "x"}, "no answer is thrown away"
    with pytest.raises(NewsdeskError, match="have one name"):
        change_attributes(desk, person, [Attribute(name="c"), Attribute(name="c")])


def test_a_tag_is_reviewed_under_the_present_version(desk, article, tagged) -> None:
    changed = change_label(desk, desk.label("PERSON"), guideline="Names only.")
    other = annotate(desk, article, changed, [(67, 70)])
    assert review_annotations(desk, [tagged, other]) == 1
    assert now(desk, tagged).label_version == 2
    steps = len(desk.log())
    assert review_annotations(desk, [tagged]) == 0
    assert len(desk.log()) == steps, "nothing altered leaves no step"


# Files


def book(*labels: Label, checks: tuple[str, ...] = ()) -> CodebookFile:
    return CodebookFile(labels=labels, name="House", checks=checks)


def changes(found: Comparison) -> dict[str, tuple[str, ...]]:
    return {one.after.name: one.fields for one in found.changed}


def test_an_export_comes_back_as_it_was(desk, tmp_path) -> None:
    asked = (Attribute(name="day", type=AttributeType.DATE, required=True),)
    change_label(desk, desk.label("PERSON"), attributes=asked)
    retire_label(desk, desk.label("ORG"))
    assert export_codebook(desk, tmp_path / "book.json") == 6
    found = compare_codebook(desk, read_codebook_file(tmp_path / "book.json"))
    assert (found.new, found.changed, found.same, found.absent) == ((), (), 6, ())
    other = create_desk(tmp_path / "b.desk", "Bob")
    use_codebook(other, tmp_path / "book.json")
    assert other.codebook(retired=True) == [
        replace(one, position=at) for at, one in enumerate(desk.codebook(retired=True))
    ]
    other.close()


def test_a_comparison_tells_what_an_import_does(desk, tagged) -> None:
    person, org = desk.label("PERSON"), desk.label("ORG")
    new = book(
        replace(org, shortcut="1", name="COMPANY"),
        Label(name="PERSON", layer=Layer.ENTITY, guideline="Names."),  # another id: by its name
        Label(name="SHIP", layer=Layer.ENTITY),
        checks=("no-paraphrase", "unknown-check"),
    )
    found = compare_codebook(desk, new)
    assert [one.after.name for one in found.new] == ["SHIP"]
    assert changes(found) == {"COMPANY": ("name", "shortcut"), "PERSON": ("guideline",)}
    assert {one.name for one in found.absent} == {"QUOTE", "CLAIM", "SOURCE", "CUE"}
    assert found.house is not None
    assert found.house.checks == ("no-paraphrase",)
    steps = len(desk.log())
    import_codebook(desk, new, retire=True)
    assert len(desk.log()) == steps + 1
    assert desk.undoable == "Import the codebook House"
    assert names(desk) == ["COMPANY", "PERSON", "SHIP"], "in the file's order"
    assert desk.label("PERSON").id == person.id
    assert desk.label("PERSON").version == 2
    assert names(desk, Layer.QUOTE) == []
    assert now(desk, tagged) == tagged
    assert house_of(desk).name == "House"
    desk.undo()
    assert names(desk) == ["ORG", "PERSON"]
    assert house_of(desk).name == "Newsroom"


def test_only_what_is_new_may_come(desk) -> None:
    org = desk.label("ORG")
    new = book(replace(org, guideline="Firms."), Label(name="SHIP", layer=Layer.ENTITY))
    import_codebook(desk, new, change=False, house=False)
    assert desk.label("ORG") == org
    assert "SHIP" in names(desk)


def test_keys_go_round(desk) -> None:
    person = change_label(desk, desk.label("PERSON"), shortcut="1")
    org = change_label(desk, desk.label("ORG"), shortcut="2")
    import_codebook(desk, book(replace(person, shortcut="2"), replace(org, shortcut="1")))
    assert (desk.label("PERSON").shortcut, desk.label("ORG").shortcut) == ("2", "1")
    ship = Label(name="SHIP", layer=Layer.ENTITY, shortcut="2")
    found = import_codebook(desk, book(ship))
    assert found.new[0].kept == ("the key 2 tags PERSON",)
    assert desk.label("SHIP").shortcut == "", "a key tags one label"


def test_a_name_that_another_has_is_not_passed_on_in_the_same_step(desk) -> None:
    person, org = desk.label("PERSON"), desk.label("ORG")
    before = desk.codebook(retired=True)
    swap = book(replace(person, name="ORG"), replace(org, name="PERSON", guideline="Firms."))
    found = import_codebook(desk, swap)
    assert [one.kept for one in found.changed] == [
        ("another label is called ORG",), ("another label is called PERSON",),
    ]  # fmt: skip
    assert desk.label("ORG").guideline == "Firms.", "what else it says is taken over"
    desk.undo()
    assert desk.codebook(retired=True) == before


def test_a_retired_name_is_taken_too(desk) -> None:
    retire_label(desk, desk.label("PERSON"))
    found = import_codebook(desk, book(replace(desk.label("ORG"), name="PERSON")))
    assert found.changed[0].kept == ("another label is called PERSON",)
    assert names(desk) == ["ORG"]
    back = book(Label(name="PERSON", layer=Layer.ENTITY))
    assert import_codebook(desk, back).new == (), "it is the one that was retired"
    assert "PERSON" in names(desk)


def test_a_new_label_waits_for_the_name_of_another(desk) -> None:
    org = desk.label("ORG")
    new = book(replace(org, name="COMPANY"), Label(name="ORG", layer=Layer.ENTITY))
    before = desk.codebook(retired=True)
    with pytest.raises(NewsdeskError, match="rename ORG first, then import"):
        import_codebook(desk, new)
    assert desk.codebook(retired=True) == before
    change_label(desk, org, name="COMPANY")
    import_codebook(desk, new)
    assert names(desk)[:2] == ["COMPANY", "ORG"]


def test_an_id_of_another_layer_is_refused(desk) -> None:
    with pytest.raises(NewsdeskError, match="of the layer entity, not quote"):
        compare_codebook(desk, book(replace(desk.label("ORG"), layer=Layer.QUOTE)))


def test_a_new_desk_goes_by_the_house_of_its_codebook(tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "a.desk", "Ann")
    use_codebook(desk, shipped("resources", "codebooks", "guardian-afp.json"))
    assert house_of(desk).name == "Guardian/AFP"
    use_codebook(desk, shipped("resources", "codebooks", "polnear.json"))
    assert house_of(desk).name == "Guardian/AFP", "the house stays once it is chosen"
    desk.close()


def test_300_labels_are_put_and_compared(desk, tmp_path) -> None:
    labels = [Label(name=f"L{n:03}", layer=Layer.ENTITY) for n in range(300)]
    path = tmp_path / "book.json"
    form = [{"id": one.id, "name": one.name, "layer": "entity"} for one in labels]
    path.write_text(json.dumps({"format": "newsdesk.codebook", "version": 1, "labels": form}))
    assert use_codebook(desk, path) == 300
    assert compare_codebook(desk, read_codebook_file(path)).same == 300
    assert move_label(desk, desk.label("L100"), -1)
    assert names(desk).index("L100") == names(desk).index("L099") - 1
