from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.store import Directory
from tests.web.fake_app import make_app, opened_directory
from tests.web.fake_assistant import FakeAssistant

Client = TestClient[Any, Any]


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Directory]:
    async with opened_directory(tmp_path) as directory:
        yield directory


@pytest.fixture
async def client(assistant: FakeAssistant, directory: Directory) -> AsyncIterator[Client]:
    async with TestClient(TestServer(make_app(assistant, directory))) as client:
        yield client


@pytest.fixture
async def token(client: Client) -> str:
    """The key of a conversation that has just begun."""
    async with client.post("/api/chat") as response:
        return str((await response.json())["token"])
