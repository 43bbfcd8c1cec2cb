"""Finding by filters through the door, and the searches that a desk keeps."""

import pytest

from newsdesk.desk import finding
from newsdesk.desk.annotating import annotate
from newsdesk.model import (
    AnnotationFilter,
    ArticleFilter,
    NewsdeskError,
    SavedSearch,
    Setting,
    Status,
    replace,
)


def test_a_filter_finds_articles_and_annotations(desk, article):
    mark = annotate(desk, article, desk.label("PERSON"), [(0, 3)], status=Status.PROPOSED)
    waiting = ArticleFilter(words="whatever", suggestions=True)
    assert finding.find_articles(desk, waiting) == [article.id]
    assert finding.count_articles(desk, waiting) == 1
    assert finding.search_articles(desk, waiting)[0].article == article.id
    assert finding.article_lines(desk, [article.id])[0].proposed == 1
    assert finding.article_counts(desk, waiting).total == 1
    unlinked = AnnotationFilter(labels=("PERSON",), linked=False)
    assert finding.find_annotations(desk, unlinked) == [mark.id]
    assert finding.count_annotations(desk, unlinked.within("another")) == 0
    assert finding.annotation_lines(desk, [mark.id])[0].quote == "Ada"


def test_a_search_is_kept_changed_undone_and_forgotten(desk):
    old = ArticleFilter(words="harbour")
    new = AnnotationFilter(labels=("PERSON",), articles=old)
    finding.save_search(desk, "  The   harbour ", old)
    assert finding.saved_searches(desk) == [SavedSearch(name="The harbour", filter=old)]
    finding.save_search(desk, "The harbour", new)
    assert finding.saved_search(desk, "The harbour").filter == new
    desk.undo()
    assert finding.saved_search(desk, "The harbour").filter == old
    finding.forget_search(desk, "The harbour")
    assert finding.saved_searches(desk) == []
    desk.undo()
    assert len(finding.saved_searches(desk)) == 1


def test_what_is_not_kept_is_said_with_what_is(desk):
    finding.save_search(desk, "Old", ArticleFilter())
    for act in (finding.saved_search, finding.forget_search):
        with pytest.raises(NewsdeskError, match="It keeps: Old"):
            act(desk, "New")
    with pytest.raises(NewsdeskError, match="needs a name"):
        finding.save_search(desk, " ", ArticleFilter())


def test_a_search_that_can_t_be_understood_stands_in_nobody_s_way(desk):
    finding.save_search(desk, "Old", ArticleFilter())
    with desk.change("Newer"):
        kept = desk.find(Setting)[0]
        desk.put(replace(kept, value='{"type":"articles","statuses":["lost"]}'))
    assert finding.saved_searches(desk) == []
    with pytest.raises(NewsdeskError, match="another version"):
        finding.saved_search(desk, "Old")
