from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.hsds import write
from bot.directory.hsds.terms import taxonomy_id, term_id
from bot.directory.records import Records, ServiceRecord
from bot.directory.rows import replace
from bot.directory.store import Directory
from bot.web import hsds_api
from bot.web.keys import DIRECTORY
from bot.web.problems import refuse_kindly
from tests.directory.hsds.schemas import SERVICE, SERVICE_IN_LIST
from tests.directory.hsds.test_write import record

Client = TestClient[Any, Any]

SERVICES = {
    "gaden": record(name="Gadens Hus", organization="Byen", status="inactive"),
    "huset": record(
        needs=["mad", "unge"],
        free=True,
        phones=[{"number": "33 17 33 33"}],
        addresses=[{"address_1": "Prøvegade 1", "area": "Vesterbro"}],
        opening_hours="24/7",
        hours_text="Døgnet rundt.",
        confirmed={"by": "Mette fra byen", "on": "2026-11-20"},
    ),
    "linjen": record(name="Linjen", needs=["vold"], for_whom=["unge"], anonymous=True, confidence="ældre", as_of="2019"),
    "rygtet": record(name="Rygtet", needs=["vold"], for_whom=["kvinder"], confidence="usikker"),
}


async def chat_page(_: web.Request) -> web.Response:
    return web.Response(text="<h1>Vejviser</h1>", content_type="text/html")


async def put(directory: Directory, services: dict[str, ServiceRecord]) -> None:
    async with directory.session() as session, session.begin():
        await replace(session, Records(services), origin="import")


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Directory]:
    directory = Directory(f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    await directory.migrate()
    await put(directory, SERVICES)
    yield directory
    await directory.close()


@pytest.fixture
async def client(directory: Directory) -> AsyncIterator[Client]:
    app = web.Application(middlewares=[refuse_kindly])
    app[DIRECTORY] = directory
    app.router.add_get("/", hsds_api.about_beside(chat_page))
    app.router.add_get("/services", hsds_api.services)
    app.router.add_get("/services/{id}", hsds_api.service)
    async with TestClient(TestServer(app)) as client:
        yield client


async def got(client: Client, path: str, **parameters: str) -> Any:
    async with client.get(path, params=parameters) as response:
        assert response.status == 200
        assert response.content_type == "application/json"
        return await response.json()


async def found(client: Client, **parameters: str) -> list[str]:
    """The names of the services that are listed."""
    return [service["name"] for service in (await got(client, "/services", **parameters))["contents"]]


async def refused(client: Client, query: str) -> str:
    async with client.get(f"/services?{query}") as response:
        assert response.status == 400
        return str((await response.json(content_type="application/problem+json"))["title"])


async def test_the_api_tells_what_it_is_to_programs_and_shows_people_the_page(client: Client) -> None:
    response = await client.get("/", headers={"Accept": "application/json"})
    about = await response.json()
    assert about["version"] == "3.0"
    assert about["profile"].startswith("https://docs.openreferral.org/")
    assert about["openapi_url"] == str(client.make_url("/api/openapi.json"))
    assert response.headers["Vary"] == "Accept"
    for accepted in ("*/*", "text/html,application/json;q=0.9"):
        assert "Vejviser" in await (await client.get("/", headers={"Accept": accepted})).text()


async def test_a_host_that_is_none_is_refused(client: Client) -> None:
    response = await client.get("/", headers={"Accept": "application/json", "Host": "vejviser:99999"})
    assert response.status == 400


async def test_the_list_tells_each_service_by_its_own_fields_in_order_of_ids(client: Client) -> None:
    page = await got(client, "/services")
    assert {name: page[name] for name in page.keys() - {"contents"}} == {
        "total_items": 4,
        "total_pages": 1,
        "page_number": 1,
        "size": 4,
        "first_page": True,
        "last_page": True,
        "empty": False,
    }
    assert [service["name"] for service in page["contents"]] == ["Gadens Hus", "Huset", "Linjen", "Rygtet"]
    for service in page["contents"]:
        SERVICE_IN_LIST.validate(service)
        assert "phones" not in service


async def test_pages_hold_every_service_once(client: Client) -> None:
    pages = [await got(client, "/services", page=str(number), per_page="3") for number in (1, 2, 3)]
    assert [len(page["contents"]) for page in pages] == [page["size"] for page in pages] == [3, 1, 0]
    assert [(page["first_page"], page["last_page"], page["empty"]) for page in pages] == [
        (True, False, False), (False, True, False), (False, True, True),
    ]  # fmt: skip
    assert {page["total_pages"] for page in pages} == {2}
    assert len({service["id"] for page in pages for service in page["contents"]}) == 4


async def test_all_of_a_service_by_our_id_and_by_its_identifier(client: Client) -> None:
    service = await got(client, "/services/huset")
    SERVICE.validate(service)
    assert service["phones"][0]["number"] == "33 17 33 33"
    assert service["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == "Prøvegade 1"
    assert await got(client, f"/services/{service['id']}") == await got(client, f"/services/{service['id'].upper()}") == service


async def test_a_full_list_tells_all_of_each_service(client: Client) -> None:
    contents = (await got(client, "/services", full="true"))["contents"]
    for service in contents:
        SERVICE.validate(service)
    assert contents[1] == await got(client, "/services/huset")


async def test_a_minimal_list_tells_when_each_service_was_changed_on_one_page(client: Client, directory: Directory) -> None:
    await put(directory, {f"sted-{number}": record(name=f"Sted {number}") for number in range(120)})
    page = await got(client, "/services", minimal="true")
    assert page["size"] == page["total_items"] == 124
    assert {frozenset(service) for service in page["contents"]} == {frozenset({"id", "modified_date"})}
    assert (await got(client, "/services", minimal="true", per_page="100"))["size"] == 100


async def test_nothing_tells_who_confirmed_a_service(client: Client) -> None:
    for path in ("/services", "/services?full=true", "/services/huset"):
        assert "Mette" not in json.dumps(await got(client, path))


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"taxonomy_term_id": "vold"}, ["Linjen", "Rygtet"]),
        ({"taxonomy_term_id": term_id("needs", "mad")}, ["Gadens Hus", "Huset"]),
        ({"taxonomy_term_id": term_id("for_whom", "unge")}, ["Linjen"]),
        ({"taxonomy_term_id": "unge"}, ["Huset", "Linjen"]),
        ({"taxonomy_term_id": "anonymous"}, ["Linjen"]),
        ({"taxonomy_term_id": "ukendt"}, []),
        ({"taxonomy_id": taxonomy_id("needs"), "taxonomy_term_id": "vold"}, ["Linjen", "Rygtet"]),
        ({"taxonomy_id": "ukendt"}, []),
        ({"organization_id": write.organization_id("Byen")}, ["Gadens Hus"]),
        ({"search": "GADENS hus"}, ["Gadens Hus"]),
        ({"search": "mad", "taxonomy_term_id": "vold"}, ["Linjen", "Rygtet"]),
        ({"search": "linjen", "taxonomy_term_id": "mad"}, []),
    ],
)
async def test_a_service_must_fit_all_that_is_asked_for(client: Client, parameters: dict[str, str], names: list[str]) -> None:
    assert await found(client, **parameters) == names


async def test_what_was_changed_at_or_after_a_moment(client: Client, directory: Directory) -> None:
    modified = (await directory.catalogue()).modified["huset"]
    assert len(await found(client, modified_after=modified.isoformat())) == 4
    assert await found(client, modified_after=(modified + timedelta(seconds=1)).isoformat()) == []
    assert len(await found(client, modified_after="2020-01-01")) == 4
    assert await found(client, modified_after="2999-01-01T00:00:00Z") == []


async def test_a_plus_that_was_not_escaped_is_understood(client: Client) -> None:
    response = await client.get("/services?modified_after=2020-01-01T00:00:00+01:00")
    assert response.status == 200


@pytest.mark.parametrize(
    ("query", "mend"),
    [
        ("page=0", "Skriv et tal fra 1 og op i «page»."),
        ("page=to", "Skriv et tal fra 1 og op i «page»."),
        ("per_page=101", "Skriv et tal fra 1 til 100 i «per_page»."),
        (f"page={'9' * 5000}", "Skriv et tal fra 1 og op i «page»."),
        ("modified_after=forleden", "Skriv en dato som 2026-11-20 eller et tidspunkt som 2026-11-20T12:00:00Z i «modified_after»."),
        ("full=m%C3%A5ske", "Skriv true eller false i «full»."),
        ("format=ndjson", "Skriv json i «format»."),
        (f"search={'x' * 101}", "Skriv højst 100 tegn i «search»."),
        ("page=1&page=2", "«page» står to gange. Skriv det én gang."),
    ],
)
async def test_a_parameter_that_cannot_be_used_says_what_can(client: Client, query: str, mend: str) -> None:
    assert await refused(client, query) == mend


async def test_an_unknown_parameter_is_not_passed_over_and_not_repeated(client: Client) -> None:
    title = await refused(client, "postnummer=1650")
    assert title.startswith("Kun disse kan bruges her: page, per_page")
    assert "postnummer" not in title


@pytest.mark.parametrize("name", ["findes-ikke", write.service_id("findes-ikke"), "%C3%A6%20%2F"])
async def test_a_service_that_is_not_there(client: Client, name: str) -> None:
    async with client.get(f"/services/{name}") as response:
        assert response.status == 404
        assert (await response.json(content_type="application/problem+json"))["title"] == "Stedet findes ikke her."


@pytest.mark.parametrize("path", ["/services", "/services/huset", "/services?full=true"])
async def test_what_is_known_already_is_not_sent_again(client: Client, directory: Directory, path: str) -> None:
    first = await client.get(path)
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    for known in (etag, f'"andet", {etag}', "*"):
        again = await client.get(path, headers={"If-None-Match": known})
        assert (again.status, again.headers["ETag"], await again.read()) == (304, etag, b"")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    await put(directory, {"huset": record(name="Det nye hus")})
    changed = await client.get(path, headers={"If-None-Match": etag})
    assert (changed.status, "Det nye hus" in await changed.text()) == (200, True)


async def test_what_fits_nothing_is_an_empty_page(client: Client) -> None:
    page = await got(client, "/services", search="findes ikke")
    assert (page["total_items"], page["total_pages"], page["empty"], page["last_page"], page["contents"]) == (0, 0, True, True, [])
