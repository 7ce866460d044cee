"""Conversations in memory, for as long as they are talked in, and no longer."""

from __future__ import annotations

import copy
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.messages import Full, UnknownConversation
from bot.privacy.limits import Clock, TokenBucket

# A person who presses buttons as fast as she can stays far below; a script meets it within seconds.
_TURNS_AT_ONCE = 120
_TURNS_PER_SECOND = 2.0


@dataclass(slots=True)
class _Kept:
    tracker: DialogueStateTracker
    turns: TokenBucket
    until: float


class ForgettingTrackerStore(TrackerStore):
    """Keeps trackers as they are, and drops them after `idle_timeout` seconds of silence.

    There are at most `max_conversations`. When it is full, the oldest of those in which nothing was ever said makes room for a new
    one; people who talk are never pushed out, so when all talk a new one is refused. Of each conversation the last turns of about
    `max_events` events are kept, and how fast she talks. Nothing is written anywhere.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        *,
        idle_timeout: float = 30 * 60,
        max_conversations: int = 5000,
        max_events: int = 48,
        clock: Clock = time.monotonic,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, None)
        self._idle_timeout = idle_timeout
        self._max_conversations = max_conversations
        self._max_events = max_events
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._unspoken: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def adopt(self, domain: Domain) -> None:
        """Goes on with `domain`; running conversations get the slots that they lack."""
        self.domain = domain
        for kept in self._kept.values():
            for slot in domain.slots:
                kept.tracker.slots.setdefault(slot.name, copy.deepcopy(slot))

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new, empty conversation, or the one of that name emptied. Raises Full."""
        self.forget_silent()
        if sender_id not in self._kept:
            self._make_room()
            self._unspoken[sender_id] = None
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted("action_listen"))
        self._keep(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Starts the silence of `tracker` anew. What was forgotten while it was being answered stays forgotten."""
        self.forget_silent()
        if tracker.sender_id in self._kept:
            trim(tracker, self._max_events)
            self._keep(tracker)

    def take_turn(self, sender_id: str) -> None:
        """Counts something said. Raises UnknownConversation, and TooMany when it comes faster than a person talks."""
        self.forget_silent()
        if sender_id not in self._kept:
            raise UnknownConversation
        self._kept[sender_id].turns.take()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, which from now on counts as talked in, or None when it is unknown or forgotten."""
        self.forget_silent()
        self._unspoken.pop(sender_id, None)
        kept = self._kept.get(sender_id)
        return kept and kept.tracker

    async def keys(self) -> list[str]:
        """The ids of all conversations."""
        self.forget_silent()
        return list(self._kept)

    def forget(self, sender_id: str) -> None:
        """Drops a conversation; nothing happens when there is none."""
        self._kept.pop(sender_id, None)
        self._unspoken.pop(sender_id, None)

    def forget_silent(self) -> None:
        """Drops every conversation whose time has run out."""
        now = self._clock()
        while self._kept and next(iter(self._kept.values())).until <= now:
            self.forget(next(iter(self._kept)))

    def _make_room(self) -> None:
        if len(self._kept) < self._max_conversations:
            return
        if not self._unspoken:
            raise Full
        self.forget(next(iter(self._unspoken)))

    def _keep(self, tracker: DialogueStateTracker) -> None:
        kept = self._kept.get(tracker.sender_id)
        turns = kept.turns if kept else TokenBucket(_TURNS_PER_SECOND, _TURNS_AT_ONCE, self._clock)
        self._kept[tracker.sender_id] = _Kept(tracker, turns, self._clock() + self._idle_timeout)
        self._kept.move_to_end(tracker.sender_id)


def trim(tracker: DialogueStateTracker, max_events: int) -> None:
    """Drops the oldest whole turns beyond `max_events`; what they put in slots stays, and so does a running form."""
    if len(tracker.events) <= max_events:
        return
    events = list(tracker.events)
    kept = events[_first_turn(events, len(events) - max_events) :]
    filled = [SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.has_been_set]
    running = [ActiveLoop(tracker.active_loop_name)] if tracker.active_loop_name else []
    tracker.events = deque([*running, *filled, *kept])


def _first_turn(events: list[Event], start: int) -> int:
    """Where the first turn at or after `start` begins: at the listening before what the person said."""
    for at in range(start, len(events) - 1):
        if isinstance(events[at], ActionExecuted) and isinstance(events[at + 1], UserUttered):
            return at
    return start
