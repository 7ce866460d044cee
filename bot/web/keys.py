"""What the pages need from the rest of the house, by its key in the application."""

from __future__ import annotations

from typing import Protocol

from aiohttp import web

from bot.dialogue.messages import Message
from bot.directory.store import Directory
from bot.privacy.admission import Admission
from bot.settings import Settings
from bot.topics.content import Library


class Assistant(Protocol):
    """The conversation partner behind the pages."""

    @property
    def ready(self) -> bool:
        """Whether a model is loaded."""

    @property
    def fullness(self) -> float:
        """The share of all places for conversations that is taken, 0 to 1."""

    async def open(self) -> tuple[str, list[Message]]:
        """A new conversation: its token and the greeting. Raises Full."""

    def take_turn(self, token: str) -> None:
        """Counts something that a person is about to say. Raises UnknownConversation, and TooMany when it comes too fast."""

    async def reply(self, token: str, *, text: str = "", payload: str = "") -> list[Message]:
        """The answer to a text or a pressed button. Raises UnknownConversation."""

    async def end(self, token: str) -> None:
        """Forgets the conversation; nothing happens when there is none."""


ADMISSION: web.AppKey[Admission] = web.AppKey("admission")
ASSISTANT: web.AppKey[Assistant] = web.AppKey("assistant")
LIBRARY: web.AppKey[Library] = web.AppKey("library")
DIRECTORY: web.AppKey[Directory] = web.AppKey("directory")
SETTINGS: web.AppKey[Settings] = web.AppKey("settings")
