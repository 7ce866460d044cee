"""The directory as the actions reach it, in the assistant's process or in an action server of its own."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.directory.store import Directory
from bot.settings import COPENHAGEN, Settings

_opening = asyncio.Lock()
_directory: Directory | None = None


def use(opened: Directory) -> None:
    """Makes the actions share a directory that this process has opened already."""
    global _directory
    _directory = opened


async def directory() -> Directory:
    """The directory of this process, opened, migrated and seeded at the first call unless one is shared."""
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
