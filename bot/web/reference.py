"""The reference for outreach staff: every topic and every place, on plain pages."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from bot.directory.store import Directory
from bot.directory.vocabulary import NEEDS
from bot.settings import COPENHAGEN
from bot.topics.answer import told_on
from bot.topics.content import Content
from bot.topics.model import Topic
from bot.topics.text import folded
from bot.web import places
from bot.web.html import rendered
from bot.web.keys import DIRECTORY, LIBRARY

LONGEST_QUERY = 100

_AREAS = {
    "kontanthjaelp": "Kontanthjælp",
    "arbejde": "Arbejde",
    "virksomhed": "Egen virksomhed",
    "sundhed": "Sundhed",
    "sikkerhed": "Sikkerhed",
    "hverdag": "Hverdag",
    "udlaending": "Fra et andet land",
    "samtale": "Om Vejviser",
}


async def index(request: web.Request) -> web.Response:
    """`GET /opslag`: all topics by area, or what a search (`q`) finds among topics and places."""
    query = request.query.get("q", "").strip()[:LONGEST_QUERY]
    content = request.config_dict[LIBRARY].content
    if wanted := folded(query).split():
        topics = [topic for topic in _shown(content) if _holds(_words(topic), wanted)]
        # Stable: those whose title fits come first, otherwise the order stays.
        topics.sort(key=lambda topic: not _holds(topic.title, wanted))
        areas, found = {"Emner": topics} if topics else {}, await _places(request.config_dict[DIRECTORY], wanted)
    else:
        areas, found = _by_area(content), []
    return rendered("opslag/index.html", request, query=query, longest=LONGEST_QUERY, areas=areas, found=found)


async def topic(request: web.Request) -> web.Response:
    """`GET /opslag/emne/<id>`: a topic's answer with today's figures, its places, courses and sources."""
    content, directory, now = request.config_dict[LIBRARY].content, request.config_dict[DIRECTORY], datetime.now(COPENHAGEN)
    shown = content.topics.get(request.match_info["id"])
    if shown is None:
        raise web.HTTPNotFound
    return rendered(
        "opslag/topic.html",
        request,
        topic=shown,
        answer=told_on(shown.answer, content.facts, now.date()),
        follow_ups=[content.topics[name] for name in shown.follow_ups if name in content.topics],
        services=await places.that_answer(directory, shown.services, now) if shown.services else [],
        courses=await places.courses(directory, now) if shown.courses else [],
    )


async def services(request: web.Request) -> web.Response:
    """`GET /opslag/steder`: every place."""
    found = await places.every(request.config_dict[DIRECTORY], datetime.now(COPENHAGEN))
    return rendered("opslag/services.html", request, services=found)


async def service(request: web.Request) -> web.Response:
    """`GET /opslag/sted/<id>`: one place."""
    found = await places.one(request.config_dict[DIRECTORY], request.match_info["id"], datetime.now(COPENHAGEN))
    if found is None:
        raise web.HTTPNotFound
    card, sources = found
    return rendered("opslag/service.html", request, service=card, sources=sources)


async def _places(directory: Directory, wanted: list[str]) -> list[places.Card]:
    records = (await directory.catalogue()).records.services
    cards = await places.every(directory, datetime.now(COPENHAGEN))
    needs = {name: " ".join(NEEDS.get(need, need) for need in record.needs) for name, record in records.items()}
    return [card for card in cards if _holds(f"{card['name']} {card['summary']} {needs[card['id']]}", wanted)]


def _shown(content: Content) -> list[Topic]:
    return [topic for topic in content.topics.values() if topic.kind != "meta"]


def _by_area(content: Content) -> dict[str, list[Topic]]:
    """The topics under their area's heading, in the inventory's order."""
    order = {name: position for position, name in enumerate(name for entries in content.inventory.values() for name in entries)}
    areas: dict[str, list[Topic]] = {}
    for topic in sorted(_shown(content), key=lambda topic: order[topic.id]):
        areas.setdefault(_AREAS.get(topic.area, topic.area.capitalize()), []).append(topic)
    return areas


def _words(topic: Topic) -> str:
    return " ".join((topic.title, topic.answer, *topic.examples))


def _holds(text: str, wanted: list[str]) -> bool:
    words = folded(text)
    return all(word in words for word in wanted)
