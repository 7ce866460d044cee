from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.store import Directory
from bot.settings import Settings
from tests.web.fake_app import make_app
from tests.web.fake_assistant import CRASH, ENGLISH, FakeAssistant

Client = TestClient[Any, Any]


async def post(client: Client, **fields: str) -> ClientResponse:
    return await client.post("/", data=fields, headers={"Accept": "text/html"})


def token_in(page: str) -> str:
    """The key in the page's hidden fields, the same in all of them."""
    (token,) = set(re.findall(r'name="token" value="([^"]*)"', page))
    return token


async def test_the_page_greets_and_opens_no_conversation(client: Client, assistant: FakeAssistant) -> None:
    page = await (await client.get("/")).text()

    assert token_in(page) == ""
    assert assistant.conversations == set()
    assert "Jeg er en maskine, der kan vise vej." in page
    assert '<button name="payload" value="/vaerested">Et sted at være</button>' in page
    assert 'lang="da"' in page
    assert "<title>Vejviser</title>" in page
    assert "maskine" in page
    assert 'href="tel:112"' in page


@pytest.mark.parametrize("path", ["/", "/tryghed", "/tryghed?lang=en", "/findes-ikke"])
async def test_leaving_is_the_first_thing_on_every_page(client: Client, path: str) -> None:
    page = await (await client.get(path, headers={"Accept": "text/html"})).text()

    first = re.search(r"<(?:a|button|textarea)\b[^>]*>([^<]*)", page)
    assert first
    assert first[1] in ("Forlad siden", "Leave page")
    assert 'action="/forlad' in page[: first.start()]


async def test_leaving_ends_the_conversation_and_leads_away(client: Client, assistant: FakeAssistant) -> None:
    token = token_in(await (await post(client, token="", text="hej")).text())
    response = await client.post("/forlad", data={"token": token}, allow_redirects=False)

    assert assistant.conversations == set()
    assert response.status == 303
    assert response.headers["Location"] == "https://www.dr.dk/vejret"
    assert response.headers["Cache-Control"] == "no-store"
    assert "storage" in response.headers["Clear-Site-Data"]


@pytest.mark.parametrize("body", [b"", b"token=", b"token=unknown", b"token=%ff", b"unknown=1"])
async def test_leaving_always_works(client: Client, assistant: FakeAssistant, body: bytes) -> None:
    assistant.ready = False
    for content_type in ("application/x-www-form-urlencoded", "text/plain"):
        response = await client.post("/forlad", data=body, headers={"Content-Type": content_type}, allow_redirects=False)
        assert response.status == 303


async def test_a_posted_question_gets_its_answer(client: Client, assistant: FakeAssistant) -> None:
    page = await (await post(client, token="", text="hvad er kontanthjælp")).text()

    assert assistant.conversations == {token_in(page)}
    for shown in (
        "<p>hvad er kontanthjælp</p>",
        "Kontanthjælp er hjælp fra kommunen",
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
    assert "Her står kun det seneste." in page
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
    assert token_in(page) == ""
    assert "Jeg er en maskine" in page


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


@pytest.fixture
def settings() -> Settings:
    return Settings(exit_urls=("https://avis.example/", "https://vejr.example/?by=kbh"))


@pytest.fixture
async def embedded(assistant: FakeAssistant, directory: Directory, settings: Settings) -> AsyncIterator[Client]:
    """A client of a site whose operator lets other pages leave elsewhere."""
    async with TestClient(TestServer(make_app(assistant, directory, settings))) as client:
        yield client


async def test_a_page_may_name_language_topic_exit_and_colour(embedded: Client) -> None:
    query = {"lang": "en", "start": "skat", "exit": "https://vejr.example/?by=kbh", "accent": "aa3366"}
    page = await (await embedded.get("/", params=query)).text()

    assert '<html lang="en">' in page
    assert ">Leave page</button>" in page
    assert '<button class="start" name="payload" value="/skat">Skat af indtægten</button>' in page
    assert 'data-exit="https://vejr.example/?by=kbh"' in page
    assert 'href="/style.css?accent=aa3366"' in page
    assert 'lang="da"><span class="hidden">Vejviser:</span>' in page


async def test_what_was_named_stays_through_the_forms(embedded: Client) -> None:
    page = await (await embedded.get("/", params={"lang": "en", "start": "skat", "exit": "https://avis.example/"})).text()
    (action,) = set(re.findall(r'action="(/(?!forlad)[^"]*)"', page))
    asked = await (await embedded.post(html.unescape(action), data={"token": "", "text": "hej"})).text()

    assert '<html lang="en">' in asked
    assert 'class="start"' not in asked
    assert 'data-exit="https://avis.example/"' in asked
    (leaving,) = re.findall(r'action="(/forlad[^"]*)"', asked)
    left = await embedded.post(html.unescape(leaving), data={"token": token_in(asked)}, allow_redirects=False)
    assert left.headers["Location"] == "https://avis.example/"


@pytest.mark.parametrize(
    "query",
    [
        {"exit": "https://ondsindet.example/"},
        {"exit": "https://avis.example"},
        {"exit": "https://avis.example/x"},
        {"exit": "javascript:alert(1)"},
        {"lang": "de"},
        {"start": "findes_ikke"},
        {"accent": "red;}"},
        {"accent": "AA3366"},
        {"ukendt": "1"},
        {"lang": ""},
    ],
)
async def test_what_may_not_be_named_changes_nothing(embedded: Client, query: dict[str, str]) -> None:
    """Otherwise a link to our page could lead a person who leaves it anywhere."""
    plain = await (await embedded.get("/")).text()

    assert await (await embedded.get("/", params=query)).text() == plain
    response = await embedded.post("/forlad", params=query, allow_redirects=False)
    assert response.headers["Location"] == "https://www.dr.dk/vejret"


@pytest.mark.parametrize(("language", "empty", "forgotten"), [("da", "Skriv et", "Der er gået"), ("en", "Write a", "A long time")])
async def test_problems_are_told_in_the_language_of_the_frame(client: Client, language: str, empty: str, forgotten: str) -> None:
    url = f"/?lang={language}"
    assert f'<p role="alert">{empty}' in await (await client.post(url, data={"token": "", "text": " "})).text()
    assert f'<p role="alert">{forgotten}' in await (await client.post(url, data={"token": "unknown", "text": "hej"})).text()


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/tryghed", "/tryghed?lang=en"])
async def test_the_pages_lead_to_one_another_and_their_title_tells_nothing(client: Client, path: str) -> None:
    """The title is what a history and a list of tabs show."""
    page = await (await client.get(path)).text()

    assert "<title>Vejviser</title>" in page
    ours = {html.unescape(link) for link in re.findall(r'<a\b[^>]*href="(/[^"]*)"', page)}
    assert {"/beskyttelse", "/" if "tryghed" in path else "/tryghed"} <= {link.split("?")[0] for link in ours}
    for link in ours:
        assert (await client.get(link)).status == 200


async def test_the_page_about_traces_tells_how_long_a_conversation_is_kept(assistant: FakeAssistant, directory: Directory) -> None:
    async with TestClient(TestServer(make_app(assistant, directory, Settings(idle_timeout=12 * 60)))) as client:
        for language, told in (("da", "senest efter 12 minutter"), ("en", "after 12 minutes at the latest")):
            page = await (await client.get(f"/tryghed?lang={language}")).text()
            assert told in page
            assert set(re.findall(r"tel:(\d+)", page)) == {"112"}


@pytest.mark.parametrize("path", ["/", "/tryghed", "/opslag", "/opslag/emne/skat", "/findes-ikke"])
async def test_no_page_names_its_own_host(client: Client, path: str) -> None:
    """The same pages are served on an onion address."""
    page = await (await client.get(path, headers={"Host": "vejviser.example", "Accept": "text/html"})).text()

    assert "vejviser.example" not in page
    assert not re.search(r'(?:src|action)="(?!/)', page)


async def test_browsers_get_a_page_for_every_error(client: Client) -> None:
    missing = await client.get("/findes-ikke", headers={"Accept": "text/html"})
    assert missing.status == 404
    assert "<h1>Siden findes ikke.</h1>" in await missing.text()

    broken = await post(client, token="", text=CRASH)
    assert broken.status == 500
    assert "<h1>Det gik galt hos os. Prøv igen om lidt.</h1>" in await broken.text()
    assert CRASH not in await broken.text()


async def test_a_conversation_in_another_language_says_which_one(client: Client) -> None:
    page = await (await client.post("/", data={"text": ENGLISH})).text()

    assert '<p lang="en" dir="auto">Hello.' in page


async def test_what_is_masked_is_not_shown_again(client: Client) -> None:
    page = await (await client.post("/", data={"text": "mit cpr er 010190-1234"})).text()

    assert "mit cpr er [cpr-nummer]" in page.split('class="mine"')[1].split("</li>")[0]


async def test_without_scripts_it_says_what_the_browser_may_keep(client: Client) -> None:
    """In an ordinary window browsers write posted forms to the disk, to be able to send them again."""
    for address, told in (("/", "Din browser kan gemme det, du skriver"), ("/?lang=en", "Your browser may keep what you write")):
        page = await (await client.get(address)).text()
        assert told in page.split("<noscript>")[1].split("</noscript>")[0]
