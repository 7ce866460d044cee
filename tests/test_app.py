"""The whole application over HTTP: real model, real directory."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.dialogue.assistant import Assistant
from bot.settings import Settings
from bot.web.keys import ASSISTANT


@pytest.fixture
async def client(model: Path, database_url: str) -> AsyncIterator[TestClient]:
    app = create_app(Settings(database_url=database_url))
    async with TestClient(TestServer(app)) as client:
        assistant = app[ASSISTANT]
        assert isinstance(assistant, Assistant)
        await assistant.loaded.wait()
        yield client


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
