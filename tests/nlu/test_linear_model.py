from pathlib import Path

import numpy as np
import pytest

from bot.nlu.linear_model import LinearModel

EXAMPLES = {
    "overnatning": [
        "hvor kan jeg sove i nat",
        "har ingen steder at sove",
        "herberg i aften",
        "jeg er hjemløs",
        "et sted at overnatte",
        "sove nu",
    ],
    "laege": ["jeg skal til læge", "jeg har et sår", "syg uden sundhedskort", "kan jeg få en læge", "sygeplejerske", "feber og ondt"],
    "moms": ["skal jeg betale moms", "momsgrænse", "hvornår skal jeg have moms", "moms af salg", "registrere moms", "moms frist"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts]


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return LinearModel.train(TEXTS, LABELS)


@pytest.mark.parametrize(
    ("text", "label"),
    [("hvor ka jeg sov inat", "overnatning"), ("MOMS??", "moms"), ("overnate", "overnatning"), ("jeg er hjemlos", "overnatning")],
)
def test_new_and_misspelt_texts_are_understood(model: LinearModel, text: str, label: str) -> None:
    (row,) = model.probabilities([text])
    assert model.labels[row.argmax()] == label
    assert row.sum() == pytest.approx(1)


def test_a_stored_model_says_the_same(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = LinearModel.load(tmp_path)
    np.testing.assert_allclose(again.probabilities(TEXTS), model.probabilities(TEXTS), atol=0.01)


def test_the_same_examples_give_the_same_model(model: LinearModel) -> None:
    np.testing.assert_allclose(LinearModel.train(TEXTS, LABELS).probabilities(TEXTS), model.probabilities(TEXTS), atol=1e-5)
