"""Masking measured on `data/golden/mask.yml`, which anybody may add to."""

from typing import Any

import pytest

from bot.privacy.mask import PLACEHOLDERS, mask
from bot.settings import ROOT
from bot.topics.content import load
from bot.topics.yaml_file import plain, read_yaml

EXAMPLES: dict[str, Any] = plain(read_yaml(ROOT / "data" / "golden" / "mask.yml"))
PERSONAL = [(kind, text) for kind, texts in EXAMPLES["personal"].items() for text in texts]
HIDDEN_AT_LEAST = 0.98
TOUCHED_AT_MOST = 0.02


def parts(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without « and », and where what stood between them begins and ends."""
    text, secrets = "", []
    for number, part in enumerate(marked.replace("»", "«").split("«")):
        if number % 2:
            secrets.append((len(text), len(text) + len(part)))
        text += part
    return text, secrets


def is_hidden(marked: str) -> bool:
    text, secrets = parts(marked)
    hidden = {at for start, end, _ in mask(text).spans for at in range(start, end)}
    return all(at in hidden for start, end in secrets for at in range(start, end) if text[at].isalnum())


def test_nearly_all_personal_data_is_hidden() -> None:
    missed = [text for _, text in PERSONAL if not is_hidden(text)]
    assert len(missed) <= (1 - HIDDEN_AT_LEAST) * len(PERSONAL), missed


def test_harmless_texts_are_nearly_never_touched() -> None:
    touched = [text for text in EXAMPLES["harmless"] if mask(text).spans]
    assert len(touched) <= TOUCHED_AT_MOST * len(EXAMPLES["harmless"]), touched


@pytest.mark.parametrize("kind", PLACEHOLDERS)
def test_every_kind_is_nearly_always_known_for_what_it_is(kind: str) -> None:
    texts = EXAMPLES["personal"][kind]
    unknown = [text for text in texts if kind not in {span.kind for span in mask(parts(text)[0]).spans}]
    assert len(unknown) <= 0.1 * len(texts), unknown


def test_the_questions_that_topics_learn_from_are_not_touched() -> None:
    questions = [example for topic in load(ROOT / "data").topics.values() for example in topic.examples]
    touched = [question for question in questions if mask(question).spans]
    assert len(touched) <= 0.002 * len(questions), touched


def test_no_answer_would_be_touched() -> None:
    answers = [topic.answer for topic in load(ROOT / "data").topics.values()]
    assert [answer for answer in answers if mask(answer).spans] == []
