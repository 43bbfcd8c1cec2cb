"""Articles by their address: fetched into a file, imported as what it is, and cleared away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.desk.import_pages import fetched_page, import_page
from newsdesk.model import Article, NewsdeskError
from tests.fetch.server import Server, redirect, served, whole

PAGE = """<!doctype html><html lang="en"><head><title>Berth 7 stays | The Berth</title>
<meta property="og:site_name" content="The Berth"></head><body><nav>Home</nav><article>
<h1>Berth 7 stays</h1><p>The harbour board agreed on Monday that berth 7 stays open all winter.</p>
<p>Zoë Öberg, who chairs it, said the ferries would run as they did before the storm.</p>
</article></body></html>"""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with served(monkeypatch) as found:
        yield found


def test_the_article_of_a_page_comes_in_with_its_address_as_one_step(
    desk: Desk, web: Server
) -> None:
    web.answers["/a"] = redirect("/news/berth-7.html?x=1")
    body = PAGE.encode("iso8859-1")
    web.answers["/news/berth-7.html?x=1"] = whole(body, "Content-Type: text/html; charset=latin1")
    steps = len(desk.log())
    with fetched_page(web.url("/a")) as page:
        assert page.path.name == "press.example-berth-7.html"
        report = import_page(desk, page)
        assert page.path.exists()
    assert not page.path.parent.exists()
    (article,) = desk.find(Article, id=report.article_ids)
    assert article.title.startswith("Berth 7 stays")
    assert "Zoë Öberg" in article.text and "Home" not in article.text
    assert article.url == web.url("/news/berth-7.html?x=1")
    assert article.raw == body and article.format == "html"
    assert len(desk.log()) == steps + 1


def test_other_kinds_than_pages_are_imported_as_what_they_are(desk: Desk, web: Server) -> None:
    web.answers["/note"] = whole(b"Berth 7 stays\n\nThe board agreed.", "Content-Type: text/plain")
    with fetched_page(web.url("/note")) as page:
        report = import_page(desk, page)
    (article,) = desk.find(Article, id=report.article_ids)
    assert article.format == "text" and article.url == web.url("/note")
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>The Berth</title>'
        "<item><title>One</title><link>https://press.example/1</link>"
        "<description>Berth 1 stays open.</description></item>"
        "<item><title>Two</title><link>https://press.example/2</link>"
        "<description>Berth 2 is closed.</description></item></channel></rss>"
    )
    web.answers["/rss"] = whole(feed.encode(), "Content-Type: application/rss+xml")
    with fetched_page(web.url("/rss")) as page:
        report = import_page(desk, page)
    urls = {one.url for one in desk.find(Article, id=report.article_ids)}
    assert urls == {"https://press.example/1", "https://press.example/2"}


def test_what_is_refused_leaves_no_file(
    desk: Desk, web: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    with pytest.raises(NewsdeskError, match="no server in public"):
        fetched_page("http://[::1]/")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "path", ["/", "/..%2F..%2Fetc%2Fpasswd", "/a/../../x.exe", "/" + "n" * 300, "/con.html", "/é"]
)
def test_any_address_makes_a_harmless_name(web: Server, path: str) -> None:
    web.answers[path.replace("é", "%C3%A9")] = whole(b"hello", "Content-Type: text/plain")
    with fetched_page(web.url(path)) as page:
        assert page.path.parent.name.startswith("newsdesk-")
        assert page.path.name.startswith("press.example") and page.path.name.endswith(".txt")
        assert len(page.path.name) < 80
