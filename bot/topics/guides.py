"""Guides: a few short questions with buttons, and what the answers point to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from bot.topics.model import ServiceQuery, Source, Strict, Text

MOST_QUESTIONS = 5
DONT_KNOW = "ved_ikke"
Answers = Mapping[str, str]
When = dict[str, tuple[Text, ...]]


class Question(Strict):
    """One question: `choices` (value and the button's title) or a number of some `unit`.

    «Ved ikke» is always a choice. `words` are other ways to write a choice. `ask_when` names the earlier answers without
    which the question is passed over.
    """

    text: Text
    choices: dict[str, Text] = Field(default_factory=dict)
    words: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    unit: str = ""
    ask_when: When = Field(default_factory=dict)

    @model_validator(mode="after")
    def _choices_or_unit(self) -> Question:
        if bool(self.choices) == bool(self.unit):
            raise ValueError("skriv enten choices eller unit")
        if DONT_KNOW in self.choices:
            raise ValueError("«ved ikke» er altid et valg; slet linjen")
        if unknown := self.words.keys() - self.choices.keys():
            raise ValueError(f"words: «{unknown.pop()}» er intet valg")
        return self


class Outcome(Strict):
    """What is said when the answers are those in `when`: a paragraph, and perhaps topics to read on in and places.

    `end` says that no later outcome is added.
    """

    say: Text
    when: When = Field(default_factory=dict)
    topics: tuple[Text, ...] = ()
    services: ServiceQuery | None = None
    end: bool = False


class Guide(Strict):
    """The questions in their order, and the outcomes: each one that fits adds its paragraph, until one ends it."""

    id: Text
    path: Path
    title: Annotated[Text, Field(max_length=60)]
    start: Annotated[Text, Field(max_length=60)]
    questions: Annotated[dict[str, Question], Field(min_length=1, max_length=MOST_QUESTIONS)]
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _conditions_make_sense(self) -> Guide:
        conditions = [question.ask_when for question in self.questions.values()] + [outcome.when for outcome in self.outcomes]
        for name, values in (pair for condition in conditions for pair in condition.items()):
            if name not in self.questions:
                raise ValueError(f"der er intet spørgsmål «{name}»")
            if unknown := set(values) - {*self.questions[name].choices, DONT_KNOW}:
                raise ValueError(f"«{unknown.pop()}» er intet svar på «{name}»")
        return self


def next_question(guide: Guide, answers: Answers) -> str | None:
    """The name of the question to ask after `answers`; None when enough has been asked."""
    for outcome in guide.outcomes:
        if outcome.end and outcome.when and fits(outcome.when, answers):
            return None
    return next((name for name, question in guide.questions.items() if name not in answers and fits(question.ask_when, answers)), None)


def outcomes(guide: Guide, answers: Answers) -> Iterator[Outcome]:
    """What `answers` point to, in the guide's order."""
    for outcome in guide.outcomes:
        if fits(outcome.when, answers):
            yield outcome
            if outcome.end:
                return


def fits(when: When, answers: Answers) -> bool:
    """Whether `answers` hold one of the values of each question in `when`."""
    return all(answers.get(name) in values for name, values in when.items())
