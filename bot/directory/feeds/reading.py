"""Feeds read in the background, each when its time comes, by one of the servers that share a database."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from bot.directory.feeds.feeds import claim, poll
from bot.directory.feeds.fetch import Fetcher
from bot.directory.store import Directory

logger = logging.getLogger(__name__)

_LOOK_EVERY = 60.0  # seconds


async def keep_reading(directory: Directory, interval: timedelta) -> None:
    """Reads every feed again once `interval` has gone by, until it is cancelled; what goes wrong is told and tried again later."""
    async with Fetcher() as fetcher:
        while True:
            try:
                await read_ripe(directory, fetcher, interval)
            except Exception as error:  # whatever it is: nobody would see that feeds are not read any more
                logger.warning("Kilderne kan ikke læses nu: %s", type(error).__name__)
            await asyncio.sleep(_LOOK_EVERY)


async def read_ripe(directory: Directory, fetcher: Fetcher, interval: timedelta) -> None:
    """Reads each feed whose time has come once."""
    while name := await _claimed(directory):
        outcome = await poll(directory, fetcher, name, datetime.now(UTC), interval)
        if outcome.error:
            logger.warning("Kilden %s kunne ikke læses; det gamle bliver: %s", name, outcome.error)
        elif outcome.changes:
            logger.info("Kilden %s vil have %s ting ændret; se «bot directory changes»", name, outcome.changes)


async def _claimed(directory: Directory) -> str | None:
    async with directory.session() as session, session.begin():
        return await claim(session, datetime.now(UTC))
