from typing import Any

import pytest

from actions.guides import AnswerSmaajobModregning, TellOutcome
from tests.actions.conftest import Said, heard, ids, run
from tests.actions.small_guide import responses

FORM = "smaajob_modregning_form"
RESPONSES = responses()
LOOP: list[dict[str, Any]] = [{"event": "active_loop", "name": FORM}, {"event": "active_loop", "name": None}]


class Conversation:
    """The guide as Rasa's form runs it: each turn gives the next question, and what it sets is there for the next one."""

    def __init__(self, **answers: str) -> None:
        self.slots: dict[str, Any] = {f"smaajob_modregning_{name}": value for name, value in answers.items()}

    async def begin(self) -> str | None:
        return await self._heard("guide_smaajob_modregning")

    async def says(self, text: str, intent: str = "choose", **understood: Any) -> str | None:
        return await self._heard(intent, text, **understood)

    async def presses(self, choice: str) -> str | None:
        return await self._heard("choose", entities={"choice": f"smaajob_modregning:{choice}"})

    async def _heard(self, intent: str, text: str = "", **understood: Any) -> str | None:
        loop = FORM if self.slots.get("requested_slot") else None
        said = await run(AnswerSmaajobModregning(), heard(intent, text, slots=self.slots, loop=loop, **understood), RESPONSES)
        assert said.messages == []
        self.slots |= said.slots
        asked: str | None = self.slots["requested_slot"]
        return asked and asked.removeprefix("smaajob_modregning_")

    @property
    def answers(self) -> dict[str, str]:
        given = {name.removeprefix("smaajob_modregning_"): value for name, value in self.slots.items() if value is not None}
        return {name: given[name] for name in ("alder", "penge", "loen") if name in given}

    async def ends(self) -> Said:
        said = await run(TellOutcome(), heard(slots=self.slots, events=LOOP), RESPONSES)
        self.slots |= said.slots
        return said


async def test_questions_are_answered_by_button_or_in_writing() -> None:
    talk = Conversation()
    assert await talk.begin() == "alder"
    assert await talk.presses("alder:ja") == "penge"
    assert await talk.says("jeg er ansat") == "loen"
    assert await talk.says("3.000") is None
    assert talk.answers == {"alder": "ja", "penge": "loen", "loen": "3000"}


async def test_a_question_that_an_earlier_answer_makes_needless_is_passed_over() -> None:
    talk = Conversation(alder="ja")
    assert await talk.begin() == "penge"
    assert await talk.presses("penge:firma") is None


async def test_not_to_know_is_an_answer() -> None:
    talk = Conversation()
    await talk.begin()
    await talk.says("det ved jeg ikke")
    assert await talk.presses("penge:ved_ikke") == "loen"
    assert talk.answers == {"alder": "ved_ikke", "penge": "ved_ikke"}


async def test_what_is_no_answer_is_asked_again_and_left_to_other_rules() -> None:
    talk = Conversation()
    await talk.begin()
    said = await run(AnswerSmaajobModregning(), heard("moms", "hvad er moms", slots=talk.slots, loop=FORM), RESPONSES)
    assert said.slots == {"requested_slot": "smaajob_modregning_alder"}


@pytest.mark.parametrize(
    ("text", "confidence", "asked"), [("ja han slår mig lige nu", 0.6, "alder"), ("ja han slår", 1.0, "alder"), ("ja", 0.6, "penge")]
)
async def test_a_cry_for_help_is_no_answer_but_a_guess_about_a_few_words_is_no_cry(text: str, confidence: float, asked: str) -> None:
    talk = Conversation()
    await talk.begin()
    assert await talk.says(text, "vold", confidence) == asked


async def test_stopping_forgets_the_answers_and_says_so() -> None:
    talk = Conversation(alder="ja")
    await talk.begin()
    assert await talk.says("stop") is None
    (message,) = (await talk.ends()).messages
    assert message["response"] == "utter_guide_left"
    assert talk.answers == {}


async def test_beginning_again_forgets_the_answers() -> None:
    talk = Conversation(alder="ja")
    await talk.begin()
    assert await talk.presses("forfra") == "alder"
    assert talk.answers == {}


async def test_the_button_of_an_earlier_question_changes_its_answer() -> None:
    talk = Conversation(alder="ja", penge="loen")
    assert await talk.begin() == "loen"
    assert await talk.presses("penge:firma") is None
    assert talk.answers["penge"] == "firma"


async def test_taken_up_again_it_goes_on_where_it_was() -> None:
    talk = Conversation(alder="ja")
    talk.slots["unfinished_guide"] = FORM
    assert await talk.begin() == "penge"
    assert talk.slots["unfinished_guide"] is None


async def test_somebody_under_18_is_remembered_and_asked_no_more() -> None:
    talk = Conversation()
    await talk.begin()
    assert await talk.says("jeg er 16") is None
    assert talk.slots["minor"] is True
    (message,) = (await talk.ends()).messages
    assert (message["text"], ids(message)) == ("Ring til BørneTelefonen.", ["huset"])
    assert [button["title"] for button in message["buttons"]] == ["Vold", "Start forfra"]


async def test_the_end_tells_in_one_message_what_the_answers_point_to_and_forgets_them() -> None:
    talk = Conversation(alder="ja", penge="loen", loen="3000")
    (message,) = (await talk.ends()).messages
    first, sum_, limit, last = message["text"].split("\n\n")
    assert (first, last) == ("Løn kan gøre hjælpen mindre.", "Spørg kommunen.")
    assert "3.000 kr." in sum_
    assert limit == "Loftet er 500 kr."
    assert message["response"] == "utter_guide_smaajob_modregning"
    assert [button["payload"] for button in message["buttons"]] == ["/skat", "/guide_smaajob_modregning"]
    assert ids(message) == ["haven", "huset"]
    assert talk.answers == {}


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"omraade": "valby", "tid": "senere"}, ["huset"]),
        ({"omraade": "ved_ikke", "tid": "nu"}, ["haven"]),
        ({"omraade": "hele_byen", "tid": "ved_ikke"}, ["haven", "huset"]),
    ],
)
async def test_the_answers_to_where_and_when_narrow_the_places(answers: dict[str, str], shown: list[str]) -> None:
    choices = {"omraade": {"valby": "Valby", "hele_byen": "Hele byen"}, "tid": {"nu": "Nu", "senere": "Senere"}}
    questions = {name: {"text": "?", "choices": titles} for name, titles in choices.items()}
    found = responses(questions=questions, outcomes=[{"say": "Her er steder.", "services": {"needs": ["mad"]}}])
    slots = {f"smaajob_modregning_{name}": value for name, value in answers.items()}
    (message,) = (await run(TellOutcome(), heard(slots=slots, events=LOOP), found)).messages
    assert ids(message) == shown


async def test_a_sum_of_a_number_that_was_not_given_is_left_out() -> None:
    (message,) = (await Conversation(alder="ja", penge="loen", loen="ved_ikke").ends()).messages
    assert message["text"] == "Løn kan gøre hjælpen mindre.\n\nLoftet er 500 kr.\n\nSpørg kommunen."
