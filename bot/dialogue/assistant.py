"""The conversation as a page sees it: open, ask, end."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.messages import Message, UnknownConversation
from bot.dialogue.models import current_model, published, version
from bot.dialogue.understanding import as_said
from bot.privacy.mask import mask
from bot.privacy.notice import notice
from bot.privacy.personal.public import public
from bot.settings import Settings
from bot.topics.text import folded

if TYPE_CHECKING:
    from bot.dialogue.engine import Engine

logger = logging.getLogger(__name__)

_TOKEN_BYTES = 24
_LOOK_EVERY = 2.0
_PAYLOAD = re.compile(r'/(\w+)(?:\{"(?:choice|happened)": "[\w:]+"\})?')
_FAILED = Message("Det gik galt hos mig. Skriv det gerne igen. Er du i fare, så ring 112.")
_OLD_BUTTON = Message("Den knap virker ikke længere. Skriv i stedet, hvad du vil vide.")


class Assistant:
    """Conversations behind tokens. Only the person's page holds the token; here a conversation goes by the token's hash."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine: Engine | None = None
        self._model: tuple[Path, int] | None = None
        self.loaded = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether a model is loaded."""
        return self.loaded.is_set()

    @property
    def engine(self) -> Engine:
        """The engine. Raises RuntimeError before the first model is loaded."""
        if self._engine is None:
            raise RuntimeError("no model is loaded")
        return self._engine

    async def load(self, model: Path) -> None:
        """Puts `model` in use. Whatever it raises, the model in use stays."""
        # Rasa takes seconds to import; meanwhile the pages are served.
        module = await asyncio.to_thread(importlib.import_module, "bot.dialogue.engine")
        engine: Engine = self._engine or module.Engine(self._settings)
        await engine.load(model)
        # Masking reads the content once; the first person to write is not to wait for it.
        await asyncio.to_thread(public)
        self._engine, self._model = engine, version(model)
        self.loaded.set()

    async def keep_current(self, renew: Callable[[], Awaitable[None]]) -> None:
        """Follows what is published, and forgets silent conversations, until cancelled.

        `renew` brings what else is published up to date, each time a model has been put in use.
        """
        seen = 0
        while True:
            if (newest := published(self._settings.models)) != seen:
                seen = newest
                await self._take_over(renew)
            if self.ready:
                self.engine.conversations.forget_silent()
            await asyncio.sleep(_LOOK_EVERY)

    async def _take_over(self, renew: Callable[[], Awaitable[None]]) -> None:
        model = current_model(self._settings.models)
        if model is None:
            return
        try:
            if version(model) != self._model:
                await self.load(model)
                logger.info("Modellen %s er i brug", model.name)
            await renew()
        except Exception as error:
            logger.error("Modellen %s kan ikke tages i brug (%s); det kørende bliver", model.name, type(error).__name__)

    @property
    def fullness(self) -> float:
        """The share of all places for conversations that is taken, 0 to 1."""
        return len(self.engine.conversations) / self._settings.max_conversations

    async def open(self) -> tuple[str, list[Message]]:
        """A new conversation: its token and the greeting. Raises Full."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        return token, await self.engine.greet(_key(token))

    def take_turn(self, token: str) -> None:
        """Counts something that a person is about to say. Raises UnknownConversation, and TooMany when it comes too fast."""
        self.engine.conversations.take_turn(_key(token))

    async def reply(self, token: str, *, text: str = "", payload: str = "") -> list[Message]:
        """The answer to a person's `text` or to a button's `payload`. Who writes what stands on a button has pressed it.

        Raises UnknownConversation.
        """
        key = _key(token)
        if not await self.engine.conversations.exists(key):
            raise UnknownConversation
        payload = payload or (await self.engine.offered(key)).get(folded(text), "")
        if payload:
            return await self._answer(key, payload) if self._is_current(payload) else [_OLD_BUTTON]
        masked = mask(text)
        answer = await self._answer(key, as_said(masked.text))
        hidden = notice(span.kind for span in masked.spans)
        return self._telling(hidden, answer) if hidden else answer

    async def end(self, token: str) -> None:
        """Forgets the conversation; nothing happens when there is none."""
        if self._engine:
            self._engine.conversations.forget(_key(token))

    async def _answer(self, key: str, text: str) -> list[Message]:
        try:
            messages = await self.engine.answer(key, text)
        except UnknownConversation:
            raise
        except Exception as error:
            logger.error("En besked kunne ikke besvares (%s)", type(error).__name__)
            messages = []
        if messages:
            return messages
        if await self.engine.conversations.exists(key):
            await self.engine.greet(key)
        return [_FAILED]

    def _telling(self, hidden: str, answer: list[Message]) -> list[Message]:
        """`answer` with a paragraph on what was `hidden`: before all else, but in a cry for help after the number to call."""
        first, *rest = answer
        paragraphs = [first.text, hidden] if first.topic in self.engine.safety_topics() else [hidden, first.text]
        return [replace(first, text="\n\n".join(paragraphs)), *rest]

    def _is_current(self, payload: str) -> bool:
        match = _PAYLOAD.fullmatch(payload)
        return match is not None and match[1] in self.engine.intents()


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
