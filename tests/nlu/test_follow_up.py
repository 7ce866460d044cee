from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.directory.areas import AREAS, told
from bot.nlu.follow_up import FollowUpDetector, is_elliptic
from bot.nlu.ranking import ranking_of
from tests.nlu.conftest import ranked, topic_of


def heard(text: str, ranking: dict[str, float] | None = None, **set_before: Any) -> Message:
    message = ranked(text, ranking or {"vaerested": 0.6, "moms": 0.2}, **set_before)
    FollowUpDetector(FollowUpDetector.get_default_config()).process([message])
    return message


@pytest.mark.parametrize(
    "text",
    [
        "og på Nørrebro?",
        "på nørrebro",
        "hvad koster det?",
        "hvornår åbner de",
        "HVORNAAR LUKKER DE",
        "har de åbent på søndag",
        "er der noget nærmere vesterbro",
        "hvad er telefonnummeret",
        "kun for kvinder",
        "og på søndag?",
        "og i aften efter kl 20?",
        "har de åbent kl. 18.30",
        "hvad med natten til lørdag",
        "er der nogen der taler engelsk?",
        "findes der noget for trans?",
    ],
)
def test_a_place_a_time_or_a_price_alone_has_no_subject(text: str) -> None:
    assert is_elliptic(text)
    message = heard(text)
    assert (topic_of(message), message.get("elliptic")) == ("follow_up", True)


@pytest.mark.parametrize(
    "text",
    [
        "mad på Nørrebro",
        "hvad koster en advokat",
        "hvornår åbner herberget",
        "",
        "tak",
        "han er her nu med en kniv",
        "jeg er 18",
        "112",
        "jeg taler ikke dansk",
    ],
)
def test_what_names_its_subject_leans_on_nothing(text: str) -> None:
    assert not is_elliptic(text)
    assert topic_of(heard(text)) == "vaerested"


@pytest.mark.parametrize("text", ["og hvad med moms", "men hvad hvis jeg er gift", "hvad med skat så", "what about tax"])
def test_an_opening_that_goes_on_leans_on_what_came_before(text: str) -> None:
    message = heard(text)
    assert (topic_of(message), message.get("elliptic")) == ("follow_up", False)


def test_a_long_message_stands_alone_however_it_opens() -> None:
    assert topic_of(heard("og så vil jeg gerne vide hvor meget jeg skal betale i moms")) == "vaerested"
    assert not is_elliptic("hvor er det og hvad koster det og hvornår åbner det")


@pytest.mark.parametrize(("confidence", "alone"), [(0.6, "moms"), (0.35, "moms"), (0.34, None)])
def test_what_it_means_alone_is_kept_when_that_is_certain(confidence: float, alone: str | None) -> None:
    message = heard("og hvad med moms", {"moms": confidence, "skat": 0.1})
    assert message.get("alone") == alone
    assert ranking_of(message)["moms"] == confidence / 2


@pytest.mark.parametrize(("confidence", "alone"), [(0.8, "vaerested"), (0.79, None)])
def test_without_a_subject_it_must_be_more_certain(confidence: float, alone: str | None) -> None:
    assert heard("hvad koster det?", {"vaerested": confidence}).get("alone") == alone


@pytest.mark.parametrize("set_before", [{"alarm": "vold"}, {"language": "en"}])
def test_a_cry_for_help_or_another_language_leans_on_nothing(set_before: dict[str, Any]) -> None:
    message = heard("og på Nørrebro?", **set_before)
    assert topic_of(message) == "vaerested"
    assert message.get("elliptic") is None


@pytest.mark.parametrize("area", AREAS)
def test_every_area_can_be_asked_for_alone(area: str) -> None:
    assert is_elliptic(f"og {told(area)}?")


@given(st.text(min_size=1))
def test_any_message_can_be_heard(text: str) -> None:
    assert topic_of(heard(text)) in {"follow_up", "vaerested"}
