"""Conversations in memory, for as long as they are talked in, and no longer."""

from __future__ import annotations

import copy
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


class ForgettingTrackerStore(TrackerStore):
    """Keeps trackers as they are, drops them after `idle_timeout` seconds of silence, the longest silent first when full.

    Of each conversation the last turns of about `max_events` events are kept. Nothing is written anywhere.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        *,
        idle_timeout: float = 30 * 60,
        max_conversations: int = 5000,
        max_events: int = 48,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, None)
        self._idle_timeout = idle_timeout
        self._max_conversations = max_conversations
        self._max_events = max_events
        self._clock = clock
        self._trackers: OrderedDict[str, tuple[float, DialogueStateTracker]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._trackers)

    def adopt(self, domain: Domain) -> None:
        """Goes on with `domain`; running conversations get the slots that they lack."""
        self.domain = domain
        for _, tracker in self._trackers.values():
            for slot in domain.slots:
                tracker.slots.setdefault(slot.name, copy.deepcopy(slot))

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new, empty conversation."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted("action_listen"))
        self._keep(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Starts the silence of `tracker` anew. What was forgotten while it was being answered stays forgotten."""
        self.forget_silent()
        if tracker.sender_id in self._trackers:
            trim(tracker, self._max_events)
            self._keep(tracker)

    def _keep(self, tracker: DialogueStateTracker) -> None:
        self._trackers[tracker.sender_id] = (self._clock() + self._idle_timeout, tracker)
        self._trackers.move_to_end(tracker.sender_id)
        while len(self._trackers) > self._max_conversations:
            self._trackers.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or None when it is unknown or forgotten."""
        self.forget_silent()
        _, tracker = self._trackers.get(sender_id, (0.0, None))
        return tracker

    async def keys(self) -> list[str]:
        """The ids of all conversations."""
        self.forget_silent()
        return list(self._trackers)

    def forget(self, sender_id: str) -> None:
        """Drops a conversation; nothing happens when there is none."""
        self._trackers.pop(sender_id, None)

    def forget_silent(self) -> None:
        """Drops every conversation whose time has run out."""
        now = self._clock()
        while self._trackers and next(iter(self._trackers.values()))[0] <= now:
            self._trackers.popitem(last=False)


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
