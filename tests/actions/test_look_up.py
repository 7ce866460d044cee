from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.look_up import LookUp, answer
from bot.directory.store import Directory
from tests.actions.conftest import heard, ids, run, topic
from tests.directory.conftest import COURSE, PLAN, entry, written

MAD = {"ids": [], "needs": ["mad"]}
KONTORET = {"ids": ["kontoret"], "needs": []}


async def answered(
    services: dict[str, list[str]] | None, kind: str = "lookup", courses: bool = False, text: str = "", **entities: Any
) -> dict[str, Any]:
    """The answer to `text`, understood as a topic with this lookup and these entities."""
    said = await run(LookUp(), heard(text=text, entities=entities), topic("emne", kind, services=services, courses=courses))
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
    assert ids(await answered(MAD, when="now")) == ["haven"]


async def test_a_wish_that_cannot_be_met_is_told() -> None:
    message = await answered(MAD, area="Nørrebro")
    assert ids(message) == ["haven", "huset"]
    assert message["custom"]["note"] == "Jeg fandt ikke noget på Nørrebro, der passer. Her er steder andre steder i byen."
    message = await answered({"ids": ["huset"], "needs": []}, when="now", without_cpr=True, without_residence=True)
    assert ids(message) == ["huset"]
    for told in ("åbent lige nu", "CPR-nummer", "lovligt ophold"):
        assert told in message["custom"]["note"]


async def test_when_nothing_is_open_it_tells_what_opens_next(content: Path) -> None:
    written(content / "b.yml", entry("stuen", name="Stuen", needs="[bad-toej]", opening_hours="Fr 18:00-20:00", hours_text="Fredag"))
    message = await answered({"ids": [], "needs": ["bad-toej"]}, when="now")
    assert ids(message) == ["stuen"]
    assert message["custom"]["note"].endswith("Det næste, jeg kender tiden for, er Stuen: det åbner i dag kl. 18.00.")


async def test_a_place_that_is_called_by_name_comes_first(content: Path) -> None:
    written(content / "b.yml", entry("stuen", name="Stuen", needs="[jura]", alternate_names="[Den gamle stue]"))
    message = await answered(MAD, text="har Den Gamle Stue åbent?")
    assert ids(message) == ["stuen", "haven", "huset"]
    assert "note" not in message["custom"]


async def test_a_place_that_is_no_more_is_told_of_when_it_is_called_by_name(content: Path) -> None:
    written(content / "b.yml", entry("exit", name="Exit-pakken", status="defunct"), entry("hus", name="Gadens Huse", status="inactive"))
    message = await answered(MAD, text="findes exit-pakken eller gadens huse?")
    assert ids(message) == ["haven", "huset"]
    assert message["custom"]["note"].startswith("Exit-pakken findes ikke længere. Gadens Huse er foreslået")
    assert "note" not in (await answered(MAD, text="hvor er der mad"))["custom"]


async def test_in_danger_no_wish_takes_a_place_away() -> None:
    lookup = {"ids": ["huset", "haven"], "needs": []}
    message = await answered(lookup, kind="safety", text="kontoret", area="Nørrebro", when="SA", without_cpr=True)
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


async def test_without_a_date_the_answer_says_so_and_whom_to_ask(content: Path) -> None:
    written(content / "courses.yml", entry("cvr@vejviser", PLAN, contact="kontoret", note="Kurset holdes hvert kvartal."))
    message = await answered(KONTORET, courses=True)
    assert message["custom"]["courses"] == []
    assert ids(message) == ["kontoret"]
    assert message["custom"]["note"] == "Der er ikke offentliggjort nogen dato lige nu. Kurset holdes hvert kvartal. Spørg Kontoret."


async def test_a_note_on_the_places_stands_beside_the_one_on_the_courses() -> None:
    note = (await answered(KONTORET, courses=True, free=True))["custom"]["note"]
    assert "gratis" in note
    assert "ikke offentliggjort nogen dato" in note


async def test_what_was_wished_before_holds_until_something_else_is_wished() -> None:
    earlier, responses = {"area": "Valby", "when": "now"}, topic("emne", "lookup", services=MAD)
    for area, shown in ((None, "huset"), ("Amager", "haven")):
        dispatcher = CollectingDispatcher()
        tracker = heard(entities={"area": area} if area else {})
        await answer("emne", dispatcher, tracker, {"responses": responses}, "Før.", {**earlier, "when": None})
        (message,) = dispatcher.messages
        assert ids(message) == [shown]
        assert message["custom"]["note"] == "Før."


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


async def test_lines_in_english_stand_above_the_places_for_what_was_asked() -> None:
    responses = {
        **topic("sprog_tolk", services=KONTORET),
        **topic("mad", "lookup", services={"ids": ["huset"], "needs": []}),
        **topic("leje", "lookup", for_adults=True, services={"ids": ["haven"], "needs": []}),
    }

    async def shown(language: str, about: str, **slots: bool) -> list[str]:
        ranking = [{"name": name, "confidence": 0.5} for name in ("sprog_tolk", about)]
        tracker = heard("sprog_tolk", slots=slots, language=language, intent_ranking=ranking)
        (message,) = (await run(LookUp(), tracker, responses)).messages
        assert message["response"] == "utter_sprog_tolk"
        return ids(message)

    assert await shown("en", "mad") == ["huset"]
    assert await shown("en", "leje") == ["haven"]
    assert await shown("en", "leje", minor=True) == ["kontoret"]
    assert await shown("pl", "mad") == ["kontoret"]


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
