"""What an answer says besides its own words because of the message it answers, and of what that message interrupted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.directory.areas import ABROAD
from bot.topics.dialogue import ABOUT_LANGUAGES, about_topic, form_of, intent_of
from bot.topics.guessing import guessed

Response = dict[str, Any]
_ELSEWHERE = (
    "Jeg kender kun steder i København. Er du i {place}, så spørg kommunen dér. "
    "Alle kommuner skal give gratis social rådgivning, også anonymt."
)
_ABROAD = "Jeg kender kun steder i København og danske regler. Hjælpen i {place} kender jeg ikke."
_FOR_MINORS = "under_18"
_OUT_OF_SCOPE = "uden_for_emne"


def in_context(response: Response, tracker: DialogueStateTracker, responses: Mapping[str, list[Response]]) -> Response:
    """`response` in the writer's language, with the way back to an interrupted guide and the way on to a second question."""
    message = tracker.latest_message.parse_data if tracker.latest_message else {}
    about = response["metadata"]
    guide = tracker.active_loop_name or tracker.get_slot("unfinished_guide")
    if guide and about.get("kind") == "safety" and about["topic"] != _FOR_MINORS:
        response["buttons"].append({"title": "Fortsæt spørgsmålene", "payload": f"/{intent_of(guide.removesuffix(form_of('')))}"})
    if tracker.active_loop_name and about.get("topic") == _OUT_OF_SCOPE:
        return {**response, **_plain(responses["utter_no_answer_to_that"][0])}
    if not about.get("kind"):
        return response
    if (other := message.get("also")) and other != about.get("topic") and (title := about_topic(other, responses).get("title")):
        response["buttons"].insert(0, {"title": f"Du spurgte også: {title}", "payload": f"/{other}"})
    if place := next((entity["value"] for entity in message.get("entities", ()) if entity["entity"] == "elsewhere"), None):
        response["text"] += "\n\n" + (_ABROAD if place in ABROAD else _ELSEWHERE).format(place=place)
    if code := message.get("language"):
        _translate(response, code, responses)
    if about["topic"] == ABOUT_LANGUAGES and (topic := guessed(message, responses)):
        response["buttons"].insert(0, {"title": about_topic(topic, responses)["title"], "payload": f"/{topic}"})
    return response


def _plain(response: Response) -> Response:
    return {"text": response["text"], "buttons": [], "metadata": {}}


def _translate(response: Response, code: str, responses: Mapping[str, list[Response]]) -> None:
    """Puts what there is to say in the writer's language first; the lines about languages take the place of the Danish answer."""
    languages = about_topic(ABOUT_LANGUAGES, responses).get("languages", {})
    said = languages.get(code, languages.get("en"))
    if said and response["metadata"].get("kind") == "safety":
        response["text"] = f"{said['danger']}\n\n{response['text']}"
    elif said and response["metadata"].get("topic") == ABOUT_LANGUAGES:
        response["text"] = said["lines"]
    else:
        return
    response["metadata"]["opens_in"] = said["said_in"]
