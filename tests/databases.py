"""Databases of their own for tests, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool


@asynccontextmanager
async def database(server: str, template: str | None = None) -> AsyncIterator[str]:
    """The address of a new database on `server`, empty or with all that `template` holds; a server forgets it at the end.

    A server's address is that of one of its databases; SQLite's is that of a folder.
    """
    url, name = make_url(server), f"test_{uuid4().hex}"
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database), f"{name}.db")
        if template:
            shutil.copyfile(str(make_url(template).database), path)
        yield url.set(database=str(path)).render_as_string()
    else:
        await execute(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {make_url(template).database}" if template else ""))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def execute(url: str, *statements: str) -> None:
    """Runs `statements` in the database `url`, each by itself."""
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))


@asynccontextmanager
async def forwarded(url: str) -> AsyncIterator[tuple[str, Callable[[], None]]]:
    """Another address for PostgreSQL's database `url`, and a function that ends all that goes over it and lets nothing more through."""
    to, connections = make_url(url), list[asyncio.StreamWriter]()
    folder = to.query.get("host")

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = (
            asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{to.port or 5432}")
            if folder
            else asyncio.open_connection(to.host, to.port or 5432)
        )
        back, forth = await there
        connections.extend((writer, forth))
        await asyncio.gather(pass_on(reader, forth), pass_on(back, writer))

    def cut_off() -> None:
        server.close()
        for writer in connections:
            writer.transport.abort()

    server = await asyncio.start_server(connect, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    yield to.difference_update_query(["host"]).set(host="127.0.0.1", port=port).render_as_string(hide_password=False), cut_off
    cut_off()
