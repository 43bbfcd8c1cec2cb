"""What an editor types as a search: read by us, harmless to the database."""

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import ArticleFilter, new_article
from newsdesk.store import finding, queries
from newsdesk.store.words import Term, alternatives


def test_words_phrases_beginnings_and_operators_are_read():
    assert alternatives('sea "old harbour" wal* -calm') == [
        [Term("sea"), Term("old harbour"), Term("wal", True), Term("calm", False, True)]
    ]
    assert alternatives("a AND b OR c NOT d") == [
        [Term("a"), Term("b")],
        [Term("c"), Term("d", False, True)],
    ]
    assert alternatives('"sea wal"*') == [[Term("sea wal", True)]]


def test_what_says_nothing_is_left_out():
    for nothing in ("", "-", "-no", "NOT x", '"', "…", "* AND OR", "\0", '""'):
        assert alternatives(nothing) == []
    assert alternatives("a OR -b") == [[Term("a")]]


WILD = (
    'C++', 'it"s', "-no", "column:", "title:x", "(a", "a)", "NEAR(a b)", "a^b", "a*b", "*",
    "{title}:a", "'; DROP", "a\0b", "OR", "AND a", "a OR", "\\", "a'b", "😀", "-\"a", "+a", "a:*",
)  # fmt: skip


def test_nothing_typed_is_an_error(store):
    with store.transaction():
        store.put(new_article('The C++ council said it"s fine: no column, a b.', title="T"))
    for typed in WILD:
        queries.search(store, typed)
        finding.find_article_ids(store, ArticleFilter(words=typed))
    assert len(queries.search(store, "C++ council")) == 1
    assert queries.search(store, "council -fine") == []
    assert len(queries.search(store, "nowhere OR council")) == 1
    assert len(queries.search(store, "counc*")) == 1


@given(st.text(alphabet=st.sampled_from("ab\"-*() ORANDT:\0'😀é^+{}"), max_size=12))
def test_whatever_is_typed_is_quoted(typed):
    for terms in alternatives(typed):
        assert any(not term.without for term in terms)
        for term in terms:
            assert not set('"\0') & set(term.words)
            assert any(c.isalnum() for c in term.words)
