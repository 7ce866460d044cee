"""The dialogue that topics and guides make: the parts of a Rasa domain, and its rules, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.topics.answer import figures_in
from bot.topics.content import Content
from bot.topics.guides import DONT_KNOW, Guide, Question
from bot.topics.model import Topic

ABOUT_LANGUAGES = "sprog_tolk"
# What somebody under 18 is never told about.
_FOR_ADULTS = ("arbejde", "virksomhed")
_COURTESIES = ("ja", "nej", "tak")
# What is done about the intents that are no topic.
_WITHOUT_TOPIC = {"nlu_fallback": "action_suggest_topics", "follow_up": "action_follow_up", "choose": "utter_old_button"}

Data = dict[str, Any]


def about_topic(topic: str, responses: Mapping[str, Any]) -> Data:
    """What a domain's `responses` tell of `topic` besides its words; nothing when it is no topic."""
    said = responses.get(f"utter_{topic}")
    return dict(said[0].get("metadata", {})) if said else {}


def domain_of(content: Content) -> Data:
    """Intents, responses, and the guides' forms and slots."""
    return {
        "version": "3.1",
        "intents": [*content.topics, *map(intent_of, content.guides)],
        "responses": {
            **{name: [response] for topic in content.topics.values() for name, response in _responses(topic, content)},
            **{name: [response] for guide in content.guides.values() for name, response in _guide_responses(guide, content)},
        },
        "forms": {form_of(guide.id): {"required_slots": _slots(guide)} for guide in content.guides.values()},
        "slots": {
            slot: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            for guide in content.guides.values()
            for slot in _slots(guide)
        },
        "actions": [{f"validate_{form_of(name)}": {"send_domain": True}} for name in content.guides],
    }


def rules_of(content: Content) -> list[Data]:
    """A rule a topic and two a guide: to begin it, and to tell what it points to. Somebody under 18 is kept from some of them."""
    steps = {**{name: action(topic) for name, topic in content.topics.items()}, **_WITHOUT_TOPIC}
    rules = [_rule(name, {"intent": name}, {"action": step}) for name, step in steps.items()]
    for name in content.guides:
        running = {"active_loop": form_of(name)}
        rules.append(_rule(f"begin {name}", {"intent": intent_of(name)}, {"action": form_of(name)}, running))
        ended = ({"action": form_of(name)}, {"active_loop": None}, {"slot_was_set": [{"requested_slot": None}]})
        rules.append({**_rule(f"end {name}", *ended, {"action": "action_tell_outcome"}), "condition": [running]})
    grown_up = [name for name, topic in content.topics.items() if _is_for_adults(topic)]
    for intent in (
        *grown_up,
        *(intent_of(name) for name, guide in content.guides.items() if "alder" in guide.questions or name in grown_up),
    ):
        rule = _rule(f"{intent} under 18", {"intent": intent}, {"action": "action_safety"})
        rules.append({**rule, "condition": [{"slot_was_set": [{"minor": True}]}]})
    return rules


def action(topic: Topic) -> str:
    """The Rasa action that answers `topic`."""
    if topic.kind == "safety":
        return "action_safety"
    if topic.id in _COURTESIES:
        return "action_courtesy"
    return "action_look_up" if topic.services or topic.courses else f"utter_{topic.id}"


def _is_for_adults(topic: Topic) -> bool:
    return topic.adults_only or topic.area in _FOR_ADULTS


def intent_of(guide: str) -> str:
    """The intent that begins `guide`."""
    return f"guide_{guide}"


def form_of(guide: str) -> str:
    """The Rasa form that asks the questions of `guide`."""
    return f"{guide}_form"


def slot_of(guide: str, question: str) -> str:
    """The slot that holds the answer to `question`."""
    return f"{guide}_{question}"


def _slots(guide: Guide) -> list[str]:
    return [slot_of(guide.id, name) for name in guide.questions]


def _rule(name: str, *steps: Data) -> Data:
    return {"rule": name, "steps": list(steps)}


def _responses(topic: Topic, content: Content) -> Iterable[tuple[str, Data]]:
    yield f"utter_{topic.id}", _response(topic, topic.answer, content)
    if topic.now and topic.before:
        yield f"utter_{topic.id}_now", _response(topic, topic.now, content)
        yield f"utter_{topic.id}_before", _response(topic, topic.before, content)


def _response(topic: Topic, text: str, content: Content) -> Data:
    """What `topic` says; the metadata holds what the text alone does not tell.

    Figures stay as `{name}` in the text and travel in the metadata: they are told as they stand on the day of the answer.
    """
    return {
        "text": text,
        "buttons": _buttons(topic, text, content),
        "metadata": {
            **({"languages": _languages(content)} if topic.id == ABOUT_LANGUAGES else {}),
            "topic": topic.id,
            "title": topic.title,
            "kind": topic.kind,
            "area": topic.area,
            "for_adults": _is_for_adults(topic),
            "figures": _figures([text], content),
            "services": topic.services.model_dump(mode="json") if topic.services else None,
            "courses": topic.courses,
            "sources": [source.model_dump(mode="json") for source in topic.sources],
        },
    }


def _languages(content: Content) -> Data:
    spoken = {code: one for code, one in content.languages.items() if one.danger and one.lines}
    return {code: {"danger": one.danger, "lines": one.lines, "said_in": one.said_in or code} for code, one in spoken.items()}


def _buttons(topic: Topic, text: str, content: Content) -> list[dict[str, str]]:
    buttons = []
    if guide := content.guides.get(topic.id):
        buttons.append({"title": guide.start, "payload": f"/{intent_of(guide.id)}"})
    if topic.now and text == topic.answer:
        buttons.append({"title": "Det er sket nu", "payload": f'/{topic.id}{{"happened": "now"}}'})
        buttons.append({"title": "Det er sket før", "payload": f'/{topic.id}{{"happened": "before"}}'})
    return [*buttons, *topic_buttons(topic.follow_ups, content)]


def topic_buttons(names: Iterable[str], content: Content) -> list[dict[str, str]]:
    """A button for each of `names` that is there: a topic, or a guide that is none."""
    topics = {name: {"title": content.topics[name].title, "payload": f"/{name}"} for name in names if name in content.topics}
    guides = {name: {"title": content.guides[name].title, "payload": f"/{intent_of(name)}"} for name in names if name in content.guides}
    buttons = {**guides, **topics}
    return [buttons[name] for name in names if name in buttons]


def _guide_responses(guide: Guide, content: Content) -> Iterable[tuple[str, Data]]:
    texts = [*(outcome.say for outcome in guide.outcomes), *(question.text for question in guide.questions.values())]
    about = {"topic": guide.id if guide.id in content.topics else None, "figures": _figures(texts, content)}
    told = {
        **about,
        "guide": guide.model_dump(mode="json", exclude={"path"}),
        "buttons": [topic_buttons(outcome.topics, content) for outcome in guide.outcomes],
        "sources": [source.model_dump(mode="json") for source in guide.sources],
    }
    yield f"utter_{intent_of(guide.id)}", {"text": guide.title, "metadata": told}
    for number, (name, question) in enumerate(guide.questions.items()):
        asked = {"text": question.text, "buttons": _choices(guide.id, name, question, first=number == 0), "metadata": about}
        yield f"utter_ask_{form_of(guide.id)}_{slot_of(guide.id, name)}", asked


def _choices(guide: str, name: str, question: Question, *, first: bool) -> list[dict[str, str]]:
    choices = {**question.choices, DONT_KNOW: "Ved ikke"}
    buttons = [{"title": title, "payload": _choose(f"{guide}:{name}:{value}")} for value, title in choices.items()]
    again = [] if first else [{"title": "Start forfra", "payload": _choose(f"{guide}:forfra")}]
    return [*buttons, *again, {"title": "Stop spørgsmålene", "payload": _choose(f"{guide}:stop")}]


def _choose(choice: str) -> str:
    return f'/choose{{"choice": "{choice}"}}'


def _figures(texts: Iterable[str], content: Content) -> Data:
    names = dict.fromkeys(name for text in texts for name in figures_in(text) if name in content.facts)
    return {name: content.facts[name].model_dump(mode="json") for name in names}
