"""The directory as the actions reach it, in the assistant's process or in an action server of its own."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.directory.hours import COPENHAGEN
from bot.directory.store import Directory
from bot.settings import Settings

_opening = asyncio.Lock()
_directory: Directory | None = None


async def directory() -> Directory:
    """The directory of this process, opened, migrated and seeded at the first call."""
    global _directory
    async with _opening:
        if _directory is None:
            settings = Settings()
            opened = Directory(settings.database_url)
            await opened.migrate()
            await opened.seed(settings.data / "directory")
            _directory = opened
    return _directory


async def close() -> None:
    """Closes the directory; the next call opens it again."""
    global _directory
    if _directory is not None:
        await _directory.close()
        _directory = None


def now() -> datetime:
    """This moment in Copenhagen."""
    return datetime.now(COPENHAGEN)
