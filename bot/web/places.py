"""The directory's places and courses as the reference shows them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.directory import tables
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


async def needs(directory: Directory) -> dict[str, list[str]]:
    """The needs that places meet, by a place's id; none for an unknown id."""
    async with directory.session() as session:
        terms: dict[str, list[str]] = defaultdict(list)
        for name, term in (await session.execute(select(tables.Need.service_id, tables.Need.term))).tuples():
            terms[name].append(term)
    return terms


async def one(directory: Directory, name: str, at: datetime) -> tuple[Card, list[Card]] | None:
    """The place with the id `name` and its sources, or None."""
    cards = await _cards(directory, ServiceFilter(ids=(name,)), at)
    if not cards:
        return None
    async with directory.session() as session:
        row = await session.get_one(tables.Service, name)
    return cards[0], [{"title": row.source_title, "url": row.source_url, "checked": row.assured_date}]


async def courses(directory: Directory, at: datetime) -> list[Card]:
    """The next courses."""
    async with directory.session() as session:
        return [course.as_dict() for course in await next_courses(session, at)]


async def _cards(directory: Directory, query: ServiceFilter, at: datetime) -> list[Card]:
    async with directory.session() as session:
        found = await find_services(session, query, at)
    return [service.as_dict() for service in found.services]
