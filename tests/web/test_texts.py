from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.web import html
from bot.web.body import _TITLES as BODY_TITLES
from bot.web.problems import _TITLES as PROBLEM_TITLES
from bot.web.texts import LANGUAGES, TEXTS, texts_in, translated

WEB = Path(html.__file__).parent
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in (WEB / "templates").rglob("*.html")}
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in WEB.glob("*.py")}


def test_every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() -> None:
    asked = {name for template in TEMPLATES.values() for name in re.findall(r"\bt\.(\w+)", template)}
    asked |= {name for source in SOURCES.values() for name in re.findall(r'TEXTS\["(\w+)"\]', source)}

    assert asked == TEXTS.keys()


@pytest.mark.parametrize("danish", [*BODY_TITLES.values(), *PROBLEM_TITLES.values()])
def test_every_problem_has_an_english_title(danish: str) -> None:
    assert translated(danish, "da") == danish
    assert translated(danish, "en") != danish


def test_what_the_table_does_not_have_stays() -> None:
    assert translated("Kurset findes ikke.", "en") == "Kurset findes ikke."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_shouted_and_gaps_are_the_same_in_all_languages(language: str) -> None:
    for name, text in texts_in(language).items():
        assert "!" not in text
        assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", TEXTS[name].da)
