"""The page of a dossier: every part told, gaps shown as gaps, and nothing that could run."""

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.provenance.dossier_page import (
    Contrast,
    Entry,
    Page,
    Printing,
    Proof,
    Signature,
    Step,
    Told,
    page_of,
)

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page: what stands in it, and whether its elements are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def full(words: str) -> Page:
    """A page with these words wherever words can stand."""
    step = Step(name=words, how=words, shown=words)
    told = Told(words=words, before=words, after=words)
    return Page(
        statement=words,
        state="verified",
        facts=(("Verdict", words), ("Topic", "")),
        standing=(words,),
        printings=(
            Printing(where=words, url=words, told=told, steps=(Step(), step), answers=(step,),
                     remarks=(words,)),
        ),
        proofs=(
            Proof(stance=words, title=words, publisher=words, url=words, passage=told,
                  question=words, place=words, file="snapshots/ab.txt", sha256="ab",
                  captured=words),
        ),
        contrasts=(Contrast(kind=words, one=(words, words), other=(words, ""), note=words),),
        signatures=(
            Signature(reviewer=words, at=words, step=words, verdict=words, comment=words,
                      on=words, seq=12_345, hash="cd"),
        ),
        missing=((words, words), (words, "")),
        history=(Entry(seq=1, at=words, author=words, title=words),),
        withheld=(words,),
        files=(("dataset.json", words),),
    )  # fmt: skip


def test_every_part_is_told() -> None:
    found = Reader("".join(page_of(full("🐟 words"))))
    assert found.open == []
    assert found.text.count("🐟 words") > 35
    for part in (
        *("Who says so", "Evidence", "Contradictions and drift", "Reviews", "History"),
        *("What is missing", "Withheld", "Files", "nobody is named", "No. 12,345"),
    ):
        assert part in found.text
    assert "Topic" not in found.text


def test_what_is_not_on_record_is_said() -> None:
    found = Reader("".join(page_of(Page(statement="S", state="unreviewed"))))
    assert found.text.count("Nothing on record.") == 8


@settings(max_examples=20)
@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_any_words_stay_words(words: str) -> None:
    for nasty in (words, f"</style><script>{words}", f'" onload="{words}', "]]><!--" + words):
        found = Reader("".join(page_of(full(nasty))))
        assert found.open == []
        assert found.seen.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
        assert not any(name.startswith("on") or name == "src" for name in found.attributes)
        assert nasty in found.text
