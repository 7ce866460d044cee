"""A person sees what was hidden, and nothing of it goes any further: the whole application over HTTP, with the real model."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.dialogue.assistant import Assistant
from bot.settings import Settings
from bot.web.keys import ASSISTANT

pytestmark = pytest.mark.usefixtures("model")

CPR = "Jeg har skjult dit CPR-nummer. Skriv det aldrig her."
NAME = "Jeg har skjult et navn."
SECRETS = {
    "010190-1234": "mit cpr er 010190-1234",
    "Zanfirescu": "jeg hedder Maria Zanfirescu",
    "20 12 34 56": "ring 20 12 34 56",
    "Istedgade 912": "jeg bor på Istedgade 912, 3. tv",
    "zanfi@gmail.com": "min mail er zanfi@gmail.com",
    "zanfi_cph": "mit snap er zanfi_cph",
}


@pytest.fixture
async def client(database_url: str) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(create_app(Settings(database_url=database_url)))) as client:
        await assistant_of(client).loaded.wait()
        yield client


def assistant_of(client: TestClient[Any, Any]) -> Assistant:
    assert client.app is not None
    assistant = client.app[ASSISTANT]
    assert isinstance(assistant, Assistant)
    return assistant


async def answers(client: TestClient[Any, Any], *texts: str) -> list[list[dict[str, Any]]]:
    """The messages that answer each of `texts` in one conversation."""
    token = (await (await client.post("/api/chat")).json())["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    return [(await (await client.post("/api/chat/messages", json={"text": text}, headers=bearer)).json())["messages"] for text in texts]


async def test_an_answer_begins_with_what_was_hidden(client: TestClient[Any, Any]) -> None:
    plain, hidden = await answers(client, "skal jeg betale moms", "mit cpr er 010190-1234, skal jeg betale moms")
    assert hidden[0]["text"] == f"{CPR}\n\n{plain[0]['text']}"
    assert {**hidden[0], "text": ""} == {**plain[0], "text": ""}


async def test_the_page_without_scripts_tells_it_before_the_answer(client: TestClient[Any, Any]) -> None:
    page = await (await client.post("/", data={"text": "mit cpr er 010190-1234, skal jeg betale moms"})).text()
    assert page.index(CPR) < page.index("50.000 kr.")


async def test_in_a_cry_for_help_the_number_to_call_comes_first(client: TestClient[Any, Any]) -> None:
    ((first, *_),) = await answers(client, "hjælp min kæreste Radu har en kniv han slår mig nu")
    assert first["topic"] == "akut_fare"
    assert first["text"].index("112") < first["text"].index(NAME)


async def test_somebody_who_hides_nothing_is_told_nothing(client: TestClient[Any, Any]) -> None:
    ((first, *_),) = await answers(client, "skal jeg betale moms af 50.000 kr.")
    assert "skjult" not in first["text"]


async def test_what_was_hidden_is_in_no_answer_button_or_title(client: TestClient[Any, Any]) -> None:
    shown = str(await answers(client, *SECRETS.values(), "hvad var det jeg skrev"))
    assert [secret for secret in SECRETS if secret.lower() in shown.lower()] == []


async def test_what_was_hidden_is_in_no_conversation(client: TestClient[Any, Any]) -> None:
    await answers(client, *SECRETS.values())
    conversations = assistant_of(client).engine.conversations
    (key,) = await conversations.keys()
    tracker = await conversations.retrieve(key)
    assert tracker is not None
    kept = str([event.as_dict() for event in tracker.events]) + str(tracker.current_slot_values())
    assert [secret for secret in SECRETS if secret.lower() in kept.lower()] == []


async def test_what_was_hidden_is_in_no_log(
    client: TestClient[Any, Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    await answers(client, *SECRETS.values())
    written = caplog.text + "".join(capfd.readouterr())
    assert [secret for secret in SECRETS if secret.lower() in written.lower()] == []
