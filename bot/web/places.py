"""The directory's places and courses as the reference shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.directory.assurance import checked_on
from bot.directory.cards import service_card
from bot.directory.search import ServiceFilter, find_services, next_courses
from bot.directory.store import Directory
from bot.topics.model import ServiceQuery

Card = dict[str, Any]


async def that_answer(directory: Directory, query: ServiceQuery, at: datetime) -> list[Card]:
    """Every place that a topic points to by `query`, in the chat's order."""
    return await _cards(directory, ServiceFilter(ids=query.ids, needs=query.needs, limit=None), at)


async def every(directory: Directory, at: datetime) -> list[Card]:
    """Every place, by name."""
    cards = await _cards(directory, ServiceFilter(limit=None), at)
    return sorted(cards, key=lambda card: str(card["name"]).casefold())


async def one(directory: Directory, name: str, at: datetime) -> tuple[Card, list[Card]] | None:
    """The place with the id `name` and its sources, or None."""
    record = (await directory.catalogue()).records.services.get(name)
    if record is None or not record.exists:
        return None
    source = {"title": record.source.title, "url": record.source.url, "checked": checked_on(record)}
    return service_card(name, record, at).as_dict(), [source]


async def courses(directory: Directory, at: datetime) -> list[Card]:
    """The next courses."""
    return [course.as_dict() for course in next_courses(await directory.catalogue(), at)]


async def _cards(directory: Directory, query: ServiceFilter, at: datetime) -> list[Card]:
    found = find_services(await directory.catalogue(), query, at)
    return [service.as_dict() for service in found.services]
