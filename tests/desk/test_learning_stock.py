"""What there is to learn from: accepted annotations of the layers that are learnt."""

from newsdesk.desk import create_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.articles import add_article
from newsdesk.desk.codebooks import use_codebook
from newsdesk.desk.learning_stock import stock
from newsdesk.model import Status, new_article


def test_accepted_annotations_are_counted_by_label(tmp_path):
    desk = create_desk(tmp_path / "a.desk", "Ada")
    use_codebook(desk)
    article = add_article(desk, new_article("Ada Berg met Bo Lund in Oslo."))
    person, cue = desk.label("PERSON"), desk.label("CUE")
    annotate(desk, article, person, [(0, 8)])
    annotate(desk, article, person, [(13, 20)])
    annotate(desk, article, desk.label("GPE"), [(24, 28)], status=Status.PROPOSED)
    annotate(desk, article, cue, [(9, 12)])
    found = stock(desk)
    assert found.labels == (("PERSON", 2),)
    assert (found.articles, found.annotations) == (1, 2)
    assert found.lacking == (48, 4)
    desk.close()
