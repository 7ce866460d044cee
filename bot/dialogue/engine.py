"""Rasa in this process: one model at a time, conversations that outlive it."""

from __future__ import annotations

import asyncio
import logging
from itertools import takewhile
from pathlib import Path

import structlog
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.graph_runner import Processor
from bot.dialogue.local_actions import LocalActionEndpoint
from bot.dialogue.lock_store import ConversationLockStore
from bot.dialogue.messages import Message, UnknownConversation
from bot.dialogue.nlg import TopicResponseGenerator
from bot.dialogue.reply_channel import ReplyChannel, as_message
from bot.dialogue.tracker_store import ForgettingTrackerStore
from bot.dialogue.understanding import FOLLOW_UP, Understanding, understanding
from bot.settings import Settings
from bot.topics.dialogue import about_topic
from bot.topics.text import folded

# Rasa writes out what people say; that must not reach a log.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
for chatty in ("rasa", "rasa_sdk"):
    logging.getLogger(chatty).setLevel(logging.WARNING)
# Of a failing action it writes the traceback and whose conversation it was.
logging.getLogger("rasa.core.processor").setLevel(logging.CRITICAL + 1)


_NOT_FOR_BUTTONS = set(DEFAULT_INTENTS) | {FOLLOW_UP}


class Engine:
    """Understands and answers. A model is loaded beside the running one and takes its place only when it works."""

    def __init__(self, settings: Settings) -> None:
        self.conversations = ForgettingTrackerStore(
            idle_timeout=settings.idle_timeout, max_conversations=settings.max_conversations, max_events=settings.max_events
        )
        self._locks = ConversationLockStore()
        url = settings.action_endpoint_url
        self._actions = EndpointConfig(url, enable_selective_domain=True) if url else LocalActionEndpoint()
        self._processor: Processor | None = None
        self._kinds: dict[str, str] = {}

    @property
    def processor(self) -> Processor:
        """Rasa's processor with the model in use. Raises RuntimeError while there is none."""
        if self._processor is None:
            raise RuntimeError("no model is loaded")
        return self._processor

    async def load(self, model: Path) -> None:
        """Puts `model` in use without stopping the loop. Whatever it raises, the model in use stays."""
        processor = await asyncio.to_thread(
            Processor, model, self.conversations, self._locks, TopicResponseGenerator(), action_endpoint=self._actions
        )
        processor.nlg.responses = processor.domain.responses
        self.conversations.adopt(processor.domain)
        self._processor, self._kinds = processor, _kinds(processor.domain)

    def intents(self) -> set[str]:
        """What a button may ask of the model in use."""
        return set(self.processor.domain.intents) - _NOT_FOR_BUTTONS

    def safety_topics(self) -> set[str]:
        """The topics of the model in use whose answers begin with the number to call."""
        return {topic for topic, kind in self._kinds.items() if kind == "safety"}

    async def greet(self, conversation: str) -> list[Message]:
        """Begins a conversation with the greeting."""
        tracker = await self.conversations.create_tracker(conversation)
        greeting = await self.processor.nlg.generate("utter_hilsen", tracker, ReplyChannel.name())
        return [as_message(greeting)] if greeting else []

    async def answer(self, conversation: str, text: str) -> list[Message]:
        """What the bot says to `text` (or `/intent`) in a conversation; none when an action failed.

        Raises UnknownConversation when it has been forgotten by the time its turn comes.
        """
        channel = ReplyChannel()
        async with self._locks.lock(conversation):
            if not await self.conversations.exists(conversation):
                raise UnknownConversation
            await self.processor.handle_message(UserMessage(text, channel, conversation, input_channel=channel.name()))
        return channel.messages

    async def offered(self, conversation: str) -> dict[str, str]:
        """The payloads of the buttons under the last answer, by their titles, `folded`."""
        tracker = await self.conversations.retrieve(conversation)
        events = tracker.events if tracker else ()
        answer = takewhile(lambda event: not isinstance(event, UserUttered), reversed(events))
        buttons = [button for event in answer if isinstance(event, BotUttered) for button in event.data.get("buttons") or ()]
        return {folded(button["title"]): button["payload"] for button in buttons}

    async def understand(self, text: str) -> Understanding:
        """How the model in use understands `text`, outside any conversation."""
        return understanding(await self.processor.parse_message(UserMessage(text)), self._kinds)


def _kinds(domain: Domain) -> dict[str, str]:
    """The kind of every topic."""
    told = {topic: about_topic(topic, domain.responses) for topic in domain.intents}
    return {topic: about["kind"] for topic, about in told.items() if "kind" in about}
