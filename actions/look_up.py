"""Answers with what the directory holds for a topic: its services and the next courses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.directory import directory, now
from actions.notes import gone, met, no_date
from bot.directory.areas import AREAS
from bot.directory.catalogue import Catalogue
from bot.directory.search import ServiceFilter, find_services, named_in, next_courses
from bot.topics.dialogue import ABOUT_LANGUAGES, about_topic
from bot.topics.guessing import guessed

Wishes = dict[str, Any]

FOR_MINORS = "under_18"
_WISHES = (
    "when", "spoken", "women_only", "for_men", "for_trans", "eu_migrants", "without_residence", "without_cpr", "anonymous", "free",
)  # fmt: skip
_OUT_OF_REACH = "Jeg kan ikke slå steder op lige nu. Prøv igen om lidt."


class LookUp(Action):
    """Says a topic's answer with the cards of its services and courses, narrowed by what the person asked for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_look_up"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says `utter_<topic>` once, with `services`, `courses` and perhaps a `note`."""
        await answer(tracker.latest_message["intent"]["name"], dispatcher, tracker, domain)
        return []


async def answer(
    topic: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any], remark: str = "", earlier: Wishes | None = None
) -> None:
    """Says `utter_<topic>` with what the directory holds for it; `remark` comes before the other notes.

    What was wished for `earlier` holds where the message wishes nothing else.
    Somebody under 18 who asks for what is for grown-ups gets what is for minors.
    """
    if _is_kept_from(tracker, about_topic(topic, domain["responses"])):
        topic = FOR_MINORS
    about, at = about_topic(topic, domain["responses"]), now()
    shown: dict[str, Any] = {}
    if lookup := _places(topic, tracker, domain):
        # In danger the topic's own places are shown, wherever the person says it happens.
        danger = about["kind"] == "safety"
        message = tracker.latest_message
        wished = {} if danger else {**(earlier or {}), **wishes(message)}
        shown = await cards(lookup, wished, at, "" if danger else message.get("text") or "")
    if about.get("courses"):
        shown = _joined(shown, await _courses(at))
    if note := " ".join(filter(None, (remark, shown.get("note")))):
        shown["note"] = note
    dispatcher.utter_message(response=f"utter_{topic}", json_message=shown)


def _places(topic: str, tracker: Tracker, domain: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Where `topic` sends people; below lines in English the places for what the message is about, which need no reading."""
    guess = guessed(tracker.latest_message, domain["responses"]) if topic == ABOUT_LANGUAGES else None
    abouts = [about_topic(one, domain["responses"]) for one in (guess, topic) if one]
    return next((about["services"] for about in abouts if about.get("services") and not _is_kept_from(tracker, about)), None)


def _is_kept_from(tracker: Tracker, about: Mapping[str, Any]) -> bool:
    """Whether the topic is for grown-ups and the person is not one."""
    return bool(tracker.get_slot("minor") and about.get("for_adults"))


async def cards(lookup: Mapping[str, Any], wished: Mapping[str, Any], at: datetime, text: str = "") -> dict[str, Any]:
    """What a message shows for `lookup` (`ids` and `needs`): `services`, and a Danish `note` where a wish was not met.

    Services that `text` calls by name come first; of those that are no more it says so.
    """
    catalogue = await _catalogue()
    if catalogue is None:
        return {"services": [], "note": _OUT_OF_REACH}
    named = named_in(text, catalogue)
    ids = (*(name for name in named if catalogue.records.services[name].exists), *lookup.get("ids", ()))
    query = ServiceFilter(ids=tuple(dict.fromkeys(ids)), needs=lookup.get("needs", ()), **wished)
    found = find_services(catalogue, query, at)
    notes = [*gone(catalogue.records.services[name] for name in named), *met(found, query, at)]
    return {"services": [service.as_dict() for service in found.services], **({"note": " ".join(notes)} if notes else {})}


async def _courses(at: datetime) -> dict[str, Any]:
    catalogue = await _catalogue()
    if catalogue is None:
        return {"courses": [], "note": _OUT_OF_REACH}
    courses = next_courses(catalogue, at)
    return {"courses": [course.as_dict() for course in courses]} | ({} if courses else {"note": no_date(catalogue)})


async def _catalogue() -> Catalogue | None:
    """The directory, or None: the topic's own words, a number to call among them, must come through without it."""
    try:
        return await (await directory()).catalogue()
    except (SQLAlchemyError, OSError):
        return None


def _joined(shown: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    notes = " ".join(one["note"] for one in (shown, more) if "note" in one)
    return {**shown, **more, **({"note": notes} if notes else {})}


def wishes(message: Mapping[str, Any]) -> Wishes:
    """The filters that the entities of `message` ask for."""
    named = entities(message)
    wished = {name: named[name] for name in _WISHES if named.get(name)}
    return {**wished, "area": named["area"]} if named.get("area") in AREAS else wished


def entities(message: Mapping[str, Any]) -> dict[str, Any]:
    """The entities of `message` by name."""
    return {entity["entity"]: entity["value"] for entity in message.get("entities", ())}
