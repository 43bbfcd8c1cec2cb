"""A desk with a codebook and one article, for the tests of the door and the verbs."""

import pytest

from newsdesk.desk import create_desk
from newsdesk.model import Label, Layer, new_article

LABELS = {
    "PERSON": Layer.ENTITY,
    "ORG": Layer.ENTITY,
    "QUOTE": Layer.QUOTE,
    "CLAIM": Layer.CLAIM,
    "SOURCE": Layer.SOURCE,
    "CUE": Layer.CUE,
}
TEXT = "Ada Lovelace said: “It can do 😀 whatever we know.” The Times reported it.\n\nAda left."


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ann")
    with made.change("Codebook"):
        for name, layer in LABELS.items():
            made.put(Label(name=name, layer=layer))
    yield made
    made.close()


@pytest.fixture
def article(desk):
    with desk.change("Import"):
        return desk.put(new_article(TEXT, title="Ada"))
