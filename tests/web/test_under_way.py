from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.store import Directory
from bot.settings import Settings
from tests.web.fake_app import make_app
from tests.web.fake_assistant import FakeAssistant
from tests.web.test_chat_api import ask, bearer, title_of

Client = TestClient[Any, Any]

SLOW = """POST /api/chat/messages HTTP/1.1
Host: vejviser.example
Authorization: Bearer {}
Content-Type: application/json
Content-Length: 99

""".replace("\n", "\r\n")


@pytest.fixture
async def client(assistant: FakeAssistant, directory: Directory) -> AsyncIterator[Client]:
    """Pages that answer two requests at a time."""
    async with TestClient(TestServer(make_app(assistant, directory, Settings(max_requests=2)))) as client:
        yield client


async def two_under_way(client: Client, token: str, assistant: FakeAssistant) -> list[asyncio.Task[ClientResponse]]:
    """Two questions that wait for their answers."""
    assistant.answering.clear()
    asked = [asyncio.create_task(ask(client, token, {"text": "hej"})) for _ in range(2)]
    for _ in asked:
        await asyncio.wait_for(assistant.asked.acquire(), 10)
    return asked


async def test_one_request_too_many_is_put_off_and_the_others_are_answered(client: Client, token: str, assistant: FakeAssistant) -> None:
    asked = await two_under_way(client, token, assistant)

    refused = await ask(client, token, {"text": "hej"})
    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert await title_of(refused) == "Der er meget at lave lige nu. Prøv igen om lidt."
    assistant.answering.set()
    assert [response.status for response in await asyncio.gather(*asked)] == [200, 200]
    assert (await ask(client, token, {"text": "hej"})).status == 200


async def test_who_reads_leaves_or_looks_after_the_server_gets_through(client: Client, token: str, assistant: FakeAssistant) -> None:
    asked = await two_under_way(client, token, assistant)

    for path in ("/", "/opslag", "/healthz", "/readyz"):
        assert (await client.get(path)).status == 200
    assert (await client.post("/api/chat/end", json={"token": "another"})).status == 204
    assert (await client.delete("/api/chat", headers=bearer(token))).status == 204
    assistant.answering.set()
    await asyncio.gather(*asked)


async def test_somebody_who_sends_slowly_takes_nobodys_place(client: Client, token: str) -> None:
    slow = [await asyncio.open_connection(client.host, client.port) for _ in range(5)]
    for _, writer in slow:
        writer.write(SLOW.format(token).encode())
        await writer.drain()

    for _ in range(5):
        assert (await ask(client, token, {"text": "hej"})).status == 200
    for _, writer in slow:
        writer.close()
        await writer.wait_closed()


async def test_a_body_that_never_comes_is_given_up(client: Client, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.under_way.BODY_WITHIN", 0.01)
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(SLOW.format(token).encode())
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    writer.close()
    await writer.wait_closed()

    assert b" 408 " in answer.splitlines()[0]
    assert b"problem+json" in answer
