from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from pydantic import ValidationError

from bot.directory.store import Directory
from bot.settings import Settings
from tests.web.fake_app import make_app
from tests.web.fake_assistant import FakeAssistant

Client = TestClient[Any, Any]

ANSWERS = [
    ("GET", "/", 200),
    ("POST", "/", 415),
    ("GET", "/opslag", 200),
    ("GET", "/opslag/emne/skat", 200),
    ("GET", "/opslag/emne/findes_ikke", 404),
    ("GET", "/opslag/steder", 200),
    ("GET", "/opslag/sted/varmestuen", 200),
    ("GET", "/opslag/sted/findes-ikke", 404),
    ("POST", "/api/chat", 201),
    ("POST", "/api/chat/messages", 401),
    ("DELETE", "/api/chat", 401),
    ("GET", "/api/chat", 405),
    ("GET", "/api/openapi.json", 200),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/widget.js", 200),
    ("GET", "/style.css", 200),
    ("GET", "/leaving.js", 200),
    ("GET", "/icon.svg", 200),
    ("GET", "/tryghed", 200),
    ("POST", "/forlad", 303),
    ("GET", "/findes-ikke", 404),
    ("GET", "/%ff", 404),
    ("GET", "/static/../settings.py", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_answer_carries_the_headers(client: Client, method: str, path: str, status: int) -> None:
    response = await client.request(method, path, allow_redirects=False)

    assert response.status == status
    policy = set(response.headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "worker-src 'self'",
        "form-action 'self' https://www.dr.dk", "base-uri 'none'", "frame-ancestors 'self'",
        "require-trusted-types-for 'script'", "trusted-types vejviser-work",
    }  # fmt: skip
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Robots-Tag"].startswith("noindex")
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert "Set-Cookie" not in response.headers
    assert "Server" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Last-Modified"} & set(response.headers)
    is_asset = path in ("/widget.js", "/leaving.js", "/style.css", "/icon.svg")
    assert response.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_asset else "same-origin")


async def test_named_origins_may_embed_the_page(directory: Directory) -> None:
    settings = Settings(frame_ancestors=("https://reden.example", "https://kommune.example"))
    async with TestClient(TestServer(make_app(FakeAssistant(), directory, settings))) as client:
        policy = (await client.get("/")).headers["Content-Security-Policy"]

    assert "frame-ancestors 'self' https://reden.example https://kommune.example;" in policy


async def test_forms_may_lead_to_the_operators_exits_and_nowhere_else(directory: Directory) -> None:
    settings = Settings(exit_url="https://vejr.example/i-dag", exit_urls=("https://vejr.example/", "https://avis.example:444/a?b=1"))
    async with TestClient(TestServer(make_app(FakeAssistant(), directory, settings))) as client:
        policy = (await client.get("/")).headers["Content-Security-Policy"]

    assert "form-action 'self' https://avis.example:444 https://vejr.example;" in policy


@pytest.mark.parametrize(
    "address", ["http://vejr.example/", "javascript:alert(1)", "https://vejr.example/; script-src *", "https:///", "vejr"]
)
def test_an_exit_is_an_https_address(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(exit_url=address)
    with pytest.raises(ValidationError):
        Settings(exit_urls=(address,))


async def test_foreign_pages_may_load_the_widget(client: Client) -> None:
    response = await client.get("/widget.js")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.content_type == "text/javascript"


async def test_no_page_names_a_foreign_script_style_or_picture(client: Client) -> None:
    for path in ("/", "/opslag", "/tryghed", "/leaving.js", "/chat.js", "/widget.js", "/style.css"):
        text = await (await client.get(path)).text()
        assert 'src="http' not in text
        assert "url(" not in text
        assert "innerHTML" not in text
        assert "localStorage" not in text


async def test_alive_and_ready(client: Client, assistant: FakeAssistant) -> None:
    assert await (await client.get("/healthz")).json() == {"status": "ok"}
    assert (await client.get("/readyz")).status == 200

    assistant.ready = False
    assert (await client.get("/healthz")).status == 200
    assert (await client.get("/readyz")).status == 503


async def test_not_ready_without_tables(tmp_path: Path) -> None:
    directory = Directory(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    async with TestClient(TestServer(make_app(FakeAssistant(), directory))) as client:
        response = await client.get("/readyz")
        problem = await response.json(content_type="application/problem+json")
    await directory.close()

    assert response.status == 503
    assert problem["title"] == "Databasen svarer ikke. Prøv igen om lidt."


async def test_the_description_names_every_call(client: Client) -> None:
    description = await (await client.get("/api/openapi.json")).json()

    assert description["openapi"].startswith("3.1")
    assert client.app
    served = {
        (resource.canonical, route.method.lower())
        for resource in client.app.router.resources()
        for route in resource
        if resource.canonical.startswith(("/api", "/healthz", "/readyz", "/services", "/kurser")) and route.method != "HEAD"
    } | {("/", "get")}
    described = {(path, method) for path, calls in description["paths"].items() for method in calls}
    assert described == served


async def test_every_reference_in_the_description_leads_somewhere(client: Client) -> None:
    text = await (await client.get("/api/openapi.json")).text()
    parts = json.loads(text)["components"]

    for reference in {piece.split('"')[0] for piece in text.split('"$ref": "#/components/')[1:]}:
        kind, name = reference.split("/")
        assert name in parts[kind]
