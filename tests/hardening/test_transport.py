"""What every answer carries and every request may change, route by route."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.web.conditional import KEPT_FOR
from tests.web.fake_app import make_app, opened_directory
from tests.web.fake_assistant import FakeAssistant

Client = TestClient[Any, Any]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
PLACES = {"/services/{id}": "varmestuen", "/opslag/emne/{id}": "skat", "/opslag/sted/{id}": "varmestuen"}
# Open data, the same for everybody: C.2 6 wants the exceptions listed.
PUBLIC = {"/kurser.ics", "/kurser/{uid}.ics", "/services", "/services/{id}"}
ABOUT_A_CALLER = {
    "X-Forwarded-For": "198.51.100.77",
    "X-Forwarded-Host": "andet.example",
    "X-Forwarded-Proto": "https",
    "Forwarded": "for=198.51.100.77;host=andet.example;proto=https",
    "X-Real-IP": "198.51.100.77",
    "User-Agent": "kvarmeltelefon",
    "Referer": "https://vaertside.example/",
    "Cookie": "a=b",
    "DNT": "1",
}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    async with opened_directory(tmp_path) as directory, TestClient(TestServer(make_app(FakeAssistant(), directory))) as client:
        yield client


def addresses(client: Client) -> dict[str, str]:
    """Every route of the application, with an address that it answers."""
    assert client.app
    routes = {resource.canonical for resource in client.app.router.resources()}
    names = {"id": "varmestuen", "uid": "kursus-2099@vejviser.example"}
    return {route: route.format(**{**names, "id": PLACES.get(route, "")}) for route in routes}


async def test_only_open_data_may_be_kept(client: Client) -> None:
    """C.2 6, 7: what a browser or a proxy keeps tells that somebody was here; a validator (ETag) of a page would even tell who."""
    seen = set()
    for route, address in addresses(client).items():
        answer = await client.get(address)
        kept = {
            "Cache-Control": answer.headers["Cache-Control"],
            **{name: "" for name in ("ETag", "Last-Modified") if name in answer.headers},
        }
        if route in PUBLIC:
            seen.add(route)
            assert answer.status == 200, address
            assert kept.pop("Cache-Control") == f"public, max-age={KEPT_FOR}, must-revalidate"
            assert "ETag" in kept
        else:
            assert kept == {"Cache-Control": "no-store"}, address
    assert seen == PUBLIC


async def test_no_answer_to_any_method_sets_a_cookie_or_breaks(client: Client) -> None:
    """C.2 5: also where nobody looks, in errors and in answers to methods that no page of ours uses."""
    for address in (*addresses(client).values(), "/findes-ikke", "/opslag/sted/findes-ikke", "/%ff"):
        for method in METHODS:
            answer = await client.request(method, address, allow_redirects=False)
            assert "Set-Cookie" not in answer.headers, (method, address)
            assert "Server" not in answer.headers, (method, address)
            assert answer.status < 500, (method, address)
            if answer.status == 405:
                assert answer.headers["Cache-Control"] == "no-store"
                assert method not in answer.headers["Allow"].split(",")
                assert method == "HEAD" or (await answer.json(content_type=None))["title"] == "Det kan man ikke her."


async def test_nothing_that_is_said_of_a_caller_changes_an_answer(client: Client) -> None:
    """C.2 4: an address or a telephone's name that changes nothing is one that nobody needs to look at."""
    for address in addresses(client).values():
        for method in ("GET", "POST"):
            if (method, address) == ("POST", "/api/chat"):
                continue  # Every answer has a new key.
            answers = [await client.request(method, address, headers=told, allow_redirects=False) for told in ({}, ABOUT_A_CALLER)]
            plain, told = [(answer.status, await answer.read(), _without_date(answer.headers)) for answer in answers]
            assert plain == told, (method, address)


def _without_date(headers: Any) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in headers.items() if name != "Date")


async def test_a_key_in_an_address_opens_nothing(client: Client) -> None:
    """C.2 12: addresses stay in histories, in logs of proxies and in bookmarks."""
    token = (await (await client.post("/api/chat")).json())["token"]
    said = {"text": "hej"}
    assert (await client.post(f"/api/chat/messages?token={token}&access_token={token}", json=said)).status == 401
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await client.post("/api/chat/messages", json=said, headers=bearer)).status == 200
    form = await (await client.post(f"/?token={token}", data=said)).text()
    assert token not in form


async def test_a_page_keeps_its_key_out_of_every_address(client: Client) -> None:
    """C.2 12: the same, for those without scripts."""
    page = await (await client.post("/", data={"text": "hvad er kontanthjælp"})).text()
    (token,) = set(re.findall(r'name="token" value="([\w-]{22,})"', page))
    addresses_in_it = re.findall(r'(?:href|src|action|formaction|data-\w+)="([^"]*)"', page)
    assert len(addresses_in_it) > 5
    assert not any(token in address for address in addresses_in_it)


async def test_a_key_that_a_caller_made_up_is_not_taken_over(client: Client) -> None:
    """C.2 12: who may choose the key can have chosen it for somebody else, and read along."""
    mine = "min-egen-noegle-min-egen-noegle-min"
    opened = await client.post("/api/chat", json={"token": mine, "sender": mine}, headers={"Authorization": f"Bearer {mine}"})
    assert (await opened.json())["token"] != mine
    page = await (await client.post("/", data={"token": mine, "text": "hej"})).text()
    assert mine not in page


@pytest.mark.parametrize("header", ["Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cross-Origin-Embedder-Policy"])
async def test_other_sites_are_kept_out_of_our_process(client: Client, header: str) -> None:
    """C.2 10: a page in the same browser process could read the memory of ours (Spectre)."""
    expected = {"Cross-Origin-Embedder-Policy": "require-corp"}.get(header, "same-origin")
    for address in ("/", "/tryghed", "/beskyttelse", "/opslag", "/findes-ikke"):
        assert (await client.get(address)).headers[header] == expected


@pytest.mark.parametrize("feature", ["geolocation", "camera", "microphone", "usb", "browsing-topics", "display-capture"])
async def test_the_browser_may_not_even_ask(client: Client, feature: str) -> None:
    """C.2 10, 31: a question for the position would frighten, and a wrong touch would answer it."""
    for address in ("/", "/opslag"):
        assert f"{feature}=()" in (await client.get(address)).headers["Permissions-Policy"].split(", ")
