from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.store import Directory
from bot.privacy.proof_of_work import LIFETIME, Challenge
from bot.web.keys import ADMISSION
from tests.clock import Clock
from tests.flooding import exhausted, flood
from tests.solving import solved
from tests.web.fake_app import make_app
from tests.web.fake_assistant import FakeAssistant
from tests.web.test_chat_api import ask, bearer, title_of

Client = TestClient[Any, Any]

CROWDED = "Der er mange, der spørger lige nu. Prøv igen om lidt."


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(assistant: FakeAssistant, directory: Directory, clock: Clock) -> AsyncIterator[Client]:
    async with TestClient(TestServer(make_app(assistant, directory, clock=clock))) as client:
        yield client


@pytest.fixture
def flooded(client: Client, token: str) -> None:
    """So many have come that newcomers must work; one, with `token`, was there before."""
    assert client.app
    flood(client.app[ADMISSION])


async def enter(client: Client, proof: str) -> ClientResponse:
    return await client.post("/api/chat", headers={"Proof-Of-Work": proof})


async def challenge_in(response: ClientResponse) -> Challenge:
    assert response.status == 429
    assert int(response.headers["Retry-After"]) > 0
    assert await title_of(response) == CROWDED
    challenge: Challenge = (await response.json(content_type=None))["challenge"]
    return challenge


async def post(client: Client, **fields: str) -> ClientResponse:
    return await client.post("/", data=fields, headers={"Accept": "text/html"})


async def test_under_load_a_newcomer_works_and_comes_in(client: Client, flooded: None, assistant: FakeAssistant) -> None:
    challenge = await challenge_in(await client.post("/api/chat"))
    assert set(challenge) == {"seed", "difficulty", "count", "expires_in"}

    response = await enter(client, solved(challenge))
    assert response.status == 201
    assert (await response.json())["token"] in assistant.conversations


@pytest.mark.parametrize("proof", ["", "nonsense"])
async def test_without_load_nobody_works(client: Client, proof: str) -> None:
    assert (await enter(client, proof)).status == 201


async def test_a_solution_opens_one_conversation(client: Client, flooded: None) -> None:
    proof = solved(await challenge_in(await client.post("/api/chat")))
    assert (await enter(client, proof)).status == 201

    another = await challenge_in(await enter(client, proof))
    assert another["seed"] not in proof
    assert (await enter(client, solved(another))).status == 201


async def test_a_solution_that_comes_too_late_gets_another_challenge(client: Client, flooded: None, clock: Clock) -> None:
    proof = solved(await challenge_in(await client.post("/api/chat")))
    clock.now += LIFETIME
    assert client.app
    flood(client.app[ADMISSION])

    assert (await enter(client, solved(await challenge_in(await enter(client, proof))))).status == 201


async def test_a_challenge_made_easier_is_forged(client: Client, flooded: None) -> None:
    challenge = await challenge_in(await client.post("/api/chat"))
    easier: Challenge = {**challenge, "difficulty": 1}

    await challenge_in(await enter(client, solved(easier)))


@pytest.mark.parametrize("proof", ["", "nonsense", "A" * 43, "A" * 8000, "\xe6\xf8\xe5", "A" * 43 + ".00000000" * 16])
async def test_what_is_no_solution_gets_a_challenge(client: Client, flooded: None, proof: str) -> None:
    await challenge_in(await enter(client, proof))


async def test_two_headers_are_no_solution(client: Client, flooded: None) -> None:
    proof = solved(await challenge_in(await client.post("/api/chat")))

    response = await client.post("/api/chat", headers=[("Proof-Of-Work", "nonsense"), ("Proof-Of-Work", proof)])
    await challenge_in(response)


async def test_who_talks_notices_nothing_of_the_flood(client: Client, flooded: None, token: str) -> None:
    for _ in range(50):
        await challenge_in(await client.post("/api/chat"))
        assert (await ask(client, token, {"text": "hej"})).status == 200
    assert (await post(client, token=token, text="hej")).status == 200
    assert (await client.delete("/api/chat", headers=bearer(token))).status == 204


async def test_who_only_reads_notices_nothing_of_the_flood(client: Client, flooded: None) -> None:
    for path in ("/", "/opslag", "/opslag/emne/skat", "/healthz", "/readyz"):
        assert (await client.get(path)).status == 200


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP", "User-Agent", "Cookie", "Origin", "Accept-Language"]
)
async def test_no_header_makes_somebody_another_person(client: Client, flooded: None, token: str, header: str) -> None:
    """A limit that tells people apart would have to know them, and whoever floods would make up as many as it takes."""
    for number in range(5):
        await challenge_in(await client.post("/api/chat", headers={header: f"10.0.0.{number}"}))
    asked = await client.post("/api/chat/messages", json={"text": "hej"}, headers={**bearer(token), header: "10.0.0.1"})
    assert asked.status == 200


async def test_a_script_that_talks_too_fast_is_slowed_down_kindly(client: Client, token: str, assistant: FakeAssistant) -> None:
    assistant.turns = 1
    assert (await ask(client, token, {"text": "hej"})).status == 200

    refused = await ask(client, token, {"text": "hej"})
    assert refused.status == 429
    assert refused.headers["Retry-After"] == "1"
    assert await title_of(refused) == "Det går lidt for hurtigt for mig. Vent et øjeblik, og prøv igen."


async def test_all_conversations_together_have_a_limit_that_strangers_do_not_touch(client: Client, token: str, clock: Clock) -> None:
    assert client.app
    said, wait = exhausted(client.app[ADMISSION].say)
    assert said >= 1000
    clock.now += wait
    for _ in range(5):
        assert (await ask(client, "made up", {"text": "hej"})).status == 401
    assert (await ask(client, token, {"text": "hej"})).status == 200

    refused = await ask(client, token, {"text": "hej"})
    assert refused.status == 429
    assert await title_of(refused) == CROWDED
    clock.now += int(refused.headers["Retry-After"])
    assert (await ask(client, token, {"text": "hej"})).status == 200


async def test_when_everybody_in_here_talks_a_newcomer_waits(client: Client, token: str, assistant: FakeAssistant) -> None:
    assistant.fullness = 1.01
    challenge = await challenge_in(await client.post("/api/chat"))

    refused = await enter(client, solved(challenge))
    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert await title_of(refused) == "Der er mange, der skriver med Vejviser lige nu. Prøv igen om lidt."
    assert (await ask(client, token, {"text": "hej"})).status == 200


async def test_without_scripts_a_few_come_in_and_the_others_wait_without_losing_what_they_typed(
    client: Client, flooded: None, clock: Clock
) -> None:
    text = 'min "lange" historie & <b>'
    while (response := await post(client, token="", text=text)).status == 200:
        assert "Du skrev: min" in await response.text()

    assert response.status == 429
    page = await response.text()
    assert f"<h1>{CROWDED}</h1>" in page
    assert re.search(r"<textarea[^>]*>min &#34;lange&#34; historie &amp; &lt;b&gt;</textarea>", page)
    assert re.search(r"<button[^>]*>Prøv igen</button>", page)
    assert 'href="tel:112"' in page
    assert "http-equiv" not in page
    clock.now += int(response.headers["Retry-After"])
    assert (await post(client, token="", text=text)).status == 200


async def test_the_waiting_page_comes_after_a_trickle(client: Client, flooded: None) -> None:
    statuses = [(await post(client, token="", text="hej")).status for _ in range(20)]

    assert statuses == sorted(statuses)
    assert 1 <= statuses.count(200) <= 10


async def test_a_pressed_button_can_be_pressed_again(client: Client, token: str, assistant: FakeAssistant) -> None:
    assistant.turns = 0
    page = await (await post(client, token=token, payload="/kontanthjaelp_hvem")).text()
    fields = dict(re.findall(r'name="(token|payload|text)" value="([^"]*)"', page))

    assert fields == {"token": token, "payload": "/kontanthjaelp_hvem"}
    assert "<textarea" not in page
    assistant.turns = 1
    assert "Det kan du måske." in await (await post(client, **fields)).text()


async def test_who_waits_can_still_delete(client: Client, token: str, assistant: FakeAssistant) -> None:
    assistant.turns = 0
    page = await (await post(client, token=token, text="hej")).text()

    assert re.search(r'<button[^>]*name="end"[^>]*>Slet samtalen</button>', page)
    assert (await post(client, token=token, end="1")).status == 200
    assert assistant.conversations == set()
