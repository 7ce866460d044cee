"""The addresses that services and courses are read from: set by an admin, read when their time comes, the last good data kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from yarl import URL

from bot.directory.catalogue import Catalogue
from bot.directory.feeds.addresses import is_public, refusal
from bot.directory.feeds.backoff import next_try
from bot.directory.feeds.changes import ask_for
from bot.directory.feeds.faults import FetchError
from bot.directory.feeds.fetch import Fetched, Fetcher, NotModified, Progress
from bot.directory.hsds.csv import read_csv
from bot.directory.hsds.incoming import Defaults
from bot.directory.hsds.read import read_hsds
from bot.directory.ical.read import read_calendar
from bot.directory.records import Records, SourceRecord
from bot.directory.store import Directory
from bot.directory.tables import Feed
from bot.directory.vocabulary import NEEDS, WHOM
from bot.settings import COPENHAGEN
from bot.topics.yaml_file import ContentError, Problem

KINDS = {"ics": "kurser (iCalendar)", "hsds": "steder (HSDS JSON)", "csv": "steder (CSV)"}
INTERVAL = timedelta(hours=6)
_RESERVED = frozenset({"files", "import"})
_NAME = re.compile(r"(?=.{1,70}$)[a-z0-9]+(-[a-z0-9]+)*")
# What is being read now belongs to one process; if that dies, another may try after this time.
_CLAIMED_FOR = timedelta(minutes=5)
# A broken file can have a mistake on each of thousands of lines; the first ones tell enough.
_LONGEST_ERROR = 2000


class FeedError(Exception):
    """An admin's wish that cannot be met; the message says why, in Danish."""


class Outcome(NamedTuple):
    """How reading a feed went: how many changes wait now (None: nothing new), what was left out, and the error (Danish) if it failed."""

    feed: str
    changes: int | None = None
    left_out: tuple[Problem, ...] = ()
    error: str | None = None


async def add(session: AsyncSession, name: str, url: str, kind: str, needs: Sequence[str] = (), for_whom: Sequence[str] = ()) -> None:
    """Has a feed read from now on; one of the same name gets a new address. Raises FeedError."""
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise FeedError("et navn skrives med små bogstaver, tal og bindestreg, fx kulturhuset")
    if unknown := [*(set(needs) - NEEDS.keys()), *(set(for_whom) - set(WHOM))]:
        raise FeedError(
            f"ukendte ord: {', '.join(sorted(unknown))}; skriv behov som {', '.join(NEEDS)} og målgrupper som {', '.join(WHOM)}"
        )
    if refused := _refused(url):
        raise FeedError(refused)
    fresh = {"etag": None, "last_modified": None, "next_try": None, "failures": 0, "error": None}
    await session.merge(Feed(name=name, url=url, kind=kind, needs=list(needs), for_whom=list(for_whom), **fresh))
    await session.flush()


async def drop(session: AsyncSession, name: str) -> None:
    """Has a feed not read any more; what was approved of it stays. Raises FeedError."""
    await _feed(session, name)
    await session.execute(delete(Feed).where(Feed.name == name))


async def listed(session: AsyncSession) -> list[Feed]:
    """Every feed, by name."""
    return list(await session.scalars(select(Feed).order_by(Feed.name)))


async def claim(session: AsyncSession, now: datetime) -> str | None:
    """The name of a feed whose time has come, kept from every other process for a while; None when there is none."""
    ripe = or_(Feed.next_try.is_(None), Feed.next_try <= now)
    name = await session.scalar(select(Feed.name).where(ripe).order_by(Feed.next_try.nulls_first(), Feed.name).limit(1))
    taken = update(Feed).where(Feed.name == name, ripe).values(next_try=now + _CLAIMED_FOR).returning(Feed.name)
    claimed: str | None = await session.scalar(taken) if name else None
    return claimed


async def poll(
    directory: Directory, fetcher: Fetcher, name: str, now: datetime, interval: timedelta = INTERVAL, on_progress: Progress | None = None
) -> Outcome:
    """Reads the feed `name` and writes down what it wants changed; a feed that cannot be used leaves all as it was.

    Raises FeedError when there is no such feed.
    """
    async with directory.session() as session:
        feed = await _feed(session, name)
    try:
        fetched = await fetcher.fetch(feed.url, *_validators(feed, await directory.catalogue(), now), on_progress)
        if not isinstance(fetched, Fetched):
            async with directory.session() as session, session.begin():
                await _well(session, feed, fetched, now, interval)
            return Outcome(name)
        taken = {one for one, origin in (await directory.catalogue()).origins.items() if origin != name}
        records, left_out = await asyncio.to_thread(_read, feed, fetched.body, frozenset(taken), now)
    except FetchError as error:
        return await _badly(directory, feed, str(error), now, interval, error.retry_after)
    except ContentError as error:
        return await _badly(directory, feed, str(error), now, interval, None)
    async with directory.session() as session, session.begin():
        changes = await ask_for(session, name, records, now)
        await _well(session, feed, fetched, now, interval)
    return Outcome(name, changes, left_out)


def _refused(url: str) -> str | None:
    """Why `url` is no address to read from, in Danish; what a name stands for is looked at when it is read."""
    try:
        address = URL(url)
    except ValueError:
        return "Adressen kan ikke læses. Kopiér den igen fra siden."
    try:
        private = not is_public(ip_address(address.host or ""))
    except ValueError:  # a name
        private = False
    if private:
        return f"{address.host} ligger på et internt netværk. Brug en adresse, der er åben på internettet."
    return refusal(address, http=False, any_port=False)


def _validators(feed: Feed, catalogue: Catalogue, now: datetime) -> tuple[str | None, str | None]:
    """The validators of the last reading, if the same feed would come to the same again: today, and in a directory nobody has changed.

    On another day other dates of a calendar are near enough; and what an editor could not approve must be asked anew.
    """
    read = feed.fetched_at
    if read is None or read.date() != now.astimezone(COPENHAGEN).date() or catalogue.changed_at >= read.replace(microsecond=0):
        return None, None
    return feed.etag, feed.last_modified


def _read(feed: Feed, body: bytes, taken: frozenset[str], now: datetime) -> tuple[Records, tuple[Problem, ...]]:
    path, today = Path(feed.name), now.astimezone(COPENHAGEN).date()
    source = SourceRecord(title=f"Hentet fra {URL(feed.url).host}", url=feed.url)
    if feed.kind == "ics":
        received = read_calendar(body, path, source, today, now)
        if clash := sorted(received.records.courses.keys() & taken):
            raise ContentError([Problem(path, 1, uid, "kurset findes allerede fra en anden kilde") for uid in clash])
        return received.records, received.left_out
    defaults = Defaults(tuple(feed.needs), tuple(feed.for_whom), source, taken)
    return (read_hsds if feed.kind == "hsds" else read_csv)(body, path, today, defaults), ()


async def _feed(session: AsyncSession, name: str) -> Feed:
    feed = await session.get(Feed, name)
    if feed is None:
        raise FeedError(f"der er ingen kilde, der hedder {name}")
    return feed


async def _well(session: AsyncSession, feed: Feed, found: Fetched | NotModified, now: datetime, interval: timedelta) -> None:
    values = {"etag": found.etag, "last_modified": found.last_modified, "fetched_at": now, "failures": 0, "error": None}
    values["next_try"] = next_try(0, now, interval)
    await session.execute(update(Feed).where(Feed.name == feed.name).values(**values))


async def _badly(
    directory: Directory, feed: Feed, error: str, now: datetime, interval: timedelta, retry_after: timedelta | None
) -> Outcome:
    failures = feed.failures + 1
    again = next_try(failures, now, interval, retry_after)
    async with directory.session() as session, session.begin():
        values = {"failures": failures, "error": error[:_LONGEST_ERROR], "next_try": again}
        await session.execute(update(Feed).where(Feed.name == feed.name).values(**values))
    return Outcome(feed.name, error=error)
