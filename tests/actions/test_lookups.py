from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.course_dates import CourseDates
from actions.find_services import FindServices
from tests.directory.conftest import COURSE, entry, written

MAD = {"ids": [], "needs": ["mad"]}


async def said(action: Action, services: dict[str, list[str]] | None, kind: str = "lookup", **entities: Any) -> dict[str, Any]:
    """What `action` shows beside the answer to a topic with this lookup and these entities."""
    message = {"intent": {"name": "emne"}, "entities": [{"entity": name, "value": value} for name, value in entities.items()]}
    tracker = Tracker("s", {}, message, [], False, None, {}, None)
    domain = {"responses": {"utter_emne": [{"text": "Svar", "metadata": {"topic": "emne", "kind": kind, "services": services}}]}}
    dispatcher = CollectingDispatcher()
    assert await action.run(dispatcher, tracker, domain) == []
    (message,) = dispatcher.messages
    assert message["response"] == "utter_emne"
    shown: dict[str, Any] = message["custom"]
    return shown


def ids(shown: dict[str, Any]) -> list[str]:
    return [card["id"] for card in shown["services"]]


async def test_a_topic_shows_its_services() -> None:
    shown = await said(FindServices(), MAD)
    assert ids(shown) == ["haven", "huset"]
    assert shown["services"][0]["open_now"] is True
    assert "note" not in shown


async def test_named_services_come_first() -> None:
    assert ids(await said(FindServices(), {"ids": ["huset"], "needs": ["mad"]})) == ["huset", "haven"]


async def test_what_a_person_asks_for_narrows_the_services() -> None:
    assert ids(await said(FindServices(), MAD, area="Valby")) == ["huset"]
    assert ids(await said(FindServices(), MAD, open_now=True)) == ["haven"]


async def test_a_wish_that_cannot_be_met_is_told() -> None:
    shown = await said(FindServices(), MAD, area="Nørrebro")
    assert ids(shown) == ["haven", "huset"]
    assert shown["note"] == "Jeg fandt ikke noget på Nørrebro, der passer. Her er steder andre steder i byen."
    shown = await said(FindServices(), {"ids": ["huset"], "needs": []}, open_now=True, without_cpr=True)
    assert "åbent nu" in shown["note"]
    assert "CPR-nummer" in shown["note"]


async def test_in_danger_no_wish_takes_a_place_away() -> None:
    lookup = {"ids": ["huset", "haven"], "needs": []}
    shown = await said(FindServices(), lookup, kind="safety", area="Nørrebro", open_now=True, without_cpr=True)
    assert ids(shown) == ["huset", "haven"]
    assert "note" not in shown


async def test_an_area_that_is_none_is_no_wish() -> None:
    assert "note" not in await said(FindServices(), MAD, area="Atlantis")


async def test_nothing_at_all_is_told_too() -> None:
    shown = await said(FindServices(), {"ids": ["nedlagt"], "needs": []})
    assert shown == {"services": [], "note": "Jeg fandt ingen steder i mit katalog."}


async def test_the_next_courses_are_shown(content: Path) -> None:
    written(content / "courses.yml", entry("cvr-1@vejviser", COURSE))
    shown = await said(CourseDates(), None)
    assert [course["id"] for course in shown["courses"]] == ["cvr-1@vejviser"]
    assert "note" not in shown


async def test_without_a_date_the_answer_says_so_and_who_knows() -> None:
    shown = await said(CourseDates(), {"ids": ["kontoret"], "needs": []})
    assert shown["courses"] == []
    assert ids(shown) == ["kontoret"]
    assert shown["note"].startswith("Der er ikke offentliggjort nogen dato")
    assert "Københavns Erhvervshus" in shown["note"]
