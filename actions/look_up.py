"""Answers with what the directory holds for a topic: its services and the next courses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.directory import directory, now
from bot.directory.areas import AREAS, told
from bot.directory.search import ServiceFilter, find_services, next_courses

FOR_MINORS = "under_18"
_NOTES = {
    "area": "Jeg fandt ikke noget {area}, der passer. Her er steder andre steder i byen.",
    "open_now": "Jeg fandt ikke noget, som jeg ved har åbent nu. Ring eller spørg først.",
    "women_only": "Jeg fandt ikke noget, der kun er for kvinder. Her er andre steder.",
    "without_cpr": "Jeg ved ikke om alle stederne, om de kræver et CPR-nummer. Spørg, før du siger, hvem du er.",
}
_NO_DATE = "Der er ikke offentliggjort nogen dato lige nu. Københavns Erhvervshus ved, hvornår det næste kursus er."
_OUT_OF_REACH = "Jeg kan ikke slå steder op lige nu. Prøv igen om lidt."
_NOTHING = "Jeg fandt ingen steder i mit katalog."


class LookUp(Action):
    """Says a topic's answer with the cards of its services and courses, narrowed by what the person asked for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_look_up"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says `utter_<topic>` once, with `services`, `courses` and perhaps a `note`."""
        await answer(tracker.latest_message["intent"]["name"], dispatcher, tracker, domain)
        return []


async def answer(topic: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any], remark: str = "") -> None:
    """Says `utter_<topic>` with what the directory holds for it; `remark` comes before the other notes.

    Somebody under 18 who asks for what is for grown-ups gets what is for minors.
    """
    if tracker.get_slot("minor") and about_topic(topic, domain).get("for_adults"):
        topic = FOR_MINORS
    about, at = about_topic(topic, domain), now()
    shown: dict[str, Any] = {}
    if about.get("services"):
        # In danger the topic's own places are shown, wherever the person says it happens.
        wished = {} if about["kind"] == "safety" else wishes(tracker.latest_message)
        shown = await cards(about["services"], wished, at)
    if about.get("courses"):
        shown |= await _courses(at)
    if note := " ".join(filter(None, (remark, shown.get("note")))):
        shown["note"] = note
    dispatcher.utter_message(response=f"utter_{topic}", json_message=shown)


def about_topic(topic: str, domain: Mapping[str, Any]) -> dict[str, Any]:
    """What the model in use knows of `topic` besides its words; nothing when it is no topic."""
    responses = domain["responses"].get(f"utter_{topic}")
    return dict(responses[0].get("metadata", {})) if responses else {}


async def cards(lookup: Mapping[str, Any], wished: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What a message shows for `lookup` (`ids` and `needs`): `services`, and a Danish `note` where a wish was not met."""
    query = ServiceFilter(ids=lookup.get("ids", ()), needs=lookup.get("needs", ()), **wished)
    try:
        async with (await directory()).session() as session:
            found = await find_services(session, query, at)
    except SQLAlchemyError:
        # The topic's own words, a number to call among them, must come through without the directory.
        return {"services": [], "note": _OUT_OF_REACH}
    shown: dict[str, Any] = {"services": [service.as_dict() for service in found.services]}
    if note := _note(found.relaxed, query.area) if found.services else _NOTHING:
        shown["note"] = note
    return shown


async def _courses(at: datetime) -> dict[str, Any]:
    try:
        async with (await directory()).session() as session:
            courses = await next_courses(session, at)
    except SQLAlchemyError:
        return {"courses": [], "note": _OUT_OF_REACH}
    return {"courses": [course.as_dict() for course in courses]} | ({} if courses else {"note": _NO_DATE})


def wishes(message: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that the entities of `message` ask for."""
    named = entities(message)
    wished = {name: True for name in ("open_now", "women_only", "for_men", "without_cpr") if named.get(name)}
    return {**wished, "area": named["area"]} if named.get("area") in AREAS else wished


def entities(message: Mapping[str, Any]) -> dict[str, Any]:
    """The entities of `message` by name."""
    return {entity["entity"]: entity["value"] for entity in message.get("entities", ())}


def _note(relaxed: Collection[str], area: str | None) -> str:
    return " ".join(text.format(area=told(area) if area else "") for name, text in _NOTES.items() if name in relaxed)
