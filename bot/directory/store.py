"""The directory's database: opened, migrated, seeded, and read into memory when it has changed."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Dialect, event, make_url, text, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.directory.catalogue import Catalogue, read, revision_of
from bot.directory.files import read_folder
from bot.directory.rows import FILES, replace
from bot.directory.tables import State
from bot.settings import ROOT

logger = logging.getLogger(__name__)

_PRAGMAS = ("foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF")


class Directory:
    """The services and courses behind one database address (`sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`)."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = create_async_engine(self._url)
        if self._url.get_backend_name() == "sqlite":
            event.listen(self._engine.sync_engine, "connect", _harden)
        else:
            event.listen(self._engine.sync_engine, "do_connect", _connected)
        self._catalogue: Catalogue | None = None
        self._reading = asyncio.Lock()

    def session(self) -> AsyncSession:
        """A session, to be used with `async with`."""
        return AsyncSession(self._engine, expire_on_commit=False)

    async def catalogue(self) -> Catalogue:
        """The whole directory, read again when it has changed since the last time.

        While the database does not answer it is the one read last. Raises SQLAlchemyError or OSError when there is none yet.
        """
        try:
            async with self._reading, self.session() as session:
                if self._catalogue is None or self._catalogue.revision != await revision_of(session):
                    self._catalogue = await read(session)
        except (SQLAlchemyError, OSError):
            # A connection to a file that was broken or another one does not mend itself.
            await self._engine.dispose()
            if self._catalogue is None:
                raise
            logger.warning("Databasen svarer ikke; stederne er dem, der sidst blev læst")
        return self._catalogue

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
            # Whoever writes first goes first: SQLite has no other lock.
            await session.execute(update(State).values(fingerprint=State.fingerprint))
            state = await session.get_one(State, 1)
            if state.fingerprint == fingerprint:
                return False
            records = await asyncio.to_thread(read_folder, folder)
            await replace(session, records, origin=FILES)
            state.fingerprint = fingerprint
        return True

    async def close(self) -> None:
        """Closes every connection."""
        await self._engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _harden(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    try:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except Exception:
        # Of a file that is no database. SQLAlchemy would leave the connection, with its thread, behind.
        connection.close()
        raise


def _connected(dialect: Dialect, _: ConnectionPoolEntry, args: list[Any], options: dict[str, Any]) -> DBAPIConnection:
    try:
        return dialect.connect(*args, **options)
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # SQLAlchemy lets these through as they are: a server that is starting, stopping or full.
        raise ConnectionError(str(error)) from error


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode() + content)
    return digest.hexdigest()
