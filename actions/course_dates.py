"""Answers with the next course dates."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.directory import directory, now
from actions.find_services import cards, wishes
from bot.directory.search import next_courses

_NO_DATE = "Der er ikke offentliggjort nogen dato lige nu. Københavns Erhvervshus ved, hvornår det næste kursus er."


class CourseDates(Action):
    """Says a topic's answer with the next courses, and with its services where it has some."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_course_dates"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says `utter_<topic>` once, with `courses`, `services` and perhaps a `note`."""
        topic, at = tracker.latest_message["intent"]["name"], now()
        async with (await directory()).session() as session:
            courses = await next_courses(session, at)
        shown: dict[str, Any] = {"courses": [course.as_dict() for course in courses]}
        if lookup := domain["responses"][f"utter_{topic}"][0]["metadata"].get("services"):
            shown |= await cards(lookup, wishes(tracker.latest_message), at)
        if not courses:
            shown["note"] = _NO_DATE
        dispatcher.utter_message(response=f"utter_{topic}", json_message=shown)
        return []
