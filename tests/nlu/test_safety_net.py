from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.safety_net import SafetyNet
from tests.nlu.conftest import ranked, topic_of

PHRASES = {"vold": ["han slår mig"], "overdosis": ["trækker ikke vejret"], "under_18": ["jeg går i folkeskole"]}
CONFIG = {"threshold": 0.25, "short_threshold": 0.6, "stretch_threshold": 0.9, "languages": ["en"]}
CONTEXT = ExecutionContext(GraphSchema({}))


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> SafetyNet:
    """A net that has been trained, stored and read again."""
    storage, resource = LocalModelStorage(tmp_path_factory.mktemp("model")), Resource("net")
    phrases = [{"name": topic, "pattern": phrase} for topic, written in PHRASES.items() for phrase in written]
    SafetyNet.create(CONFIG, storage, resource, CONTEXT).train(TrainingData(regex_features=phrases))
    return SafetyNet.load(CONFIG, storage, resource, CONTEXT)


def minor(message: Message) -> bool | None:
    """What the writer has said about being under 18."""
    return {entity["entity"]: entity["value"] for entity in message.get("entities", [])}.get("minor")


def heard(net: SafetyNet, text: str, ranking: dict[str, float], **set_before: str) -> Message:
    message = ranked(text, ranking, **set_before)
    net.process([message])
    return message


@pytest.mark.parametrize(("text", "topic"), [("HAN SLAAR MIG", "vold"), ("kan jeg få moms tilbage, han trækker ikke vejret", "overdosis")])
def test_a_phrase_raises_the_alarm_whatever_else_a_message_is_about(net: SafetyNet, text: str, topic: str) -> None:
    message = heard(net, text, {"moms": 0.99, "vold": 0.001})
    assert (topic_of(message), message.get("alarm")) == (topic, topic)
    assert message.get("intent")["confidence"] == 1.0


def test_of_two_dangers_the_likelier_is_answered(net: SafetyNet) -> None:
    text = "han slår mig, og min ven trækker ikke vejret"
    assert topic_of(heard(net, text, {"vold": 0.2, "overdosis": 0.3})) == "overdosis"
    assert topic_of(heard(net, text, {"vold": 0.3, "overdosis": 0.2})) == "vold"


def test_a_danger_that_is_not_named_may_be_much_likelier_than_the_one_that_is(net: SafetyNet) -> None:
    assert topic_of(heard(net, "han slår mig", {"overdosis": 0.9, "vold": 0.05})) == "overdosis"
    assert topic_of(heard(net, "han slår mig", {"overdosis": 0.3, "vold": 0.05})) == "vold"


@pytest.mark.parametrize(
    ("ranking", "topic"),
    [
        ({"moms": 0.7, "vold": 0.14, "overdosis": 0.12}, "vold"),
        ({"moms": 0.7, "vold": 0.12, "overdosis": 0.12}, "moms"),
    ],
)
def test_doubts_about_several_dangers_add_up(net: SafetyNet, ranking: dict[str, float], topic: str) -> None:
    message = heard(net, "det går slet ikke godt for mig", ranking)
    assert topic_of(message) == topic
    assert message.get("alarm") == (topic if topic in PHRASES else None)


@pytest.mark.parametrize(("in_passing", "topic"), [(0.9, "vold"), (0.89, "moms")])
def test_what_is_said_in_passing_is_heard_when_it_is_plain(net: SafetyNet, in_passing: float, topic: str) -> None:
    ranking = {"moms": 0.9, "vold": 0.05}
    message = ranked("en lang historie", ranking, stretches=[{"moms": 0.9}, {"vold": in_passing - 0.3, "overdosis": 0.3, "moms": 0.1}])
    net.process([message])
    assert topic_of(message) == topic


def test_a_childs_age_said_in_passing_is_no_cry_for_help(net: SafetyNet) -> None:
    message = ranked("en lang historie", {"boern": 0.9}, stretches=[{"under_18": 0.95}])
    net.process([message])
    assert topic_of(message) == "boern"


@pytest.mark.parametrize(("text", "topic"), [("og hvad så for mænd", "moms"), ("det er ret slemt lige nu", "vold")])
def test_five_words_need_more_than_doubts(net: SafetyNet, text: str, topic: str) -> None:
    assert topic_of(heard(net, text, {"moms": 0.5, "vold": 0.5})) == topic
    assert topic_of(heard(net, text, {"vold": 0.6})) == "vold"


def test_what_is_heard_is_certain_enough_to_be_acted_on_and_says_whether_it_was_named(net: SafetyNet) -> None:
    doubtful = heard(net, "det går slet ikke godt for mig", {"moms": 0.7, "vold": 0.25})
    assert (doubtful.get("intent")["confidence"], doubtful.get("named_danger")) == (0.6, None)
    assert heard(net, "han slår mig", {"moms": 0.7}).get("named_danger") is True


def test_of_other_languages_only_the_phrases_are_known(net: SafetyNet) -> None:
    doubts = {"sprog_tolk": 0.5, "vold": 0.5}
    assert topic_of(heard(net, "to jest naprawdę bardzo długie zdanie", doubts, language="pl")) == "sprog_tolk"
    assert topic_of(heard(net, "to jest naprawdę bardzo długie zdanie", doubts, language="en")) == "vold"
    assert topic_of(heard(net, "han slår mig", {"sprog_tolk": 0.9}, language="pl")) == "vold"


@pytest.mark.parametrize(
    "text",
    [
        "jeg er 16",
        "jeg er 16 år",
        "jeg er altså kun 17",
        "JEG ER 15 OG SÆLGER SEX",
        "jeg er 17 år gammel",
        "jeg fylder snart 18",
        "jeg er faktisk lige 13 år",
        "jeg er fjorten",
        "jeg er sytten år",
        "er 15 år",
        "jeg 16 år",
        "i'm 16",
        "im only 15 yo",
        "i am fourteen",
    ],
)
def test_a_childs_age_raises_the_alarm_and_is_remembered(net: SafetyNet, text: str) -> None:
    message = heard(net, text, {"moms": 0.9})
    assert (topic_of(message), minor(message)) == ("under_18", True)


@pytest.mark.parametrize(
    "text",
    [
        "jeg er 12 år ældre end ham",
        "jeg er 16 uger henne",
        "jeg er 170 cm høj",
        "jeg er 15 minutter væk",
        "jeg skal være der kl 15",
        "mine børn er 12 og 15",
        "min søn er 16",
        "klokken er 15",
        "jeg har solgt sex i 12 år",
        "jeg har 15 kr",
    ],
)
def test_other_numbers_are_no_childs_age(net: SafetyNet, text: str) -> None:
    message = heard(net, text, {"moms": 0.9})
    assert (topic_of(message), minor(message), message.get("alarm")) == ("moms", None, None)


@pytest.mark.parametrize("text", ["jeg er 34", "jeg er 18 år", "jeg er over 40 og vil videre"])
def test_a_grown_ups_age_is_remembered_too(net: SafetyNet, text: str) -> None:
    message = heard(net, text, {"moms": 0.9})
    assert (topic_of(message), minor(message)) == ("moms", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("13, og jeg går i folkeskole", True),
        ("jeg går i folkeskole", None),
        ("min datter på 13 siger jeg går i folkeskole", None),
        ("jeg er 19 og jeg går i folkeskole", False),
    ],
)
def test_a_child_tells_its_own_age(net: SafetyNet, text: str, said: bool | None) -> None:
    message = heard(net, text, {"moms": 0.9})
    assert (topic_of(message), minor(message)) == ("under_18", said)


def test_a_child_in_danger_is_told_about_the_danger_when_that_is_likelier(net: SafetyNet) -> None:
    message = heard(net, "jeg er 15 og han slår mig", {"vold": 0.6, "under_18": 0.2})
    assert (topic_of(message), minor(message)) == ("vold", True)


def test_without_phrases_nothing_is_heard(tmp_path: Path) -> None:
    untrained = SafetyNet.create(CONFIG, LocalModelStorage(tmp_path), Resource("net"), CONTEXT)
    assert topic_of(heard(untrained, "han slår mig, jeg er 15", {"moms": 0.9})) == "moms"
