"""What a conversation leaves in the server's memory, and who can speak in it."""

from __future__ import annotations

import hashlib
import re

import pytest

from bot.dialogue.assistant import Assistant
from bot.dialogue.messages import UnknownConversation
from tests.clock import Clock
from tests.hardening.memory import remembered

# "kulsbatten"; written so, the word stands nowhere in this process before it is said.
BACKWARDS = "nettabsluk"
ASKED = ("hvor kan jeg sove i nat {}", "han truer mig {}", "{}", "/{}", "får jeg kontanthjælp når jeg er {}", "ja", "og på Nørrebro? {}")


async def talk(assistant: Assistant) -> str:
    """Says the word in all kinds of messages; gives the conversation's key backwards."""
    token, _ = await assistant.open()
    for text in ASKED:
        await assistant.reply(token, text=text.format(BACKWARDS[::-1]))
    await assistant.reply(token, payload="/kontanthjaelp_hvad")
    return token[::-1]


@pytest.fixture
def clock(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(assistant.engine.conversations, "_clock", clock)
    return clock


async def test_a_deleted_conversation_is_nowhere_in_the_process(assistant: Assistant) -> None:
    """C.2 16: caches, slots and log records must not keep what the conversation itself has forgotten."""
    key = await talk(assistant)
    name = hashlib.sha256(key[::-1].encode()).hexdigest()[::-1]
    assert remembered(BACKWARDS, name).keys() == {BACKWARDS, name}
    await assistant.end(key[::-1])
    assert remembered(BACKWARDS, name) == {}


async def test_after_silence_a_conversation_is_nowhere_in_the_process(assistant: Assistant, clock: Clock) -> None:
    """C.2 15: who only closes the phone has said goodbye too; nobody need come for the conversation to be forgotten."""
    key = await talk(assistant)
    clock.now = assistant.engine.conversations._idle_timeout
    assistant.engine.conversations.forget_silent()
    assert remembered(BACKWARDS) == {}
    assert len(assistant.engine.conversations) == 0
    assert len(assistant.engine._locks) == 0
    with pytest.raises(UnknownConversation):
        await assistant.reply(key[::-1], text="hej")


async def test_a_conversation_goes_by_a_name_that_is_not_its_key(assistant: Assistant) -> None:
    """C.2 12: who could read the server's memory should not be able to speak in a person's name."""
    token, _ = await assistant.open()
    assert token not in await assistant.engine.conversations.keys()
    with pytest.raises(UnknownConversation):
        await assistant.reply((await assistant.engine.conversations.keys())[0], text="hej")


async def test_keys_cannot_be_guessed(assistant: Assistant) -> None:
    """C.2 12: 128 bits at least (22 characters of base64url); each is made anew by the system's random numbers."""
    tokens = {(await assistant.open())[0] for _ in range(50)}
    assert len(tokens) == 50
    assert all(re.fullmatch(r"[\w-]{22,}", token, re.ASCII) for token in tokens)
    # No place at which they are all alike: nothing of the time or of a counter is in them.
    assert all(len(set(letters)) > 10 for letters in zip(*tokens, strict=True))
