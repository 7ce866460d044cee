"""Every page there is, as a visitor on an onion address finds it by following links."""

from __future__ import annotations

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urldefrag

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.store import Directory
from bot.settings import Settings
from bot.topics.content import Library, load
from bot.web.keys import LIBRARY
from tests.web.fake_app import make_app
from tests.web.fake_assistant import FakeAssistant

HOST = "vejviserabcdefgh.onion"
STARTS = ("/", "/?lang=en", "/opslag", "/opslag?q=tandl%C3%A6ge", "/opslag?q=xyzzy", "/tryghed", "/beskyttelse", "/findes-ikke")
# Every attribute that makes a browser fetch, go or send somewhere.
LEADING = ("href", "src", "action", "formaction", "srcset", "poster", "data", "cite", "ping", "manifest", "background")


class Page(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def leads(self) -> list[tuple[str, dict[str, str], str]]:
        """Every address in the page, with the element that names it."""
        return [(tag, attributes, attributes[name]) for tag, attributes in self.elements for name in LEADING if name in attributes]


class Crawled(NamedTuple):
    """Pages by their address, and the headers of each."""

    pages: dict[str, Page]
    headers: dict[str, Any]


@pytest.fixture
async def crawled(tmp_path: Path) -> AsyncIterator[Crawled]:
    """All pages with the real topics and the real directory, and the chat's answers."""
    settings = Settings()
    directory = Directory(f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    await directory.migrate()
    await directory.seed(settings.data / "directory")
    app = make_app(FakeAssistant(), directory, settings)
    del app[LIBRARY]
    app[LIBRARY] = Library(load(settings.data))
    async with TestClient(TestServer(app)) as client:
        yield await crawl(client)
    await directory.close()


async def crawl(client: TestClient[Any, Any]) -> Crawled:
    """Follows every link of ours."""
    found, waiting = Crawled({}, {}), list(STARTS)
    said = await client.post("/", data={"text": "hvad er kontanthjælp"}, headers={"Host": HOST})
    found.pages["POST /"] = Page(await said.text())
    while waiting:
        address = waiting.pop()
        if address in found.pages:
            continue
        answer = await client.get(address, headers={"Host": HOST, "Accept": "text/html"})
        found.headers[address] = answer.headers
        if answer.content_type == "text/html":
            found.pages[address] = page = Page(await answer.text())
            waiting += [urldefrag(to).url for tag, _, to in page.leads() if to.startswith("/") and tag == "a"]
    return found


async def test_the_pages_are_safe_wherever_one_looks(crawled: Crawled) -> None:
    """C.2 5, 8, 30, 31: one forgotten link is enough to tell another site, or somebody's history, where a person came from."""
    assert len(crawled.pages) > 150
    assert any(to.startswith("https://") for page in crawled.pages.values() for _, _, to in page.leads())
    for address, page in crawled.pages.items():
        assert_it_names_no_host_of_its_own(address, page)
        assert_it_leads_nowhere_with_a_word(address, page)
        assert_it_asks_for_nothing(address, page)
    for address, headers in crawled.headers.items():
        assert "Set-Cookie" not in headers, address
        assert headers["Referrer-Policy"] == "no-referrer", address


def assert_it_names_no_host_of_its_own(address: str, page: Page) -> None:
    """On an onion address, a link to the open net would tell the network who is there."""
    assert ".onion" not in page.text, address
    for tag, _, to in page.leads():
        assert not to.startswith("//"), address
        assert tag == "a" or to.startswith("/"), (address, tag, to)


def assert_it_leads_nowhere_with_a_word(address: str, page: Page) -> None:
    """Other sites learn nothing, and no other program is opened but the telephone."""
    for tag, attributes, to in page.leads():
        assert to.startswith(("/", "#", "tel:", "https://", "http://")), (address, to)
        if to.startswith("http"):
            assert {"noreferrer", "noopener"} <= set(attributes["rel"].split()), (address, to)
        assert tag != "a" or "ping" not in attributes, address


def assert_it_asks_for_nothing(address: str, page: Page) -> None:
    """No upload, nothing that a browser fills in or keeps, no script in the page; text is posted (the reference's search apart)."""
    for tag, attributes in page.elements:
        assert tag not in ("iframe", "object", "embed", "audio", "video", "style", "base"), (address, tag)
        assert not any(name.startswith("on") or name == "style" for name in attributes), (address, attributes)
        if tag == "script":
            assert attributes["src"].startswith("/"), address
        if tag == "meta":
            assert "http-equiv" not in attributes, address
        if tag == "form":
            assert attributes["method"] == "post" or attributes["action"] == "/opslag", address
        if tag == "input":
            assert attributes["type"] in ("hidden", "search"), (address, attributes)
        if tag == "textarea":
            assert (attributes["autocomplete"], attributes["spellcheck"]) == ("off", "false"), address
