"""The whole application over HTTP: real model, real directory."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.dialogue.assistant import Assistant
from bot.dialogue.models import make_current
from bot.settings import Settings
from bot.web.keys import ASSISTANT

COURSE = """cvr-1@vejviser:
  summary: CVR for begyndere
  dtstart: 2099-02-03 17:00
  dtend: 2099-02-03 19:30
  organizer: Københavns Erhvervshus
  source: {title: "Københavns Erhvervshus: kurser"}
  assured_date: 2026-11-20
"""


@pytest.fixture
async def client(model: Path, database_url: str) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(create_app(Settings(database_url=database_url)))) as client:
        await ready(client)
        yield client


async def ready(client: TestClient) -> None:
    assert client.app is not None
    assistant = client.app[ASSISTANT]
    assert isinstance(assistant, Assistant)
    await assistant.loaded.wait()


async def ask(client: TestClient, token: str, text: str) -> dict[str, Any]:
    response = await client.post("/api/chat/messages", json={"text": text}, headers={"Authorization": f"Bearer {token}"})
    (message,) = (await response.json())["messages"]
    return dict(message)


async def test_a_conversation_from_greeting_to_goodbye(client: TestClient) -> None:
    opened = await client.post("/api/chat")
    assert opened.status == 201
    conversation = await opened.json()
    assert conversation["expires_in"] == 1800
    bearer = {"Authorization": f"Bearer {conversation['token']}"}
    answered = await client.post("/api/chat/messages", json={"text": "hvor kan jeg sove i nat"}, headers=bearer)
    (message,) = (await answered.json())["messages"]
    assert message["topic"] == "overnatning"
    assert message["services"][0]["name"]
    assert (await client.delete("/api/chat", headers=bearer)).status == 204
    assert (await client.post("/api/chat/messages", json={"text": "hej"}, headers=bearer)).status == 401


async def test_what_is_published_is_taken_over_while_people_talk(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.dialogue.assistant._LOOK_EVERY", 0.01)
    data = shutil.copytree(Settings().data, tmp_path / "data")
    settings = Settings(data=data, database_url=f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", models=model.parent)
    async with TestClient(TestServer(create_app(settings))) as client:
        await ready(client)
        token = (await (await client.post("/api/chat")).json())["token"]
        (data / "directory" / "courses.yml").write_text(COURSE, encoding="utf-8")
        make_current(model)
        while "CVR for begyndere" not in await (await client.get("/opslag/emne/kursus")).text():
            pass
        courses = (await ask(client, token, "hvornår er næste kursus"))["courses"]
        assert courses[0]["title"] == "CVR for begyndere"


async def test_it_says_when_it_is_ready(client: TestClient) -> None:
    assert (await client.get("/readyz")).status == 200


async def test_the_page_works_by_plain_form_posts(client: TestClient) -> None:
    page = await (await client.post("/", data={"text": "skal jeg betale moms"})).text()
    assert "50.000 kr." in page


async def test_the_reference_shows_every_topic_with_its_places(client: TestClient) -> None:
    index = await (await client.get("/opslag")).text()
    assert "/opslag/emne/overnatning" in index
    topic = await (await client.get("/opslag/emne/overnatning")).text()
    assert "Den Sociale Døgnvagt" in topic
    found = await (await client.get("/opslag", params={"q": "klamydia"})).text()
    assert "/opslag/emne/koenssygdom_test" in found
