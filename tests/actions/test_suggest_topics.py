from actions.suggest_topics import SuggestTopics
from tests.actions.conftest import heard, ids, run, topic

RESPONSES = {name: response for one in ("moms", "skat", "mad", "laege", "tal_med_menneske") for name, response in topic(one).items()}
RESPONSES |= topic("hilsen", "meta")
LIKELY = ["nlu_fallback", "hilsen", "skat", "guide_cvr", "moms", "mad", "laege"]


async def test_the_likeliest_topics_are_offered_with_somebody_to_call() -> None:
    ranking = [{"name": name, "confidence": 0.1} for name in LIKELY]
    (message,) = (await run(SuggestTopics(), heard(intent_ranking=ranking), RESPONSES)).messages
    assert message["response"] == "utter_not_understood"
    assert message["buttons"] == [{"title": name.capitalize(), "payload": f"/{name}"} for name in ("skat", "moms", "mad")]
    assert ids(message) == ["den-sociale-doegnvagt"]


async def test_without_a_guess_to_speak_of_there_is_what_most_people_come_for_and_somebody_to_call() -> None:
    (message,) = (await run(SuggestTopics(), heard(intent_ranking=[{"name": "moms", "confidence": 0.04}]), RESPONSES)).messages
    assert [button["payload"] for button in message["buttons"]] == ["/tal_med_menneske", "/laege"]
    assert ids(message) == ["den-sociale-doegnvagt"]


async def test_no_guess_is_offered_twice() -> None:
    (message,) = (await run(SuggestTopics(), heard(intent_ranking=[{"name": "laege", "confidence": 0.2}]), RESPONSES)).messages
    assert [button["payload"] for button in message["buttons"]] == ["/laege", "/tal_med_menneske"]


async def test_in_a_guide_it_says_that_the_answer_was_none() -> None:
    (message,) = (await run(SuggestTopics(), heard(loop="cvr_form", intent_ranking=[]), RESPONSES)).messages
    assert (message["response"], message["buttons"]) == ("utter_no_answer_to_that", [])
