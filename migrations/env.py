"""How Alembic reaches the directory's database."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.directory.tables import Base
from bot.settings import Settings


def run(connection: Connection) -> None:
    # SQLite cannot alter most of a table in place, so Alembic copies it ("batch").
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    engine = create_async_engine(Settings().database_url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(run)


given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(run_alone())
else:
    run(given)
