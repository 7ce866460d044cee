from typing import Any

import pytest

from actions.guides import AnswerSmaajobModregning
from tests.actions.conftest import heard, run
from tests.actions.small_guide import FORM, GUIDE, responses, slot

RESPONSES = responses()


class Conversation:
    """The guide as Rasa's form runs it: each turn gives the next question, and what it sets is there for the next one."""

    def __init__(self, asked: str | None = None, /, **answers: str) -> None:
        self.slots: dict[str, Any] = {slot(name): value for name, value in answers.items()}
        self.slots["requested_slot"] = asked and slot(asked)
        self.responses = RESPONSES

    async def begins(self) -> str | None:
        self.slots["requested_slot"] = None
        return await self._heard("guide_smaajob_modregning")

    async def says(self, text: str, intent: str = "choose", **understood: Any) -> str | None:
        return await self._heard(intent, text, **understood)

    async def presses(self, choice: str) -> str | None:
        return await self._heard("choose", entities={"choice": f"smaajob_modregning:{choice}"})

    async def _heard(self, intent: str, text: str = "", **understood: Any) -> str | None:
        loop = FORM if self.slots["requested_slot"] else None
        said = await run(AnswerSmaajobModregning(), heard(intent, text, slots=self.slots, loop=loop, **understood), self.responses)
        assert said.messages == []
        self.slots |= said.slots
        asked: str | None = self.slots["requested_slot"]
        return asked and asked.removeprefix(slot(""))

    @property
    def answers(self) -> dict[str, str]:
        given = {name.removeprefix(slot("")): value for name, value in self.slots.items() if value is not None}
        return {name: given[name] for name in ("alder", "penge", "loen") if name in given}


async def test_questions_are_answered_by_button_or_in_writing() -> None:
    talk = Conversation()
    assert await talk.begins() == "alder"
    assert await talk.presses("alder:ja") == "penge"
    assert await talk.says("jeg er ansat") == "loen"
    assert await talk.says("3.000") is None
    assert talk.answers == {"alder": "ja", "penge": "loen", "loen": "3000"}


async def test_a_question_that_an_earlier_answer_makes_needless_is_passed_over() -> None:
    assert await Conversation("penge", alder="ja").presses("penge:firma") is None


async def test_not_to_know_is_an_answer() -> None:
    talk = Conversation("alder")
    assert await talk.says("det ved jeg ikke") == "penge"
    assert await talk.presses("penge:ved_ikke") == "loen"
    assert talk.answers == {"alder": "ved_ikke", "penge": "ved_ikke"}


@pytest.mark.parametrize(("text", "choice"), [("hvad er moms", None), ("", "cvr_hvordan:alder:ja"), ("", "smaajob_modregning:alder:måske")])
async def test_what_is_no_answer_is_left_to_other_rules_and_asked_for_again(text: str, choice: str | None) -> None:
    message = heard("moms", text, slots={"requested_slot": slot("alder")}, loop=FORM, entities={"choice": choice} if choice else {})
    assert (await run(AnswerSmaajobModregning(), message, RESPONSES)).slots == {"requested_slot": slot("alder")}


@pytest.mark.parametrize(
    ("text", "named", "asked"),
    [("ja han slår mig lige nu", False, "alder"), ("ja", True, "alder"), ("ja", False, "penge"), ("det ved jeg ikke", False, "penge")],
)
async def test_a_cry_for_help_is_no_answer_but_what_is_nothing_else_is_one(text: str, named: bool, asked: str) -> None:
    assert await Conversation("alder").says(text, "vold", named_danger=named) == asked


async def test_what_is_told_besides_an_answer_and_is_no_cry_for_help_leaves_it_one() -> None:
    assert await Conversation("alder").says("ja jeg er over tredive", "moms") == "penge"


@pytest.mark.parametrize("stop", ["stop", "jeg vil ikke svare"])
async def test_stopping_asks_no_more_and_leaves_no_answer_behind(stop: str) -> None:
    talk = Conversation("penge", alder="ja")
    assert await talk.says(stop) is None
    assert "alder" not in talk.answers


async def test_beginning_again_forgets_the_answers() -> None:
    talk = Conversation("penge", alder="ja")
    assert await talk.presses("forfra") == "alder"
    assert talk.answers == {}


async def test_the_button_of_an_earlier_question_changes_its_answer() -> None:
    talk = Conversation("loen", alder="ja", penge="loen")
    assert await talk.presses("penge:firma") is None
    assert talk.answers == {"alder": "ja", "penge": "firma"}


async def test_put_aside_it_goes_on_where_it_was_and_otherwise_begins_anew() -> None:
    talk = Conversation(alder="ja")
    talk.slots["unfinished_guide"] = FORM
    assert await talk.begins() == "penge"
    assert talk.slots["unfinished_guide"] is None
    assert await talk.begins() == "alder"
    assert talk.answers == {}


async def test_begun_in_the_middle_of_another_one_it_asks_its_own_first_question() -> None:
    message = heard("guide_smaajob_modregning", slots={"requested_slot": "cvr_hvordan_alder"}, loop=FORM)
    assert (await run(AnswerSmaajobModregning(), message, RESPONSES)).slots["requested_slot"] == slot("alder")


@pytest.mark.parametrize(("says", "minor"), [("jeg er 16", True), ("nej", True), ("jeg er 34", None), ("ved ikke", None)])
async def test_somebody_under_18_is_remembered_and_asked_no_more(says: str, minor: bool | None) -> None:
    talk = Conversation("alder")
    assert (await talk.says(says) is None) == bool(minor)
    assert talk.slots.get("minor") == minor


async def test_somebody_known_to_be_under_18_is_not_asked_who_she_is() -> None:
    who = {"hvem": {"text": "Hvem?", "choices": {"under_18": "Under 18", "mand": "Mand"}}, "alder": GUIDE["questions"]["alder"]}
    talk = Conversation()
    talk.responses = responses(questions=who, outcomes=[{"say": "Alle"}])
    talk.slots["minor"] = True
    assert await talk.begins() == "alder"
    assert talk.slots[slot("hvem")] == "under_18"
