from pathlib import Path
from typing import Any

import pytest

from actions.look_up import LookUp
from bot.directory.store import Directory
from tests.actions.conftest import heard, ids, run, topic
from tests.directory.conftest import COURSE, entry, written

MAD = {"ids": [], "needs": ["mad"]}
KONTORET = {"ids": ["kontoret"], "needs": []}


async def answered(services: dict[str, list[str]] | None, kind: str = "lookup", courses: bool = False, **entities: Any) -> dict[str, Any]:
    """The answer to a topic with this lookup and these entities."""
    said = await run(LookUp(), heard(entities=entities), topic("emne", kind, services=services, courses=courses))
    assert said.events == []
    (message,) = said.messages
    assert message["response"] == "utter_emne"
    return message


async def test_a_topic_shows_its_services() -> None:
    message = await answered(MAD)
    assert ids(message) == ["haven", "huset"]
    assert message["custom"]["services"][0]["open_now"] is True
    assert "note" not in message["custom"]


async def test_named_services_come_first() -> None:
    assert ids(await answered({"ids": ["huset"], "needs": ["mad"]})) == ["huset", "haven"]


async def test_what_a_person_asks_for_narrows_the_services() -> None:
    assert ids(await answered(MAD, area="Valby")) == ["huset"]
    assert ids(await answered(MAD, open_now=True)) == ["haven"]


async def test_a_wish_that_cannot_be_met_is_told() -> None:
    message = await answered(MAD, area="Nørrebro")
    assert ids(message) == ["haven", "huset"]
    assert message["custom"]["note"] == "Jeg fandt ikke noget på Nørrebro, der passer. Her er steder andre steder i byen."
    message = await answered({"ids": ["huset"], "needs": []}, open_now=True, without_cpr=True)
    assert "åbent nu" in message["custom"]["note"]
    assert "CPR-nummer" in message["custom"]["note"]


async def test_in_danger_no_wish_takes_a_place_away() -> None:
    lookup = {"ids": ["huset", "haven"], "needs": []}
    message = await answered(lookup, kind="safety", area="Nørrebro", open_now=True, without_cpr=True)
    assert ids(message) == ["huset", "haven"]
    assert "note" not in message["custom"]


async def test_an_area_that_is_none_is_no_wish() -> None:
    assert "note" not in (await answered(MAD, area="Atlantis"))["custom"]


async def test_nothing_at_all_is_told_too() -> None:
    message = await answered({"ids": ["nedlagt"], "needs": []})
    assert message["custom"] == {"services": [], "note": "Jeg fandt ingen steder i mit katalog."}


async def test_the_next_courses_are_shown(content: Path) -> None:
    written(content / "courses.yml", entry("cvr-1@vejviser", COURSE))
    shown = (await answered(None, courses=True))["custom"]
    assert [course["id"] for course in shown["courses"]] == ["cvr-1@vejviser"]
    assert "note" not in shown


async def test_without_a_date_the_answer_says_so_and_who_knows() -> None:
    message = await answered(KONTORET, courses=True)
    assert message["custom"]["courses"] == []
    assert ids(message) == ["kontoret"]
    assert message["custom"]["note"].startswith("Der er ikke offentliggjort nogen dato")
    assert "Københavns Erhvervshus" in message["custom"]["note"]


async def test_somebody_under_18_gets_what_is_for_minors_in_the_place_of_what_is_for_grown_ups() -> None:
    responses = {
        **topic("moms", for_adults=True, services=KONTORET),
        **topic("mad", for_adults=False),
        **topic("under_18", "safety", services={"ids": ["huset"], "needs": []}),
    }
    (message,) = (await run(LookUp(), heard("moms", slots={"minor": True}), responses)).messages
    assert (message["response"], ids(message)) == ("utter_under_18", ["huset"])
    (message,) = (await run(LookUp(), heard("mad", slots={"minor": True}), responses)).messages
    assert message["response"] == "utter_mad"


@pytest.mark.parametrize(("lookup", "courses"), [(MAD, False), (None, True)])
async def test_the_answer_comes_through_without_the_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lookup: dict[str, list[str]] | None, courses: bool
) -> None:
    empty = Directory(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")

    async def without_tables() -> Directory:
        return empty

    monkeypatch.setattr("actions.look_up.directory", without_tables)
    assert "ikke slå steder op lige nu" in (await answered(lookup, courses=courses))["custom"]["note"]
    await empty.close()
