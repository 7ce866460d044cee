"""Asks the guides' questions, reads the answers, and tells what they point to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.arithmetic import calculations
from actions.directory import now
from actions.guide_answers import AGAIN, STOP, Answer, read
from actions.look_up import cards, entities
from bot.directory.areas import AREAS
from bot.topics.answer import figures_in, told_on
from bot.topics.dialogue import about_topic, form_of, intent_of, slot_of
from bot.topics.guides import Answers, Guide, next_question, outcomes
from bot.topics.model import Fact
from bot.topics.text import folded

Events = list[dict[str, Any]]
_LEFT = "__left__"
_UNDER_18 = (("alder", "nej"), ("hvem", "under_18"))
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class _AnswerGuide:
    """What Rasa's form calls for its slots: reads an answer, and names the slot to ask for next."""

    guide: str

    def name(self) -> str:
        """The action's name in the domain."""
        return f"validate_{form_of(self.guide)}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Sets the asked slot and `requested_slot`; only the latter when the message is no answer, so that other rules may answer it."""
        guide, _ = _about(self.guide, domain)
        answers = _answers(guide, tracker)
        question = _asked(guide, tracker)
        if question is None:
            return _begin(guide, answers, tracker)
        message = tracker.latest_message
        said = read(guide, question, message.get("text") or "", entities(message).get("choice"))
        if said is None or _cries_for_help(message, said, domain):
            return [SlotSet("requested_slot", slot_of(guide.id, question))]
        if said.value == STOP:
            return [*_forget(guide), SlotSet(slot_of(guide.id, question), _LEFT), SlotSet("requested_slot", None)]
        if said.value == AGAIN:
            return [*_forget(guide), _ask(guide, {})]
        minor = [SlotSet("minor", True)] if said[:2] in _UNDER_18 else []
        return [SlotSet(slot_of(guide.id, said.question), said.value), *minor, _ask(guide, {**answers, said.question: said.value})]


class AnswerKontanthjaelpHvem(_AnswerGuide, Action):
    """«Kan jeg få kontanthjælp?»"""

    guide = "kontanthjaelp_hvem"


class AnswerSmaajobModregning(_AnswerGuide, Action):
    """«Hvad sker der med ydelsen, når jeg tjener penge?»"""

    guide = "smaajob_modregning"


class AnswerCvrHvordan(_AnswerGuide, Action):
    """«Skal jeg have CVR, og hvordan?»"""

    guide = "cvr_hvordan"


class AnswerFindHjaelp(_AnswerGuide, Action):
    """«Find hjælp nær mig»"""

    guide = "find_hjaelp"


class TellOutcome(Action):
    """Tells what the answers of the guide that has just ended point to, and forgets them."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_tell_outcome"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Says one message: the outcomes' paragraphs with sums and figures, the first places, topics to go on with, and the sources."""
        loops = [event["name"] for event in tracker.events if event["event"] == "active_loop" and event["name"]]
        guide, about = _about(loops[-1].removesuffix(form_of("")), domain)
        answers = _answers(guide, tracker)
        if _LEFT in answers.values():
            dispatcher.utter_message(response="utter_guide_left")
            return _forget(guide)
        facts = {name: Fact.model_validate(fact) for name, fact in about["figures"].items()}
        at = now()
        told = list(outcomes(guide, answers))
        sums = calculations(guide, answers, facts, at.date())
        text = "\n\n".join(paragraph for outcome in told for paragraph in _paragraphs(outcome.say, sums, facts, at.date()))
        # Somebody under 18 is not asked again whether that is so.
        again = [] if tracker.get_slot("minor") else [{"title": "Start forfra", "payload": f"/{intent_of(guide.id)}"}]
        buttons = [button for number, outcome in enumerate(guide.outcomes) if outcome in told for button in about["buttons"][number]]
        lookup = next((outcome.services for outcome in told if outcome.services), None)
        shown = await cards(lookup.model_dump(), _wishes(answers), at) if lookup else {}
        dispatcher.utter_message(response=f"utter_{intent_of(guide.id)}", text=text, buttons=[*buttons, *again], json_message=shown)
        return _forget(guide)


def _asked(guide: Guide, tracker: Tracker) -> str | None:
    """The question that `guide` has asked last; None when it is only beginning, even in the middle of another one."""
    prefix = slot_of(guide.id, "")
    slot = tracker.get_slot("requested_slot") or ""
    name: str = slot.removeprefix(prefix)
    running = tracker.active_loop.get("name") == form_of(guide.id) and slot.startswith(prefix)
    return name if running and name in guide.questions else None


def _begin(guide: Guide, answers: Answers, tracker: Tracker) -> Events:
    """Takes up the questions where a cry for help put them aside; otherwise begins anew, with what is known."""
    if tracker.get_slot("unfinished_guide") == form_of(guide.id):
        return [SlotSet("unfinished_guide", None), _ask(guide, answers)]
    known = {"hvem": "under_18"} if tracker.get_slot("minor") and "hvem" in guide.questions else {}
    filled = [SlotSet(slot_of(guide.id, name), value) for name, value in known.items()]
    return [*_forget(guide), *filled, SlotSet("unfinished_guide", None), _ask(guide, known)]


def _cries_for_help(message: Mapping[str, Any], said: Answer, domain: Mapping[str, Any]) -> bool:
    """Whether `message` is a cry for help; what is nothing but an answer is none, unless it names a danger."""
    cries = about_topic(message["intent"]["name"], domain["responses"]).get("kind") == "safety"
    return cries and (not said.bare or message.get("named_danger", False))


def _about(name: str, domain: dict[str, Any]) -> tuple[Guide, dict[str, Any]]:
    """The guide as the model in use knows it, and what else the model says of it."""
    about = about_topic(intent_of(name), domain["responses"])
    return Guide.model_validate({**about["guide"], "path": name}), about


def _answers(guide: Guide, tracker: Tracker) -> dict[str, str]:
    slots = {name: tracker.get_slot(slot_of(guide.id, name)) for name in guide.questions}
    return {name: value for name, value in slots.items() if value is not None}


def _ask(guide: Guide, answers: Answers) -> dict[str, Any]:
    """The event that asks what comes next after `answers`, or ends the questions."""
    name = next_question(guide, answers)
    event: dict[str, Any] = SlotSet("requested_slot", slot_of(guide.id, name) if name else None)
    return event


def _forget(guide: Guide) -> Events:
    return [SlotSet(slot_of(guide.id, name), None) for name in guide.questions]


def _paragraphs(say: str, sums: Mapping[str, str], facts: Mapping[str, Fact], day: date) -> Iterator[str]:
    """The paragraphs of `say`, sums and figures filled in; one that is about a number that was not given is left out."""
    for paragraph in say.strip().split("\n\n"):
        if all(sums.get(name, True) for name in figures_in(paragraph)):
            yield told_on(_PLACEHOLDER.sub(lambda match: sums.get(match[1], match[0]), paragraph), facts, day)


def _wishes(answers: Answers) -> dict[str, Any]:
    """The filters of a search that the answers of «find hjælp» ask for."""
    area = next((area for area in AREAS if folded(area) == answers.get("omraade", "").replace("_", " ")), None)
    wished = {
        "when": {"nu": "now", "i_dag": "today"}.get(answers.get("tid", "")),
        "for_men": answers.get("hvem") == "mand",
        "for_trans": answers.get("hvem") == "trans",
        "under_18": answers.get("hvem") == "under_18",
        "without_cpr": answers.get("hvem") == "uden_papirer",
    }
    return {"area": area, **wished}
