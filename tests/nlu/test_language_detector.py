from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.language_detector import LanguageDetector
from tests.nlu.conftest import ranked, topic_of

CONFIG = LanguageDetector.get_default_config()
CONTEXT = ExecutionContext(GraphSchema({}))
DANISH = [
    f"{start} {rest}"
    for start in ("hvor kan jeg", "jeg vil gerne", "kan man også", "hvordan skal jeg", "må jeg ikke")
    for rest in ("få hjælp i dag", "sove i nat", "betale min skat", "søge kontanthjælp", "tale med en læge", "finde et værested")
]
FOREIGN = {
    "en": [
        f"{start} {rest}" for start in ("where can I", "I want to", "how do I") for rest in ("find help", "sleep tonight", "pay my tax")
    ],
    "pl": [
        f"{start} {rest}"
        for start in ("gdzie mogę", "chcę teraz", "jak mam")
        for rest in ("znaleźć pomoc", "spać w nocy", "płacić podatek")
    ],
    "th": ["ฉันต้องการความช่วยเหลือ", "ฉันจะนอนที่ไหนได้บ้าง", "ฉันต้องการหมอ", "ช่วยฉันด้วย", "ฉันพูดภาษาเดนมาร์กไม่ได้", "ฉันต้องจ่ายภาษีไหม"],
}


def training_data(foreign: dict[str, list[str]], mixed: list[str]) -> TrainingData:
    return TrainingData(
        [*(Message.build(text, "emne") for text in DANISH), *(Message.build(text, "vold") for text in mixed)],
        regex_features=[{"name": "vold", "pattern": "help"}],
        lookup_tables=[{"name": code, "elements": examples} for code, examples in foreign.items()],
    )


def trained(folder: Path, foreign: dict[str, list[str]]) -> LanguageDetector:
    """A detector that has learnt, been stored and read again."""
    storage, resource = LocalModelStorage(folder), Resource("languages")
    cries = ["he hurts me right now", "please help me right now", "they hurts me please"] * 3
    LanguageDetector.create(CONFIG, storage, resource, CONTEXT).train(training_data(foreign, cries))
    return LanguageDetector.load(CONFIG, storage, resource, CONTEXT)


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> LanguageDetector:
    return trained(tmp_path_factory.mktemp("model"), FOREIGN)


def heard(detector: LanguageDetector, text: str) -> tuple[str | None, str]:
    """The language of `text` and its topic."""
    message = ranked(text, {"emne": 0.9})
    detector.process([message])
    return message.get("language"), topic_of(message)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where can I find a doctor tonight", "en"),
        ("how do I find a place to sleep", "en"),
        ("gdzie mogę teraz spać", "pl"),
        ("jak znaleźć pomoc w nocy", "pl"),
        ("ฉันต้องการที่นอน", "th"),
        ("ช่วยด้วย", "th"),
    ],
)
def test_another_language_is_recognised(detector: LanguageDetector, text: str, language: str) -> None:
    assert heard(detector, text) == (language, "sprog_tolk")


@pytest.mark.parametrize(
    "text",
    [
        "hvor kan jeg sove",
        "jeg vil gerne have hjælp af en læge",
        "kan jeg få help to pay my tax",
        "help",
        "gdzie",
        "",
        "12345 678",
        "\N{SMILING FACE WITH SMILING EYES} ?!",
    ],
)
def test_danish_however_mixed_a_single_word_and_no_words_are_no_other_language(detector: LanguageDetector, text: str) -> None:
    assert heard(detector, text) == (None, "emne")


def test_a_language_that_is_none_of_those_learnt_is_answered_in_english(tmp_path: Path) -> None:
    without_english = trained(tmp_path, {"pl": FOREIGN["pl"], "th": FOREIGN["th"]})
    assert heard(without_english, "ψωμί και νερό") == ("en", "sprog_tolk")
    assert heard(without_english, "gdzie mogę teraz spać") == ("pl", "sprog_tolk")


def test_cries_for_help_in_other_languages_are_not_learnt_as_danish(detector: LanguageDetector) -> None:
    assert heard(detector, "he hurts me right now please help me")[0] == "en"


def test_without_other_languages_every_message_is_danish(tmp_path: Path) -> None:
    assert heard(trained(tmp_path, {}), "where can I find help") == (None, "emne")
