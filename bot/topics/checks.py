"""What must be mended in the content before people read it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bot.nlu.phrases import WRITES_WORDS_TOGETHER, pattern, spelt_plainly
from bot.topics.answer import figures_in
from bot.topics.content import Content
from bot.topics.guide_checks import guide_problems
from bot.topics.model import Source, Topic
from bot.topics.text import folded
from bot.topics.wording import wording
from bot.topics.yaml_file import Problem, line_of

FEWEST_EXAMPLES = 60
FEWEST_META_EXAMPLES = 20
FEWEST_LANGUAGE_EXAMPLES = 20
SOURCE_AGES_AFTER = timedelta(days=365)

_WORD = re.compile(r"\w+")
# Topics whose questions speak of danger that is over or that one wants to avoid.
_ABOUT_DANGER = ("anmeld_politi", "anmeld_anonymt", "arbejd_sikkert", "sprog_tolk")


@dataclass(frozen=True)
class Known:
    """What the directory offers that a topic may point to: service ids, needs, and phone numbers without spaces."""

    services: Collection[str]
    needs: Collection[str]
    phones: Collection[str]


@dataclass(frozen=True)
class Finding:
    """A problem and whether it stops a training (`blocking`) or only awaits an editor."""

    problem: Problem
    blocking: bool = True

    def __str__(self) -> str:
        return str(self.problem)


def check(content: Content, known: Known, today: date) -> list[Finding]:
    """Everything in `content` that must be mended or renewed, by file."""
    findings = [*_missing_topics(content), *_shared_examples(content), *_ambiguous_phrases(content), *_facts(content, today)]
    for topic in content.topics.values():
        findings += _topic(topic, content, known, today)
    path = content.root / "languages.yml"
    for code, language in content.languages.items():
        if len(language.examples) < FEWEST_LANGUAGE_EXAMPLES:
            mend = f"der er {len(language.examples)} eksempler; skriv mindst {FEWEST_LANGUAGE_EXAMPLES} forskellige"
            findings.append(Finding(Problem(path, 1, f"{code}.examples", mend)))
        if language.danger and "112" not in language.danger:
            findings.append(Finding(Problem(path, 1, f"{code}.danger", "linjen skal sige, at man skal ringe 112")))
    for guide in content.guides.values():
        problems = guide_problems(guide, content, known.services, known.needs, known.phones)
        findings += [Finding(Problem(guide.path, 1, field, mend)) for field, mend in problems]
        findings += _ageing(guide.path, [outcome.say for outcome in guide.outcomes], guide.sources, content, today)
    return sorted(map(_located, findings), key=lambda finding: finding.problem[:2])


def _located(finding: Finding) -> Finding:
    """`finding` with the line where its field stands."""
    path, _, field, _ = finding.problem
    line = line_of(path, [int(part) - 1 if part.isdigit() else part for part in field.split(".")]) if path.is_file() else 1
    return replace(finding, problem=finding.problem._replace(line=line))


def _topic(topic: Topic, content: Content, known: Known, today: date) -> Iterator[Finding]:
    for field, mend in (
        *_links(topic, content, known),
        *_examples(topic),
        *_sources(topic, today),
        *_alarm(topic),
        *_wording(topic, content, known),
    ):
        yield Finding(Problem(topic.path, 1, field, mend))
    texts = (topic.answer, topic.now or "", topic.before or "")
    yield from _ageing(topic.path, texts, topic.sources, content, today)


def _ageing(path: Path, texts: Iterable[str], sources: Iterable[Source], content: Content, today: date) -> Iterator[Finding]:
    """What time has done to `texts` and their `sources`; an editor is told, and nothing is stopped."""
    for source in sources:
        if today - source.checked > SOURCE_AGES_AFTER:
            mend = f"«{source.title}» er sidst efterset {source.checked}; efterse den igen"
            yield Finding(Problem(path, 1, "sources", mend), blocking=False)
    for name in dict.fromkeys(name for text in texts for name in figures_in(text)):
        fact = content.facts.get(name)
        if fact and not fact.holds_on(today) and not fact.latest_known:
            mend = f"tallet «{name}» gælder ikke i dag; find det nye på {fact.where}"
            yield Finding(Problem(path, 1, "answer", mend), blocking=False)


def _wording(topic: Topic, content: Content, known: Known) -> Iterator[tuple[str, str]]:
    for field, text in (("answer", topic.answer), ("now", topic.now), ("before", topic.before)):
        if text:
            yield from wording(field, text, content.facts, known.phones, opens_with_number=topic.kind == "safety")


def _missing_topics(content: Content) -> Iterator[Finding]:
    for area, entries in content.inventory.items():
        for name in entries:
            if name not in content.topics:
                path = content.root / "topics" / area / f"{name}.yml"
                yield Finding(Problem(path, 1, "", "emnet står i data/topics.yml, men filen mangler"))


def _shared_examples(content: Content) -> Iterator[Finding]:
    places: dict[str, list[tuple[Topic, int]]] = defaultdict(list)
    for topic in content.topics.values():
        for number, example in enumerate(topic.examples, start=1):
            places[folded(example)].append((topic, number))
    for example, found in places.items():
        for place in found if len(found) > 1 else ():
            topic, number = place
            others = dict.fromkeys(other.id for other, at in found if (other, at) != place)
            yield Finding(Problem(topic.path, 1, f"examples.{number}", f"«{example}» står også i {', '.join(others)}; slet det ene sted"))


def _facts(content: Content, today: date) -> Iterator[Finding]:
    for name, fact in content.facts.items():
        if fact.source.checked > today:
            yield Finding(Problem(content.root / "facts.yml", 1, name, "er efterset i fremtiden; ret «checked»"))


def _links(topic: Topic, content: Content, known: Known) -> Iterator[tuple[str, str]]:
    for name in topic.follow_ups:
        if name == topic.id:
            yield "follow_ups", "emnet peger på sig selv; slet linjen"
        elif name not in content.topics and name not in content.guides:
            yield "follow_ups", f"emnet «{name}» findes ikke; ret eller slet linjen"
    if topic.services:
        for name in topic.services.ids:
            if name not in known.services:
                yield "services.ids", f"stedet «{name}» findes ikke i data/directory"
        for need in topic.services.needs:
            if need not in known.needs:
                yield "services.needs", f"intet sted i data/directory har behovet «{need}»"


def _examples(topic: Topic) -> Iterator[tuple[str, str]]:
    fewest = FEWEST_META_EXAMPLES if topic.kind == "meta" else FEWEST_EXAMPLES
    if len(topic.examples) < fewest:
        yield "examples", f"der er {len(topic.examples)} eksempler; skriv mindst {fewest} forskellige"


def _sources(topic: Topic, today: date) -> Iterator[tuple[str, str]]:
    if topic.kind != "meta" and not topic.sources:
        yield "sources", "kilden mangler; skriv title, url og checked"
    for source in topic.sources:
        if source.checked > today:
            yield "sources", f"«{source.title}» er efterset i fremtiden; ret «checked»"


def _alarm(topic: Topic) -> Iterator[tuple[str, str]]:
    """A safety topic's phrases and second answers, which no other topic has."""
    if topic.kind != "safety":
        if topic.phrases or topic.now or topic.before:
            yield "phrases", "kun sikkerhedsemner har phrases, now og before; slet dem"
        return
    if not (topic.phrases and topic.now and topic.before):
        yield "phrases", "et sikkerhedsemne skal have phrases, now og before"


def _ambiguous_phrases(content: Content) -> Iterator[Finding]:
    """Phrases of danger that stand in a harmless example, and would raise the alarm there."""
    harmless = {spelt_plainly(example): topic.id for topic in content.topics.values() if _is_harmless(topic) for example in topic.examples}
    holding: defaultdict[str, list[str]] = defaultdict(list)
    for example in harmless:
        for word in set(_WORD.findall(example)):
            holding[word].append(example)
    for topic in content.topics.values():
        for number, phrase in enumerate(topic.phrases, start=1):
            # Thousands of phrases times thousands of examples take seconds; most phrases hold a word that few examples have.
            whole = " ".join(spelt_plainly(word) for word in phrase.split() if not WRITES_WORDS_TOGETHER.search(word) and "*" not in word)
            few = min((holding[word] for word in _WORD.findall(whole)), key=len, default=harmless)
            if place := next((harmless[example] for example in filter(pattern([phrase]).search, few)), None):
                mend = f"«{phrase}» står også i et eksempel i {place}; gør den mere bestemt, eller slet den"
                yield Finding(Problem(topic.path, 1, f"phrases.{number}", mend))


def _is_harmless(topic: Topic) -> bool:
    return topic.kind != "safety" and topic.id not in _ABOUT_DANGER
