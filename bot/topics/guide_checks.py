"""What must be mended in a guide: every way through it is walked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.topics.content import Content
from bot.topics.guides import DONT_KNOW, Answers, Guide, next_question, outcomes
from bot.topics.wording import wording

MOST_WORDS = 110
MOST_QUESTION_WORDS = 40

_A_NUMBER = "1000"
# Sums of actions.arithmetic, which no file holds.
_CALCULATIONS = ("modregning", "omsaetning_aar")


def guide_problems(
    guide: Guide, content: Content, services: Collection[str], needs: Collection[str], phones: Collection[str]
) -> list[tuple[str, str]]:
    """Field and mend of everything wrong with `guide`; `services`, `needs` and `phones` are what the directory offers."""
    found = [*_links(guide, content, services, needs), *_sources(guide)]
    for name, question in guide.questions.items():
        found += wording(f"questions.{name}.text", question.text, content.facts, phones, most_words=MOST_QUESTION_WORDS)
    for answers in ways_through(guide):
        told = list(outcomes(guide, answers))
        if not told:
            found.append(("outcomes", f"svarene {_written(answers)} fører ikke til noget"))
        text = _without_sums(guide, "\n\n".join(outcome.say for outcome in told))
        found += wording(f"outcomes (svar: {_written(answers)})", text, content.facts, phones, most_words=MOST_WORDS)
    return list(dict.fromkeys(found))


def ways_through(guide: Guide, answers: Answers | None = None) -> Iterator[Answers]:
    """Every set of answers with which `guide` ends; a number stands for all numbers."""
    given = answers or {}
    name = next_question(guide, given)
    if name is None:
        yield given
        return
    question = guide.questions[name]
    for value in (*(question.choices or (_A_NUMBER,)), DONT_KNOW):
        yield from ways_through(guide, {**given, name: value})


def _links(guide: Guide, content: Content, services: Collection[str], needs: Collection[str]) -> Iterator[tuple[str, str]]:
    for number, outcome in enumerate(guide.outcomes, start=1):
        field = f"outcomes.{number}"
        for topic in outcome.topics:
            if topic not in content.topics and topic not in content.guides:
                yield f"{field}.topics", f"emnet «{topic}» findes ikke; ret eller slet linjen"
        for service in outcome.services.ids if outcome.services else ():
            if service not in services:
                yield f"{field}.services", f"stedet «{service}» findes ikke i data/directory"
        for need in outcome.services.needs if outcome.services else ():
            if need not in needs:
                yield f"{field}.services", f"intet sted i data/directory har behovet «{need}»"


def _sources(guide: Guide) -> Iterator[tuple[str, str]]:
    if not guide.sources and not any(outcome.services for outcome in guide.outcomes):
        yield "sources", "kilden mangler; skriv title, url og checked"


def _without_sums(guide: Guide, text: str) -> str:
    """`text` with a number where the program puts one."""
    names = "|".join((*(name for name, question in guide.questions.items() if question.unit), *_CALCULATIONS))
    return re.sub(rf"\{{(?:{names})\}}", "tal", text)


def _written(answers: Answers) -> str:
    return ", ".join(f"{name} {value}" for name, value in answers.items())
