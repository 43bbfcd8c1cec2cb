"""Documents that are damaged in every way: a message with its file, and no crash, hang or half."""

import gzip
import io
import json
import random
import zipfile

import pytest

from newsdesk.formats.format import Bundle, Problem
from newsdesk.model import canonise, sha256_of
from tests.formats import documents
from tests.formats.article_readers import read
from tests.formats.documents import FIRST, HEAD, OK, SECOND
from tests.formats.test_fuzz import mutated

PAGE = documents.page(head=documents.ABOUT_PAGE)
WHOLE = {
    "docx": documents.docx(author="Bea Holm"),
    "eml": documents.eml(),
    "feed": documents.rss(),
    "html": PAGE,
    "markdown": f"---\ntitle: {HEAD}\n---\n# {HEAD}\n\n- {FIRST}\n\n> {SECOND}\n".encode(),
    "newsml-g2": documents.newsml(),
    "ninjs": json.dumps({"uri": "x", "bodies": [{"role": "main", "value": FIRST}]}).encode(),
    "odt": documents.odt(meta="<dc:title>x</dc:title>"),
    "pdf": documents.story_pdf(),
    "rtf": documents.rtf(),
    "table": f'title,text,date\nA,"{FIRST}",12/03/2024\nB,"{SECOND}",2024-03-12\n'.encode(),
    "warc": documents.warc(("https://harbour.example/1", OK, PAGE)),
}


def damaged(name: str, chance: random.Random) -> bytes:
    """A file that was whole; of archives, now and then what is packed in it is damaged instead."""
    whole = WHOLE[name]
    if name in ("docx", "odt") and chance.random() < 0.7:
        return _repacked(whole, chance)
    if name == "warc" and chance.random() < 0.5:
        return mutated(gzip.compress(whole), chance)
    return mutated(whole, chance)


def _repacked(whole: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, content in files.items() if content])
    return documents.zipped({**files, name: mutated(files[name], chance)})


def survive(name: str, examples: int, seed: int) -> int:
    """Read that many damaged files; give in how many something was found wrong."""
    chance = random.Random(seed)
    wrong = 0
    for _ in range(examples):
        found = read(name, damaged(name, chance), "f")
        assert found
        wrong += any(isinstance(item, Problem) for item in found)
        for item in found:
            assert isinstance(item, Bundle | Problem)
            if isinstance(item, Problem):
                assert item.file == "f"
                assert item.message
                assert "crashed" not in item.message
                assert "seconds, and was stopped" not in item.message
            else:
                article = item.article
                assert article.text.strip()
                assert canonise(article.text) == article.text
                assert sha256_of(article.text) == article.sha256
                assert article.title.encode()
    return wrong


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_damaged_documents_do_no_harm(name: str) -> None:
    survive(name, 60, seed=1)
