"""What the server does with what people write, in their own words and our own numbers."""

from __future__ import annotations

from aiohttp import web

from bot.privacy.mask import PLACEHOLDERS
from bot.topics.model import danish
from bot.web.body import LONGEST_TEXT
from bot.web.conditional import KEPT_FOR
from bot.web.html import rendered
from bot.web.keys import SETTINGS


async def page(request: web.Request) -> web.Response:
    """`GET /beskyttelse`: how the people who ask are protected. Every figure is what the code goes by."""
    settings = request.config_dict[SETTINGS]
    return rendered(
        "beskyttelse.html",
        request,
        hidden=list(dict.fromkeys(PLACEHOLDERS.values())),
        events=danish(settings.max_events),
        conversations=danish(settings.max_conversations),
        characters=danish(LONGEST_TEXT),
        kilobytes=danish(settings.max_body / 1024),
        calendar_minutes=danish(KEPT_FOR / 60),
    )
