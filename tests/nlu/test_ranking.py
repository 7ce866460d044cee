import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.ranking import put_first, ranking_of
from tests.nlu.conftest import ranked, topic_of


@pytest.mark.parametrize("topic", ["moms", "skat", "vold"])
def test_what_is_put_first_leads_and_the_others_keep_their_order(topic: str) -> None:
    message = ranked("moms", {"moms": 0.6, "skat": 0.3, "mad": 0.1})
    put_first(message, topic, 0.9)
    assert topic_of(message) == topic
    ranking = ranking_of(message)
    assert next(iter(ranking.items())) == (topic, 0.9)
    rest = {"moms": 0.3, "skat": 0.15, "mad": 0.05}
    rest.pop(topic, None)
    assert list(ranking.items())[1:] == list(rest.items())


def test_a_message_that_nobody_has_ranked_has_no_ranking() -> None:
    assert ranking_of(Message({"text": "moms"})) == {}
