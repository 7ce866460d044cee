"""A guide as short as it can be, under the name of a real one, as the actions find it in the domain."""

from pathlib import Path
from typing import Any

from bot.topics.content import Content
from bot.topics.dialogue import domain_of
from bot.topics.guides import Guide
from bot.topics.model import Fact, Topic

FORM = "smaajob_modregning_form"
SOURCE = {"title": "Egen side", "checked": "2026-11-20"}
LOFT = {"label": "Loft", "value": 500, "unit": "kr.", "valid_to": "2026-12-31", "where": "borger.dk", "source": SOURCE}
GUIDE: dict[str, Any] = {
    "id": "smaajob_modregning",
    "path": "smaajob_modregning.yml",
    "title": "Hvad sker der?",
    "start": "Se her",
    "questions": {
        "alder": {"text": "Er du fyldt 18 år?", "choices": {"ja": "Ja", "nej": "Nej"}},
        "penge": {
            "text": "Hvor kommer pengene fra?",
            "choices": {"loen": "Løn fra et job", "firma": "Eget firma"},
            "words": {"loen": ["småjob", "ansat"], "firma": ["cvr", "firma"]},
        },
        "loen": {"text": "Hvor meget?", "unit": "kr.", "ask_when": {"penge": ["loen", "ved_ikke"]}},
    },
    "outcomes": [
        {"say": "Ring til BørneTelefonen.", "when": {"alder": ["nej"]}, "services": {"ids": ["huset"]}, "topics": ["vold"], "end": True},
        {"say": "Løn kan gøre hjælpen mindre.\n\n{modregning}\n\nLoftet er {loft}.", "when": {"penge": ["loen"]}, "topics": ["skat"]},
        {"say": "Det er ikke løn.", "when": {"penge": ["firma"]}, "topics": ["moms"]},
        {"say": "Spørg kommunen.", "services": {"needs": ["mad"]}},
    ],
    "sources": [SOURCE],
}


def _topic(name: str, kind: str) -> Topic:
    return Topic.model_validate(
        {"id": name, "area": "virksomhed", "kind": kind, "path": "x", "title": name.capitalize(), "examples": [name], "answer": name}
    )


def small_guide(**changed: Any) -> Guide:
    """The guide, with these fields in the place of its own."""
    return Guide.model_validate({**GUIDE, **changed})


def slot(question: str) -> str:
    """The slot of the answer to `question`."""
    return f"smaajob_modregning_{question}"


def responses(**changed: Any) -> dict[str, list[dict[str, Any]]]:
    """The responses of a domain with the guide (its fields `changed`), two topics and a cry for help."""
    guide = small_guide(**changed)
    topics = {name: _topic(name, kind) for name, kind in (("moms", "answer"), ("skat", "answer"), ("vold", "safety"))}
    found: dict[str, list[dict[str, Any]]] = domain_of(
        Content(Path(), topics, {"loft": Fact.model_validate(LOFT)}, {}, {guide.id: guide}, {})
    )["responses"]
    return found
