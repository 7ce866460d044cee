import pytest

from bot.nlu.out_of_scope import OutOfScope
from tests.nlu.conftest import ranked, topic_of


def weighed(ranking: dict[str, float], **set_before: str) -> str:
    message = ranked("…", ranking, **set_before)
    OutOfScope(OutOfScope.get_default_config()).process([message])
    return topic_of(message)


@pytest.mark.parametrize(
    ("likely", "topic"),
    [({"moms": 0.5, "uden_for_emne": 0.13}, "uden_for_emne"), ({"moms": 0.5, "uden_for_emne": 0.12}, "moms"), ({"moms": 0.5}, "moms")],
)
def test_what_no_topic_answers_is_likelier_than_it_looks(likely: dict[str, float], topic: str) -> None:
    assert weighed(likely) == topic


def test_a_probability_is_at_most_one() -> None:
    message = ranked("…", {"moms": 0.51, "uden_for_emne": 0.49})
    OutOfScope(OutOfScope.get_default_config()).process([message])
    assert message.get("intent")["confidence"] == 1.0


def test_cries_for_help_follow_ups_and_other_languages_are_left_alone() -> None:
    doubtful = {"vold": 0.4, "uden_for_emne": 0.3}
    assert weighed(doubtful, alarm="vold") == "vold"
    assert weighed(doubtful, language="en") == "vold"
    assert weighed({"follow_up": 1.0, "uden_for_emne": 0.3}) == "follow_up"
