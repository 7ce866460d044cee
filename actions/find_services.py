"""Answers with the services that a topic points to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.directory import directory, now
from bot.directory.areas import AREAS, told
from bot.directory.search import ServiceFilter, find_services

_NOTES = {
    "area": "Jeg fandt ikke noget {area}, der passer. Her er steder andre steder i byen.",
    "open_now": "Jeg fandt ikke noget, som jeg ved har åbent nu. Ring eller spørg først.",
    "women_only": "Jeg fandt ikke noget, der kun er for kvinder. Her er andre steder.",
    "without_cpr": "Jeg ved ikke om alle stederne, om de kræver et CPR-nummer. Spørg, før du siger, hvem du er.",
}
_OUT_OF_REACH = "Jeg kan ikke slå steder op lige nu. Prøv igen om lidt."
_NOTHING = "Jeg fandt ingen steder i mit katalog."


class FindServices(Action):
    """Says a topic's answer with the cards of its services, narrowed by what the person asked for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_find_services"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says `utter_<topic>` once, with `services` and perhaps a `note`."""
        topic = tracker.latest_message["intent"]["name"]
        about = domain["responses"][f"utter_{topic}"][0]["metadata"]
        # In danger the topic's own places are shown, wherever the person says it happens.
        wished = {} if about["kind"] == "safety" else wishes(tracker.latest_message)
        found = await cards(about["services"], wished, now())
        dispatcher.utter_message(response=f"utter_{topic}", json_message=found)
        return []


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


def wishes(message: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that the entities of `message` ask for."""
    named = {entity["entity"]: entity["value"] for entity in message.get("entities", ())}
    wished = {name: True for name in ("open_now", "women_only", "for_men", "without_cpr") if named.get(name)}
    return {**wished, "area": named["area"]} if named.get("area") in AREAS else wished


def _note(relaxed: Collection[str], area: str | None) -> str:
    return " ".join(text.format(area=told(area) if area else "") for name, text in _NOTES.items() if name in relaxed)
