from actions.suggest_topics import SuggestTopics
from tests.actions.conftest import heard, ids, run, topic

RESPONSES = {name: response for one in ("moms", "skat", "mad", "laege") for name, response in topic(one).items()}
RESPONSES |= topic("hilsen", "meta")
LIKELY = ["nlu_fallback", "hilsen", "skat", "guide_cvr", "moms", "mad", "laege"]


async def test_the_likeliest_topics_are_offered_with_somebody_to_call() -> None:
    ranking = [{"name": name, "confidence": 0.1} for name in LIKELY]
    (message,) = (await run(SuggestTopics(), heard(intent_ranking=ranking), RESPONSES)).messages
    assert message["response"] == "utter_not_understood"
    assert message["buttons"] == [{"title": name.capitalize(), "payload": f"/{name}"} for name in ("skat", "moms", "mad")]
    assert ids(message) == ["den-sociale-doegnvagt"]


async def test_without_any_guess_there_is_still_somebody_to_call() -> None:
    (message,) = (await run(SuggestTopics(), heard(), RESPONSES)).messages
    assert (message["buttons"], ids(message)) == ([], ["den-sociale-doegnvagt"])


async def test_in_a_guide_it_says_that_the_answer_was_none() -> None:
    (message,) = (await run(SuggestTopics(), heard(loop="cvr_form", intent_ranking=[]), RESPONSES)).messages
    assert (message["response"], message["buttons"]) == ("utter_no_answer_to_that", [])
