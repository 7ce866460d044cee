from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

Client = TestClient[Any, Any]


async def page(client: Client, path: str, **query: str) -> str:
    response = await client.get(path, params=query, headers={"Accept": "text/html"})
    assert response.status == 200
    return await response.text()


def links(text: str) -> list[str]:
    """The addresses the page's lists lead to, in order."""
    return re.findall(r'<li><a href="([^"]+)">', text)


async def test_every_topic_stands_under_its_area(client: Client) -> None:
    text = await page(client, "/opslag")

    assert re.findall("<h2>(.*)</h2>", text) == ["Egen virksomhed", "Hverdag"]
    assert links(text) == ["/opslag/emne/skat", "/opslag/emne/vaerested"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("skat", ["/opslag/emne/skat"]),
        ("INDTÆGTEN", ["/opslag/emne/skat"]),
        ("indtaegt skat", ["/opslag/emne/skat"]),
        ("b-skat", ["/opslag/emne/skat"]),
        ("få varmen", ["/opslag/emne/vaerested"]),
        ("være", ["/opslag/emne/vaerested", "/opslag/sted/varmestuen"]),
        ("kaffe", ["/opslag/sted/varmestuen"]),
        ("raad", ["/opslag/sted/gamle-linje"]),
        ("råd", ["/opslag/sted/gamle-linje"]),
        ("nogen at tale med", ["/opslag/sted/gamle-linje"]),
        ("hej", []),
        ("%", ["/opslag/emne/skat", "/opslag/emne/vaerested"]),
        (" ", ["/opslag/emne/skat", "/opslag/emne/vaerested"]),
    ],
)
async def test_a_search_finds_topics_and_places(client: Client, query: str, found: list[str]) -> None:
    assert links(await page(client, "/opslag", q=query)) == found


async def test_a_search_without_result_says_so_and_stays_text(client: Client) -> None:
    text = await page(client, "/opslag", q="<b>xyzzy</b>")

    assert "Ingen emner eller steder passer på »&lt;b&gt;xyzzy&lt;/b&gt;«." in text
    assert 'value="&lt;b&gt;xyzzy&lt;/b&gt;"' in text


async def test_a_topic_is_told_with_todays_figures_and_its_source(client: Client) -> None:
    text = await page(client, "/opslag/emne/skat")

    assert "<h1>Skat af indtægten</h1>" in text
    assert "<p>Du betaler skat af 54.100 kr. om året.</p>" in text
    assert '<p>Ring <a href="tel:33663333">33 66 33 33</a> &lt;i dag&gt;.</p>' in text
    assert links(text) == ["/opslag/emne/vaerested"]
    assert ">Skattestyrelsen</a> · tjekket 20.11.2026" in text


async def test_a_topic_shows_its_places_and_courses(client: Client) -> None:
    text = await page(client, "/opslag/emne/vaerested")

    assert '<h3><a href="/opslag/sted/varmestuen">Varmestuen</a></h3>' in text
    assert "Den gamle linje" not in text
    assert "tirsdag den 3. februar 2099 kl. 17.00-19.00" in text


async def test_places_stand_by_name(client: Client) -> None:
    text = await page(client, "/opslag/steder")

    assert text.index("Den gamle linje") < text.index("Varmestuen")


async def test_a_place_tells_what_is_known_and_how_old_it_is(client: Client) -> None:
    text = await page(client, "/opslag/sted/varmestuen")
    told = ("<h1>Varmestuen</h1>", "Åbent nu", "Anonymt", "Gratis", "For kvinder", "tel:33663333", "Vesterbro", "Varmestuens egen side")
    for shown in told:
        assert shown in text

    old = await page(client, "/opslag/sted/gamle-linje")
    assert "2019" in old
    assert "&lt;om alt&gt;" in old
    for unknown in ("Åbent nu", "Lukket nu", "Anonymt", "Gratis", "None"):
        assert unknown not in old


@pytest.mark.parametrize("path", ["/opslag/emne/ukendt", "/opslag/sted/ukendt", "/opslag/emne/..%2f..%2fskat", "/opslag/sted/%00"])
async def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    response = await client.get(path, headers={"Accept": "text/html"})

    assert response.status == 404
    assert "Siden findes ikke." in await response.text()
