"""One message at a time in each conversation, without a trace of it afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockStore


class ConversationLockStore(LockStore):
    """Locks that exist only while somebody holds or awaits them. Rasa's own ask once a second and may be left behind."""

    def __init__(self, endpoint_config: Any = None, **kwargs: Any) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def lock(self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0) -> AsyncIterator[asyncio.Lock]:
        """Waits for the conversation's turn; the times are Rasa's and not needed here."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield lock
