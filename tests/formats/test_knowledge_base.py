"""Knowledge bases are read from TSV and JSONL, whatever is broken in them."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.formats.format import Problem
from newsdesk.formats.knowledge_base import LONGEST_LINE, read_knowledge_base
from newsdesk.model import NewsdeskError
from newsdesk.model.knowledge import KnowledgeEntry


def read(tmp_path, content, name="kb.tsv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_knowledge_base(path))


ZOE = KnowledgeEntry("Q1", "Zoë Ångström", ("Zoe", "Z. Å."), "human", "a poet")


@pytest.mark.parametrize(
    "content",
    [
        "Q1\tZoë Ångström\tZoe|Z. Å.\thuman\ta poet\n",
        "QID\tlabel\taliases\ttype\tdescription\r\nQ1\tZoë Ångström\tZoe; Z. Å.\thuman\ta poet\r\n",
        "\ufefflabel\tid\tdescription\taltLabel\ttype\n"
        "Zoë Ångström\tQ1\ta poet\tZoe|Zoë Ångström|Z. Å.|Zoe\thuman",
        '{"id": "Q1", "label": "Zoë Ångström", "aliases": ["Zoe", "Z. Å."], "type": "human",'
        ' "description": "a poet", "more": 3}\n\n',
        '{"item": "http://www.wikidata.org/entity/Q1", "itemLabel": "Zoë  Ångström",'
        ' "altLabel": "Zoe|Z. Å.", "kind": "human", "itemDescription": "a poet"}',
    ],
)
def test_the_forms_that_files_have(tmp_path, content):
    assert read(tmp_path, content) == [ZOE]


def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path):
    content = (
        b"Q1\tOne\n" + b"no tab here\n" + b"Q2\t\n" + b"\tnameless\n" + b"Q3\t\xff\n" + b"Q4\tFour"
    )
    found = read(tmp_path, content)
    assert [one.kb_id for one in found if isinstance(one, KnowledgeEntry)] == ["Q1", "Q4"]
    problems = [one for one in found if isinstance(one, Problem)]
    assert [one.line for one in problems] == [2, 3, 4, 5]
    assert str(problems[0]).startswith("kb.tsv, line 2: the line has no tab")
    assert "no label" in problems[1].message and "no id" in problems[2].message
    assert "UTF-8" in problems[3].message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{broken", "no JSON"),
        ("[1]", "no JSON object"),
        ("[" * 100_000, "no JSON"),
        ('{"id": "Q2"}', "no label"),
        ('{"id": ["Q2"], "label": "x"}', "its id is no text"),
        ('{"id": "Q2", "label": "x", "aliases": {"a": 1}}', "its aliases are no list"),
        ('{"id": "Q2", "label": "x", "aliases": [1]}', "its aliases are no list"),
        ('{"id": "Q2", "label": "' + "x" * 500 + '"}', "too long"),
        ('{"id": "Q2", "label": "' + "x" * LONGEST_LINE + '"}', "longer than"),
    ],
)
def test_a_broken_object_is_named(tmp_path, line, message):
    content = '{"id": "Q1", "label": "One"}\n' + line + '\n{"id": 3, "label": "Three"}\n'
    first, problem, last = read(tmp_path, content, "kb.jsonl")
    assert (first.kb_id, last.kb_id) == ("Q1", "3")
    assert problem.line == 2 and message in problem.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Q1\tOne".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\0\0", "no text"),
        ('[{"id": 1}]', "JSON list"),
    ],
)
def test_what_is_no_such_file_is_refused_as_a_whole(tmp_path, content, message):
    with pytest.raises(NewsdeskError, match=message):
        read(tmp_path, content)
    with pytest.raises(NewsdeskError, match="can't be read"):
        list(read_knowledge_base(tmp_path / "none.tsv"))


def test_it_streams(tmp_path):
    path = tmp_path / "big.tsv"
    with path.open("w") as file:
        for at in range(15_000):
            file.write(f"Q{at}\tName {at}\tAlias {at}|Other {at}\thuman\tsomething about {at}\n")
    size = path.stat().st_size
    tracemalloc.start()
    read_bytes = []
    assert sum(1 for _ in read_knowledge_base(path, read_bytes.append)) == 15_000
    assert tracemalloc.get_traced_memory()[1] < size
    tracemalloc.stop()
    assert sum(read_bytes) == size


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("kb") / "any"


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_crash_it(place, content):
    path = place
    path.write_bytes(content)
    try:
        for one in read_knowledge_base(path):
            assert isinstance(one, KnowledgeEntry | Problem)
    except NewsdeskError:
        pass
