from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

from bot.topics.content import load
from bot.topics.dialogue import domain_of, rules_of
from tests.topics.conftest import changed

SALG = "utter_ask_moms_form_moms_salg"
ALDER = "utter_ask_moms_form_moms_alder"


@pytest.fixture
def responses(data: Path) -> dict[str, dict[str, Any]]:
    return {name: variations[0] for name, variations in domain_of(load(data))["responses"].items()}


def payloads(response: dict[str, Any]) -> list[str]:
    return [button["payload"] for button in response["buttons"]]


def actions(data: Path, **when: Any) -> dict[str, str]:
    """The action of each rule for an intent, of those with the condition `minor` or without."""
    rules = [rule for rule in rules_of(load(data)) if (rule.get("condition") == [{"slot_was_set": [{"minor": True}]}]) == bool(when)]
    return {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules if "intent" in rule["steps"][0]}


def test_rasa_reads_the_domain_and_the_rules(data: Path) -> None:
    content = load(data)
    domain = Domain.from_dict(domain_of(content))
    assert {"moms", "skat", "vold", "guide_moms"} <= set(domain.intents)
    assert domain.required_slots_for_form("moms_form") == ["moms_alder", "moms_salg"]
    assert {"moms_alder", "moms_salg"} <= {slot.name for slot in domain.slots}
    assert "validate_moms_form" in domain.action_names_or_texts
    rules = rules_of(content)
    assert len(YAMLStoryReader().read_from_parsed_yaml({"rules": rules})) == len({rule["rule"] for rule in rules})


def test_a_topic_leads_to_its_guide_first_and_then_to_other_topics(responses: dict[str, dict[str, Any]]) -> None:
    assert responses["utter_moms"]["buttons"] == [
        {"title": "Svar på korte spørgsmål", "payload": "/guide_moms"},
        {"title": "Skat", "payload": "/skat"},
    ]
    assert payloads(responses["utter_skat"]) == ["/moms"]


def test_a_button_leads_to_a_topic_or_a_guide_that_is_none_and_to_nothing_that_is_not_there(data: Path) -> None:
    (data / "guides/moms.yml").rename(data / "guides/find.yml")
    content = load(changed(data, "topics/virksomhed/moms.yml", "[skat]", "[told, find, skat]"))
    assert payloads(domain_of(content)["responses"]["utter_moms"][0]) == ["/guide_find", "/skat"]


def test_a_cry_for_help_asks_whether_it_happens_now_and_its_second_answers_do_not(responses: dict[str, dict[str, Any]]) -> None:
    assert payloads(responses["utter_vold"]) == ['/vold{"happened": "now"}', '/vold{"happened": "before"}', "/skat"]
    for happened, text in (("now", "Ring 112 nu."), ("before", "Ring 112, hvis det sker igen.")):
        response = responses[f"utter_vold_{happened}"]
        assert (response["text"], payloads(response)) == (text, ["/skat"])
        assert (response["metadata"]["topic"], response["metadata"]["kind"]) == ("vold", "safety")


def test_what_is_said_brings_its_figures_along(responses: dict[str, dict[str, Any]]) -> None:
    for name in ("utter_moms", "utter_guide_moms"):
        assert {figure: fact["value"] for figure, fact in responses[name]["metadata"]["figures"].items()} == {"moms_graense": 50000}
    assert responses["utter_vold"]["metadata"]["figures"] == {}


def test_only_languages_with_words_of_their_own_are_spoken(data: Path) -> None:
    folder = changed(data, "topics.yml", "skat: {title: Skat", "sprog_tolk: {title: Skat")
    (folder / "topics/virksomhed/skat.yml").rename(folder / "topics/virksomhed/sprog_tolk.yml")
    responses = domain_of(load(folder))["responses"]
    spoken = responses["utter_sprog_tolk"][0]["metadata"]["languages"]
    assert spoken == {"en": {"danger": "If you are in danger, call 112.", "lines": "Hello.", "said_in": "en"}}
    assert "languages" not in responses["utter_moms"][0]["metadata"]


def test_every_question_has_its_choices_and_can_be_left(responses: dict[str, dict[str, Any]]) -> None:
    assert payloads(responses[ALDER]) == [
        f'/choose{{"choice": "{choice}"}}' for choice in ("moms:alder:ja", "moms:alder:nej", "moms:alder:ved_ikke", "moms:stop")
    ]
    assert payloads(responses[SALG]) == [
        f'/choose{{"choice": "{choice}"}}' for choice in ("moms:salg:ved_ikke", "moms:forfra", "moms:stop")
    ]


def test_the_guide_travels_with_its_buttons_by_outcome(responses: dict[str, dict[str, Any]]) -> None:
    about = responses["utter_guide_moms"]["metadata"]
    assert [[button["title"] for button in buttons] for buttons in about["buttons"]] == [["Vold"], ["Moms", "Skat"]]
    assert about["guide"].keys() >= {"questions", "outcomes"}


def test_each_intent_leads_to_its_action(data: Path) -> None:
    topic = "topics/virksomhed/skat.yml"
    assert actions(data) == {
        **{"moms": "utter_moms", "skat": "utter_skat", "vold": "action_safety", "guide_moms": "moms_form"},
        **{"nlu_fallback": "action_suggest_topics", "follow_up": "action_follow_up", "choose": "utter_old_button"},
    }
    assert actions(changed(data, topic, "follow_ups: [moms]", "services: {ids: [reden]}"))["skat"] == "action_look_up"
    assert actions(changed(data, topic, "services: {ids: [reden]}", "courses: true"))["skat"] == "action_look_up"


def test_a_courtesy_is_answered_in_context(data: Path) -> None:
    folder = changed(data, "topics.yml", "skat: {title: Skat", "tak: {title: Tak")
    (folder / "topics/virksomhed/skat.yml").rename(folder / "topics/virksomhed/tak.yml")
    assert actions(folder)["tak"] == "action_courtesy"


def test_a_guide_that_is_over_tells_what_it_points_to(data: Path) -> None:
    (end,) = [rule for rule in rules_of(load(data)) if rule["steps"][0] == {"action": "moms_form"}]
    assert end["condition"] == [{"active_loop": "moms_form"}]
    assert end["steps"][-1] == {"action": "action_tell_outcome"}


def test_one_topic_may_be_for_adults_only(data: Path) -> None:
    content = load(changed(data, "topics/sikkerhed/vold.yml", "phrases:", "adults_only: true\nphrases:"))
    assert "vold under 18" in {rule["rule"] for rule in rules_of(content)}
    assert domain_of(content)["responses"]["utter_vold"][0]["metadata"]["for_adults"] is True


def test_somebody_under_18_is_kept_from_what_is_for_grown_ups(data: Path) -> None:
    assert actions(data, minor=True) == dict.fromkeys(["moms", "skat", "guide_moms"], "action_safety")
    (data / "guides/moms.yml").rename(data / "guides/vold.yml")
    assert actions(data, minor=True) == dict.fromkeys(["moms", "skat", "guide_vold"], "action_safety")
    for old in ("  alder:", "ask_when: {alder:", "when: {alder:"):
        changed(data, "guides/vold.yml", old, old.replace("alder", "voksen"))
    assert actions(data, minor=True) == dict.fromkeys(["moms", "skat"], "action_safety")
