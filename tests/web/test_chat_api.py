from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from tests.web.fake_assistant import ANSWER, CRASH, GREETING, PRESSED, FakeAssistant

Client = TestClient[Any, Any]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def ask(client: Client, token: str, body: Any) -> ClientResponse:
    return await client.post("/api/chat/messages", json=body, headers=bearer(token))


async def title_of(response: ClientResponse) -> str:
    """The title of a problem, after a look at its form."""
    assert response.content_type == "application/problem+json"
    problem = await response.json(content_type=None)
    assert problem["status"] == response.status
    assert problem["type"] == "about:blank"
    return str(problem["title"])


async def test_a_new_conversation_has_a_key_a_time_limit_and_a_greeting(client: Client) -> None:
    response = await client.post("/api/chat")

    assert response.status == 201
    conversation = await response.json()
    assert len(conversation["token"]) >= 32
    assert conversation["expires_in"] == 1800
    assert conversation["messages"] == [json.loads(json.dumps(GREETING.as_dict()))]


async def test_a_question_gets_its_answer_with_every_list(client: Client, token: str) -> None:
    response = await ask(client, token, {"text": "hvad er kontanthjælp"})

    assert response.status == 200
    (message,) = (await response.json())["messages"]
    assert message["text"] == ANSWER.text
    assert set(message) == {"text", "topic", "buttons", "services", "courses", "sources"}
    assert message["services"][0]["name"] == "Natcaféen"


async def test_absent_lists_are_empty(client: Client, token: str) -> None:
    response = await ask(client, token, {"payload": "/kontanthjaelp_hvem"})

    assert (await response.json())["messages"] == [
        {"text": PRESSED.text, "topic": PRESSED.topic, "buttons": [], "services": [], "courses": [], "sources": []}
    ]


async def test_html_comes_back_as_text(client: Client, token: str) -> None:
    response = await ask(client, token, {"text": "  <script>alert(1)</script>  "})

    assert (await response.json())["messages"][0]["text"] == "Du skrev: <script>alert(1)</script>"
    assert response.content_type == "application/json"


@pytest.mark.parametrize("text", ["a", "æ" * 1000, "  " + "a" * 1000 + "\n"])
async def test_up_to_a_thousand_characters_are_taken(client: Client, token: str, text: str) -> None:
    assert (await ask(client, token, {"text": text})).status == 200


async def test_four_bytes_may_be_one_character(client: Client, token: str) -> None:
    body = json.dumps({"text": "😀" * 1000}, ensure_ascii=False).encode()
    response = await client.post("/api/chat/messages", data=body, headers={**bearer(token), "Content-Type": "application/json"})

    assert response.status == 200


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ({"text": ""}, "Skriv et spørgsmål først."),
        ({"text": " \n\t"}, "Skriv et spørgsmål først."),
        ({"payload": ""}, "Skriv et spørgsmål først."),
        ({"text": "a" * 1001}, "Du kan højst skrive 1.000 tegn. Skriv det kortere."),
        ({"payload": "/" + "a" * 1000}, "Du kan højst skrive 1.000 tegn. Skriv det kortere."),
        ({}, "Det kunne ikke læses. Prøv igen."),
        ({"text": "a", "payload": "/a"}, "Det kunne ikke læses. Prøv igen."),
        ({"text": "a", "lang": "da"}, "Det kunne ikke læses. Prøv igen."),
        ({"text": 1}, "Det kunne ikke læses. Prøv igen."),
        ({"text": None}, "Det kunne ikke læses. Prøv igen."),
        (["text"], "Det kunne ikke læses. Prøv igen."),
    ],
)
async def test_what_is_no_question_is_refused_and_the_conversation_goes_on(client: Client, token: str, body: Any, title: str) -> None:
    response = await ask(client, token, body)

    assert response.status == 400
    assert await title_of(response) == title
    assert (await ask(client, token, {"text": "hej"})).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"text": "\xff"}',
        '{"text": "hej"}'.encode("utf-16"),
        b'{"text": "\\ud800"}',
        b"[" * 8000,
        b"text=hej",
        b"null",
    ],
    ids=["empty", "cut", "no utf-8", "utf-16", "lone surrogate", "deep", "form", "null"],
)
async def test_bytes_that_are_no_json_are_refused(client: Client, token: str, body: bytes) -> None:
    response = await client.post("/api/chat/messages", data=body, headers={**bearer(token), "Content-Type": "application/json"})

    assert response.status == 400
    assert await title_of(response) == "Det kunne ikke læses. Prøv igen."


async def test_a_body_that_says_it_is_packed_and_is_not_is_refused(client: Client, token: str) -> None:
    headers = {**bearer(token), "Content-Type": "application/json", "Content-Encoding": "gzip"}
    response = await client.post("/api/chat/messages", data=b"\x1f\x8bnothing of the kind", headers=headers)

    assert response.status == 400
    assert "kind" not in await response.text()


@pytest.mark.parametrize("path", ["/api/chat/messages", "/api/chat/end", "/"])
async def test_a_huge_body_is_refused(client: Client, token: str, path: str) -> None:
    content_type = "application/x-www-form-urlencoded" if path == "/" else "application/json"
    response = await client.post(path, data=b"a" * 20_000, headers={**bearer(token), "Content-Type": content_type, "Accept": "*/*"})

    assert response.status == 413
    assert await title_of(response) == "Det er for langt. Skriv det kortere."


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
async def test_another_format_is_refused(client: Client, token: str, content_type: str) -> None:
    headers = {**bearer(token), "Content-Type": content_type}
    response = await client.post("/api/chat/messages", data=b'{"text": "hej"}', headers=headers)

    assert response.status == 415
    await title_of(response)


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic abc", "Bearer " + "a" * 4000])
async def test_an_unknown_key_is_refused(client: Client, key: str) -> None:
    response = await client.post("/api/chat/messages", json={"text": "hej"}, headers={"Authorization": key})

    assert response.status == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert await title_of(response) == "Samtalen er slut. Begynd en ny."


async def test_nothing_is_left_of_a_deleted_conversation(client: Client, token: str, assistant: FakeAssistant) -> None:
    response = await client.delete("/api/chat", headers=bearer(token))

    assert response.status == 204
    assert assistant.conversations == set()
    assert (await ask(client, token, {"text": "hej"})).status == 401
    assert (await client.delete("/api/chat", headers=bearer(token))).status == 204
    assert (await client.delete("/api/chat")).status == 401


@pytest.mark.parametrize("content_type", ["application/json", "text/plain;charset=UTF-8"])
async def test_a_page_that_closes_ends_its_conversation(client: Client, token: str, assistant: FakeAssistant, content_type: str) -> None:
    response = await client.post("/api/chat/end", data=json.dumps({"token": token}), headers={"Content-Type": content_type})

    assert response.status == 204
    assert assistant.conversations == set()


@pytest.mark.parametrize("body", [b"", b"{}", b'{"token": 1}', b'{"token": "a", "more": 1}', b"\xff"])
async def test_an_end_without_a_key_is_refused(client: Client, body: bytes) -> None:
    response = await client.post("/api/chat/end", data=body, headers={"Content-Type": "text/plain"})

    assert response.status == 400
    await title_of(response)


async def test_without_a_model_the_chat_asks_for_patience(client: Client, token: str, assistant: FakeAssistant) -> None:
    assistant.ready = False

    for response in (await client.post("/api/chat"), await ask(client, token, {"text": "hej"})):
        assert response.status == 503
        assert int(response.headers["Retry-After"]) > 0
        assert await title_of(response) == "Vejviser er ved at starte. Prøv igen om lidt."


async def test_a_wrong_method_and_a_wrong_address_are_problems_too(client: Client) -> None:
    wrong_method = await client.get("/api/chat")
    assert wrong_method.status == 405
    assert set(wrong_method.headers["Allow"].split(",")) == {"POST", "DELETE"}
    assert await title_of(wrong_method) == "Det kan man ikke her."

    wrong_address = await client.get("/api/nothing")
    assert wrong_address.status == 404
    assert await title_of(wrong_address) == "Siden findes ikke."


async def test_an_unexpected_error_tells_nothing(client: Client, token: str, caplog: pytest.LogCaptureFixture) -> None:
    response = await ask(client, token, {"text": CRASH})

    assert response.status == 500
    assert await title_of(response) == "Det gik galt hos os. Prøv igen om lidt."
    assert CRASH not in await response.text()
    assert "RuntimeError" in caplog.text
    assert CRASH not in caplog.text
    assert token not in caplog.text
    assert (await ask(client, token, {"text": "hej"})).status == 200
