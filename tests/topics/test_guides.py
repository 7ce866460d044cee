from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.content import load
from bot.topics.guides import DONT_KNOW, Guide, next_question, outcomes
from bot.topics.yaml_file import ContentError
from tests.topics.conftest import changed

YES_NO = {"ja": "Ja", "nej": "Nej"}
GUIDE = Guide.model_validate(
    {
        "id": "moms",
        "path": "moms.yml",
        "title": "Moms?",
        "start": "Svar",
        "questions": {
            "alder": {"text": "Voksen?", "choices": YES_NO},
            "sælger": {"text": "Sælger du?", "choices": YES_NO},
            "salg": {"text": "Hvor meget?", "unit": "kr.", "ask_when": {"alder": ["ja"], "sælger": ["ja", DONT_KNOW]}},
        },
        "outcomes": [
            {"say": "Barn", "when": {"alder": ["nej"]}, "end": True},
            {"say": "Sælger", "when": {"sælger": ["ja"]}},
            {"say": "Ved ikke", "when": {"salg": [DONT_KNOW]}},
            {"say": "Alle", "end": True},
            {"say": "Ingen"},
        ],
    }
)


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({}, "alder"),
        ({"alder": "ja"}, "sælger"),
        ({"alder": "ja", "sælger": "ja"}, "salg"),
        ({"alder": "ja", "sælger": "ved_ikke"}, "salg"),
        ({"alder": "ja", "sælger": "nej"}, None),
        ({"alder": "ved_ikke", "sælger": "ja"}, None),
        ({"alder": "ja", "sælger": "ja", "salg": "100"}, None),
        ({"sælger": "ja"}, "alder"),
    ],
)
def test_questions_come_in_order_and_only_where_earlier_answers_ask_for_them(answers: dict[str, str], question: str | None) -> None:
    assert next_question(GUIDE, answers) == question


def test_an_answer_that_ends_it_leaves_nothing_to_ask() -> None:
    assert next_question(GUIDE, {"alder": "nej"}) is None


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"alder": "nej", "sælger": "ja"}, ["Barn"]),
        ({"alder": "ja", "sælger": "ja", "salg": "100"}, ["Sælger", "Alle"]),
        ({"alder": "ja", "sælger": "ja", "salg": DONT_KNOW}, ["Sælger", "Ved ikke", "Alle"]),
        ({"alder": "ja", "sælger": "nej"}, ["Alle"]),
    ],
)
def test_every_outcome_that_fits_adds_its_paragraph_until_one_ends_it(answers: dict[str, str], said: list[str]) -> None:
    assert [outcome.say for outcome in outcomes(GUIDE, answers)] == said


@given(st.data())
def test_whatever_is_answered_it_ends_after_at_most_all_its_questions(data: st.DataObject) -> None:
    answers: dict[str, str] = {}
    while name := next_question(GUIDE, answers):
        assert name not in answers
        answers[name] = data.draw(st.sampled_from([*(GUIDE.questions[name].choices or ["100"]), DONT_KNOW]))
    assert any(outcomes(GUIDE, answers))


@pytest.mark.parametrize(
    ("old", "new", "line", "mend"),
    [
        ("ask_when: {alder: [ja]}", "ask_when: {alderen: [ja]}", 1, "der er intet spørgsmål «alderen»"),
        ("ask_when: {alder: [ja]}", "ask_when: {alder: [jo]}", 1, "«jo» er intet svar på «alder»"),
        ("when: {alder: [nej]}", "when: {salg: [lidt]}", 1, "«lidt» er intet svar på «salg»"),
        ("    unit: kr.\n", "", 7, "skriv enten choices eller unit"),
        ("    unit: kr.\n", "    unit: kr.\n    choices: {lidt: Lidt}\n", 7, "skriv enten choices eller unit"),
        ('nej: "Nej"}', 'ved_ikke: "Ved ikke"}', 4, "«ved ikke» er altid et valg"),
        ('nej: "Nej"}', 'nej: "Nej"}\n    words: {nope: [nope]}', 4, "words: «nope» er intet valg"),
        ("    say: Det her er for voksne.\n", "", 12, "feltet mangler; tilføj «say: …»"),
        ("    end: true", "    slut: true", 15, "ukendt felt"),
        ("services: {ids: [reden], needs: [jura]}", "services: {}", 21, "skriv mindst ét sted"),
        ("title: Skal jeg betale moms?", "title: " + "M" * 61, 1, "højst 60 tegn"),
    ],
)
def test_a_mistake_is_refused_with_line_and_mend(data: Path, old: str, new: str, line: int, mend: str) -> None:
    with pytest.raises(ContentError) as error:
        load(changed(data, "guides/moms.yml", old, new))
    assert f"moms.yml:{line}: " in str(error.value)
    assert mend in str(error.value)


@pytest.mark.parametrize("count", [0, 6])
def test_a_guide_asks_one_to_five_questions(count: int) -> None:
    questions = {f"nummer {number}": {"text": "?", "unit": "kr."} for number in range(count)}
    with pytest.raises(ValueError, match="questions"):
        Guide.model_validate({**GUIDE.model_dump(), "questions": questions, "outcomes": [{"say": "Alle"}]})


def test_not_to_know_may_be_asked_for_without_being_listed(data: Path) -> None:
    guide = load(changed(data, "guides/moms.yml", "ask_when: {alder: [ja]}", "ask_when: {alder: [ved_ikke]}")).guides["moms"]
    assert next_question(guide, {"alder": DONT_KNOW}) == "salg"
