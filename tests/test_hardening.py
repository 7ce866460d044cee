"""One security property a test, with the reason why it matters."""

import logging

import pytest
from rasa.core.processor import MessageProcessor

from bot.dialogue.assistant import Assistant

SENTINEL = "zorbaflex"


async def test_no_log_at_any_level_holds_what_a_person_writes(
    assistant: Assistant, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Rasa prints message texts when it debugs; whoever reads a server's log must not read a conversation."""
    caplog.set_level(logging.DEBUG)
    token, _ = await assistant.open()
    for text in (f"hvor kan jeg sove i nat {SENTINEL}", f"/ /@{SENTINEL}", f"/{SENTINEL}{{"):
        await assistant.reply(token, text=text)
    await assistant.reply(token, payload=f'/moms{{"{SENTINEL}": 1')
    await assistant.end(token)
    seen = caplog.text + "".join(capfd.readouterr())
    assert SENTINEL not in seen
    assert token not in seen


async def test_an_error_does_not_log_what_a_person_writes(
    assistant: Assistant, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception's message often repeats the value that caused it."""

    async def fail(self: MessageProcessor, message: object) -> None:
        raise ValueError(f"cannot read {SENTINEL}")

    monkeypatch.setattr(MessageProcessor, "handle_message", fail)
    token, _ = await assistant.open()
    await assistant.reply(token, text=SENTINEL)
    assert "ValueError" in caplog.text
    assert SENTINEL not in caplog.text
    assert token not in caplog.text


async def test_a_conversation_goes_by_a_name_that_is_not_its_token(assistant: Assistant) -> None:
    """Who could read the server's memory should not be able to speak in a person's name."""
    token, _ = await assistant.open()
    assert token not in await assistant.engine.conversations.keys()
    assert len(token) >= 32
