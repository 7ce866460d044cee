"""What every test may ask for: settings of its own, and the one model that the whole run shares."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from actions.directory import close
from bot.cli import main
from bot.dialogue.assistant import Assistant
from bot.dialogue.models import current_model
from bot.settings import Settings


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present content; trained only when there is none."""
    assert main(["train"]) == 0
    trained = current_model(Settings().models)
    assert trained is not None
    return trained


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database that actions and pages of this run share, seeded from `data/directory` by the first to need it."""
    patch = pytest.MonkeyPatch()
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('database') / 'directory.db'}"
    patch.setenv("BOT_DATABASE_URL", url)
    yield url
    patch.undo()


@pytest.fixture
async def assistant(model: Path, database_url: str) -> AsyncIterator[Assistant]:
    """The real assistant with the real model."""
    assistant = Assistant(Settings(database_url=database_url))
    await assistant.load(model)
    yield assistant
    await close()
