"""What must be mended in the content before people read it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.topics.answer import as_written, figures_in
from bot.topics.content import Content
from bot.topics.model import Topic
from bot.topics.text import folded, lix, words
from bot.topics.yaml_file import Problem, line_of

FEWEST_EXAMPLES = 25
FEWEST_META_EXAMPLES = 20
MOST_WORDS = 90
HIGHEST_LIX = 35
SOURCE_AGES_AFTER = timedelta(days=365)

_TYPED_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:kr\b|kroner|procent|pct\b|%)", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.])(?:\+45 ?)?\d(?: ?\d){7}(?!\d|\.\d)|\b11\d \d{3}\b|\b11\d\b|\b1[48]\d\d\b")
_PICTURE = re.compile("[\U0001f000-\U0001ffff\u2600-\u27bf]")


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
    findings = [*_missing_topics(content), *_shared_examples(content), *_facts(content, today)]
    for topic in content.topics.values():
        findings += _topic(topic, content, known, today)
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
        *_figures(topic, content),
        *_readability(topic, content),
        *_tone(topic),
        *_phones(topic, known),
    ):
        yield Finding(Problem(topic.path, 1, field, mend))
    for source in topic.sources:
        if today - source.checked > SOURCE_AGES_AFTER:
            mend = f"«{source.title}» er sidst efterset {source.checked}; efterse den igen"
            yield Finding(Problem(topic.path, 1, "sources", mend), blocking=False)
    for name in figures_in(topic.answer):
        fact = content.facts.get(name)
        if fact and not fact.holds_on(today) and not fact.latest_known:
            mend = f"tallet «{name}» gælder ikke i dag; find det nye på {fact.where}"
            yield Finding(Problem(topic.path, 1, "answer", mend), blocking=False)


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
        elif name not in content.topics:
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


def _figures(topic: Topic, content: Content) -> Iterator[tuple[str, str]]:
    for name in figures_in(topic.answer):
        if name not in content.facts:
            yield "answer", f"tallet «{name}» findes ikke i data/facts.yml"
    if typed := _TYPED_AMOUNT.search(topic.answer):
        yield "answer", f"«{typed[0]}» er skrevet direkte; læg tallet i data/facts.yml og skriv dets navn i {{ }}"


def _readability(topic: Topic, content: Content) -> Iterator[tuple[str, str]]:
    if any(name not in content.facts for name in figures_in(topic.answer)):
        return
    text = as_written(topic.answer, content.facts)
    if (count := len(words(text))) > MOST_WORDS:
        yield "answer", f"svaret er på {count} ord; højst {MOST_WORDS}"
    if (value := lix(text)) > HIGHEST_LIX:
        yield "answer", f"lixtallet er {value:.0f}; højst {HIGHEST_LIX}. Skriv kortere sætninger og ord"


def _tone(topic: Topic) -> Iterator[tuple[str, str]]:
    text = topic.answer.casefold()
    if "!" in text:
        yield "answer", "brug ikke udråbstegn"
    if _PICTURE.search(text):
        yield "answer", "brug ikke emoji"
    if "du har ret til" in text:
        yield "answer", "skriv «du kan have ret til»; myndigheden afgør"
    if topic.kind == "safety" and not re.match(r"[^.]{0,60}\b1\d{2,3}\b", text):
        yield "answer", "et svar om sikkerhed begynder med det nummer, man skal ringe til"


def _phones(topic: Topic, known: Known) -> Iterator[tuple[str, str]]:
    for match in _PHONE.finditer(topic.answer):
        if match[0].replace(" ", "") not in known.phones:
            yield "answer", f"nummeret «{match[0]}» står ikke som bekræftet i data/directory"
