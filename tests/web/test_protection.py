from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.store import Directory
from bot.privacy.mask import PLACEHOLDERS
from bot.settings import Settings
from bot.web.body import LONGEST_TEXT
from tests.web.fake_app import make_app
from tests.web.fake_assistant import FakeAssistant

Client = TestClient[Any, Any]


async def told(directory: Directory, settings: Settings | None = None) -> str:
    """The page's text under some settings, without its markup."""
    async with TestClient(TestServer(make_app(FakeAssistant(), directory, settings))) as client:
        text = await (await client.get("/beskyttelse")).text()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize(
    ("setting", "value", "before", "after"),
    [
        ("idle_timeout", 7 * 60, "efter 30 minutters stilhed", "efter 7 minutters stilhed"),
        ("idle_timeout", 60, "efter 30 minutters stilhed", "efter 1 minuts stilhed"),
        ("max_events", 30, "omkring 48 skridt", "omkring 30 skridt"),
        ("max_conversations", 1234, "5.000 samtaler", "1.234 samtaler"),
        ("max_body", 8192, "mere end 16 kB", "mere end 8 kB"),
        ("exit_url", "https://vejr.example/", "viser dr.dk", "viser vejr.example"),
    ],
)
async def test_every_figure_is_the_one_the_server_goes_by(directory: Directory, setting: str, value: Any, before: str, after: str) -> None:
    """C.2 32: a page that promises what an operator has changed would be a lie."""
    assert before in await told(directory)
    changed = await told(directory, Settings(**{setting: value}))
    assert after in changed
    assert before not in changed


async def test_what_the_code_fixes_is_told_as_it_is(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    """C.2 32: the same for what is no setting."""
    page = await told(directory)
    assert f"højst skrive {LONGEST_TEXT:,} tegn".replace(",", ".") in page
    assert all(word in page for word in PLACEHOLDERS.values())
    assert "gemme den i 5 minutter" in page

    monkeypatch.setitem(PLACEHOLDERS, "shoe", "[skostørrelse]")  # type: ignore[misc]
    monkeypatch.setattr("bot.web.protection.KEPT_FOR", 180)
    page = await told(directory)
    assert "[skostørrelse]" in page
    assert "gemme den i 3 minutter" in page


async def test_a_calendar_is_kept_as_long_as_the_page_says(client: Client) -> None:
    assert "max-age=300," in (await client.get("/kurser.ics")).headers["Cache-Control"]


async def test_the_title_tells_nothing(client: Client) -> None:
    """C.2 24: it stays in the history and on the list of open tabs."""
    assert "<title>Vejviser</title>" in await (await client.get("/beskyttelse")).text()


@pytest.mark.parametrize("path", ["/opslag", "/opslag/emne/skat", "/opslag/steder"])
async def test_the_reference_leads_there(client: Client, path: str) -> None:
    assert 'href="/beskyttelse"' in await (await client.get(path)).text()
