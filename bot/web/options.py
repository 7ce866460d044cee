"""What a page's address may ask of it. A page that embeds the chat sets these; nothing in them is typed by a person."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from aiohttp import web

from bot.web.accent import is_colour
from bot.web.keys import LIBRARY, SETTINGS
from bot.web.texts import LANGUAGES


@dataclass(frozen=True)
class Options:
    """`exit` is where leaving leads, `lang` the language around the answers, `start` a topic's id, `accent` six hexadecimal digits.

    `start` and `accent` may be empty.
    """

    exit: str
    lang: str
    start: str
    accent: str
    _asked: dict[str, str]

    @classmethod
    def of(cls, request: web.Request) -> Self:
        """The options of a request's address. One that does not hold is as if it were not there: the page must work all the same.

        `exit` is one of the operator's addresses; otherwise our own page would lead anywhere that a link to it says.
        """
        settings, content = request.config_dict[SETTINGS], request.config_dict[LIBRARY].content
        allowed: dict[str, Container[str]] = {"exit": settings.exit_urls, "lang": LANGUAGES, "start": content.topics}
        asked = {name: value for name, values in allowed.items() if (value := request.query.get(name, "")) in values}
        if is_colour(accent := request.query.get("accent", "")):
            asked["accent"] = accent
        default = {"exit": settings.exit_url, "lang": LANGUAGES[0], "start": "", "accent": ""}
        return cls(**{**default, **asked}, _asked=asked)

    def address(self, path: str, **others: str) -> str:
        """`path` with the options that were asked for, `others` in their stead; `start` is for the first page alone."""
        query = urlencode({name: value for name, value in {**self._asked, "start": "", **others}.items() if value})
        return f"{path}?{query}" if query else path
