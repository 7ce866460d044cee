from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from tests.web.fake_assistant import CRASH, FakeAssistant

Client = TestClient[Any, Any]


async def post(client: Client, **fields: str) -> ClientResponse:
    return await client.post("/", data=fields, headers={"Accept": "text/html"})


def token_in(page: str) -> str:
    """The key in the page's hidden fields, the same in all of them."""
    (token,) = set(re.findall(r'name="token" value="([^"]*)"', page))
    return token


async def test_the_page_opens_no_conversation(client: Client, assistant: FakeAssistant) -> None:
    page = await (await client.get("/")).text()

    assert token_in(page) == ""
    assert assistant.conversations == set()
    assert 'lang="da"' in page
    assert "<title>Vejviser</title>" in page
    assert "maskine" in page
    assert 'href="tel:112"' in page


async def test_leaving_comes_first_and_needs_no_server(client: Client) -> None:
    page = await (await client.get("/")).text()

    first = re.search(r"<(?:a|button|input|textarea)\b[^>]*>", page)
    assert first
    assert 'href="https://www.dr.dk/vejret"' in first[0]


async def test_a_posted_question_gets_greeting_and_answer(client: Client, assistant: FakeAssistant) -> None:
    page = await (await post(client, token="", text="hvad er kontanthjælp")).text()

    assert assistant.conversations == {token_in(page)}
    assert page.index("Jeg er en maskine") < page.index("Kontanthjælp er hjælp fra kommunen")
    for shown in (
        "<p>hvad er kontanthjælp</p>",
        '<a href="tel:1813">1813</a>',
        '<a href="tel:33663333">33 66 33 33</a>',
        "Natcaféen", "Åbent nu", "Lukket nu", "Anonymt", "Gratis", "For kvinder og trans", "Tjekket 20.11.2026",
        "tirsdag den 1. december 2026 kl. 10.00-12.00", "Aflyst",
        'rel="noreferrer noopener">Borger.dk: kontanthjælp</a> · tjekket 20.11.2026',
        "Kilde: Kommunens notat · tjekket 2.11.2026",
        '<button name="payload" value="/kontanthjaelp_hvem">Hvem kan få det?</button>',
    ):  # fmt: skip
        assert shown in page
    assert 'href="javascript:' not in page
    assert "tel:112" in page
    assert page.count("tel:114") == 0
    assert page.count("Åbent nu") == 1


async def test_the_conversation_goes_on(client: Client, assistant: FakeAssistant) -> None:
    first = token_in(await (await post(client, token="", text="hej")).text())
    page = await (await post(client, token=first, payload="/kontanthjaelp_hvem")).text()

    assert token_in(page) == first
    assert "Det kan du måske." in page
    assert "Jeg er en maskine" not in page
    assert len(assistant.conversations) == 1


async def test_html_is_escaped(client: Client) -> None:
    page = await (await post(client, token='"><b>', text="<script>alert(1)</script>")).text()

    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


async def test_a_forgotten_conversation_begins_anew_and_the_text_stays(client: Client) -> None:
    response = await post(client, token="forgotten", text="min lange historie")
    page = await response.text()

    assert response.status == 200
    assert "Jeg er begyndt forfra. Det, du skrev, står stadig i feltet." in page
    assert re.search(r"<textarea[^>]*>min lange historie</textarea>", page)
    assert token_in(page) not in ("", "forgotten")


@pytest.mark.parametrize(
    ("text", "alert"),
    [("  ", "Skriv et spørgsmål først."), ("a" * 1001, "Du kan højst skrive 1.000 tegn. Skriv det kortere.")],
)
async def test_what_is_no_question_is_said_on_the_page(client: Client, text: str, alert: str) -> None:
    response = await post(client, token="", text=text)
    page = await response.text()

    assert response.status == 400
    assert f'<p role="alert">{alert}</p>' in page
    assert f">{text}</textarea>" in page


async def test_line_breaks_count_as_one_character(client: Client) -> None:
    assert (await post(client, token="", text="a\r\n" * 500 + "b" * 1)).status == 400
    assert (await post(client, token="", text="a\r\n" * 499 + "bb")).status == 200


async def test_without_a_model_the_text_stays(client: Client, assistant: FakeAssistant) -> None:
    assistant.ready = False
    response = await post(client, token="", text="hvor kan jeg sove")

    assert response.status == 503
    assert "ved at starte" in await response.text()
    assert ">hvor kan jeg sove</textarea>" in await response.text()
    assert (await client.get("/")).status == 200


async def test_deleting_leaves_nothing(client: Client, assistant: FakeAssistant) -> None:
    token = token_in(await (await post(client, token="", text="hej")).text())
    page = await (await post(client, token=token, end="1")).text()

    assert "Samtalen er slettet." in page
    assert token_in(page) == ""
    assert assistant.conversations == set()


@pytest.mark.parametrize("body", [b"text=%ff", b"text=\xff", b"unknown=1", b"&".join(b"text=a" for _ in range(9))])
async def test_a_form_that_is_none_of_ours_is_refused(client: Client, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    response = await client.post("/", data=body, headers=headers)

    assert response.status == 400
    assert response.content_type == "text/html"


async def test_a_file_is_refused(client: Client) -> None:
    response = await client.post("/", data=b"--x--", headers={"Content-Type": "multipart/form-data; boundary=x"})

    assert response.status == 415


async def test_browsers_get_a_page_for_every_error(client: Client) -> None:
    missing = await client.get("/findes-ikke", headers={"Accept": "text/html"})
    assert missing.status == 404
    assert "<h1>Siden findes ikke.</h1>" in await missing.text()

    broken = await post(client, token="", text=CRASH)
    assert broken.status == 500
    assert "<h1>Det gik galt hos os. Prøv igen om lidt.</h1>" in await broken.text()
    assert CRASH not in await broken.text()
