from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.feeds import changes, feeds, reading
from bot.directory.feeds.reading import keep_reading, read_ripe
from bot.directory.store import Directory
from tests.databases import execute
from tests.directory.feeds.bodies import PLACE, table
from tests.directory.feeds.conftest import HOST, Fetchers, Page, Server, answer

INTERVAL = timedelta(hours=6)


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch, fetcher: Fetchers) -> None:
    """Looks again at once, and takes the test's server for a public one."""
    monkeypatch.setattr(reading, "_LOOK_EVERY", 0)
    monkeypatch.setattr(reading, "Fetcher", fetcher)


async def add(directory: Directory, *names: str) -> None:
    async with directory.session() as session, session.begin():
        for name in names:
            await feeds.add(session, name, f"https://{HOST}/{name}", "csv")


@contextlib.asynccontextmanager
async def being_read(directory: Directory) -> AsyncIterator[None]:
    """What runs beside the server, until it is cancelled."""
    task = asyncio.create_task(keep_reading(directory, INTERVAL))
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


class Log(logging.Handler):
    """What is logged, as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self._messages = asyncio.Queue[str]()

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what was said."""
        self._messages.put_nowait(record.getMessage())

    async def says(self, text: str) -> None:
        """Comes back when `text` has been logged once more."""
        while text not in await self._messages.get():
            pass


@pytest.fixture
def log() -> Iterator[Log]:
    handler = Log()
    reading.logger.addHandler(handler)
    yield handler
    reading.logger.removeHandler(handler)


def asked_for(event: asyncio.Event) -> Page:
    """Sets `event` and never answers."""

    async def page(writer: asyncio.StreamWriter) -> None:
        event.set()
        await asyncio.Event().wait()

    return page


async def test_every_feed_whose_time_has_come_is_read_once_whatever_becomes_of_the_others(
    directory: Directory, site: Server, fetcher: Fetchers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.directory.feeds")
    await add(directory, "a", "b", "c")
    site.pages |= {"/a": answer(b"", "503 Service Unavailable", Retry_After="600"), "/b": answer(table(PLACE)), "/c": answer(table())}
    async with fetcher() as client:
        await read_ripe(directory, client, INTERVAL)
        await read_ripe(directory, client, INTERVAL)

    assert [request.path for request in site.requests] == ["/a", "/b", "/c"]
    assert caplog.messages == [
        f"Kilden a kunne ikke læses; det gamle bliver: {HOST} har en fejl (503). Vi prøver igen senere.",
        "Kilden b vil have 1 ting ændret; se «bot directory changes»",
    ]
    async with directory.session() as session:
        assert [change.feed_name for change in await changes.pending(session)] == ["b"]


@pytest.fixture
async def later(server: str) -> AsyncIterator[tuple[Directory, Callable[[], Awaitable[None]]]]:
    """A directory whose database cannot be reached, and what makes one."""
    given = make_url(server)
    sqlite, name = given.get_backend_name() == "sqlite", f"test_{uuid4().hex}"
    url = given.set(database=f"{given.database}/{name}/a.db" if sqlite else name)
    directory = Directory(url.render_as_string(hide_password=False))

    async def make() -> None:
        if not sqlite:
            await execute(server, f"CREATE DATABASE {name}")
        await directory.migrate()

    yield directory, make
    await directory.close()
    if not sqlite:
        await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.usefixtures("often")
async def test_a_database_that_cannot_be_reached_is_tried_until_it_can(
    later: tuple[Directory, Callable[[], Awaitable[None]]], site: Server, log: Log
) -> None:
    directory, make = later
    asked = asyncio.Event()
    site.pages["/a"] = asked_for(asked)
    async with being_read(directory):
        for _ in range(3):
            await log.says("Kilderne kan ikke læses nu")
        await make()
        await add(directory, "a")
        await asked.wait()


@pytest.mark.usefixtures("often")
async def test_a_feed_that_is_removed_while_its_time_comes_stops_nothing(
    directory: Directory, site: Server, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, names = feeds.claim, ["gone"]

    async def claimed(session: AsyncSession, now: datetime) -> str | None:
        return names.pop() if names else await claim(session, now)

    monkeypatch.setattr(reading, "claim", claimed)
    asked = asyncio.Event()
    site.pages["/a"] = asked_for(asked)
    await add(directory, "a")
    async with being_read(directory):
        await log.says("FeedError")
        await asked.wait()


@pytest.mark.usefixtures("often")
async def test_a_reading_that_is_cancelled_is_no_failure_and_left_to_others(directory: Directory, site: Server) -> None:
    asked = asyncio.Event()
    site.pages["/a"] = asked_for(asked)
    await add(directory, "a")
    async with being_read(directory):
        await asked.wait()

    now = datetime.now(UTC)
    async with directory.session() as session, session.begin():
        (feed,) = await feeds.listed(session)
        assert (feed.failures, feed.error) == (0, None)
        assert await feeds.claim(session, now) is None
        assert await feeds.claim(session, now + timedelta(minutes=5)) == "a"
