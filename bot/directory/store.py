"""The directory's database: opened, migrated, seeded, asked whether it answers."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.directory.files import read_folder
from bot.directory.rows import replace
from bot.directory.tables import Seed
from bot.settings import ROOT

_PRAGMAS = ("foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF")


class Directory:
    """The services and courses behind one database address (`sqlite+aiosqlite:///…`)."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = create_async_engine(self._url)
        if self._url.get_backend_name() == "sqlite":
            event.listen(self._engine.sync_engine, "connect", _harden)

    def session(self) -> AsyncSession:
        """A session, to be used with `async with`."""
        return AsyncSession(self._engine, expire_on_commit=False)

    async def ping(self) -> bool:
        """Whether the database answers and has our tables."""
        try:
            async with self.session() as session:
                await session.execute(text("SELECT 1 FROM service LIMIT 1"))
        except (SQLAlchemyError, OSError):
            return False
        return True

    async def migrate(self) -> None:
        """Brings the tables to the present state; makes the database when there is none."""
        if self._url.get_backend_name() == "sqlite" and self._url.database not in (None, "", ":memory:"):
            await asyncio.to_thread(Path(str(self._url.database)).parent.mkdir, parents=True, exist_ok=True)
        async with self._engine.begin() as connection:
            await connection.run_sync(_upgrade)

    async def seed(self, folder: Path) -> bool:
        """Takes over the files of `folder` if they are not those of the last time; whether it did.

        What was imported by hand stays, unless a file names the same id.
        Raises ContentError, and changes nothing, when a file cannot be used.
        """
        fingerprint = await asyncio.to_thread(_fingerprint, folder)
        async with self.session() as session, session.begin():
            last = await session.get(Seed, 1)
            if last and last.fingerprint == fingerprint:
                return False
            records = await asyncio.to_thread(read_folder, folder)
            await replace(session, records, seeded=True)
            await session.merge(Seed(id=1, fingerprint=fingerprint))
        return True

    async def close(self) -> None:
        """Closes every connection."""
        await self._engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _harden(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode() + content)
    return digest.hexdigest()
