from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web import danish


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 112.", ["112"]),
        ("Ring 112, 114 eller 1813", ["112", "114", "1813"]),
        ("114", ["114"]),
        ("Ring 70 20 25 50.", ["70 20 25 50"]),
        ("Ring 70 201 201 i dag", ["70 201 201"]),
        ("33663333", ["33663333"]),
        ("+45 33 66 33 33", ["+45 33 66 33 33"]),
        ("BørneTelefonen 116 111 og 116006", ["116 111", "116006"]),
        ("Mandag 10-12: 33 66 33 33", ["33 66 33 33"]),
        ("§ 112 og § 114", []),
        ("112 kr. og 114.000 kr.", []),
        ("112 %", []),
        ("2112, 1121 og 112a1", ["112"]),
        ("20.11.2026 kl. 11.12", []),
        ("i 2025 2026", []),
        ("123456789", []),
        ("010190-1234", []),
    ],
)
def test_telephone_numbers_become_links(text: str, numbers: list[str]) -> None:
    html = danish.linked(text)

    assert [part.split("</a>")[0].split(">")[1] for part in html.split("<a ")[1:]] == numbers
    assert all(f'href="tel:{number.replace(" ", "")}"' in html for number in numbers)


@given(st.text())
def test_nothing_a_text_holds_becomes_markup(text: str) -> None:
    html = danish.paragraphs(text)

    assert html.unescape().count("<") - text.count("<") == html.count("<")


def test_paragraphs() -> None:
    assert danish.paragraphs("Et\nto.\n\n  Tre <b>.\n") == "<p>Et\nto.</p><p>Tre &lt;b&gt;.</p>"


def test_a_paragraph_in_another_language_says_so() -> None:
    assert danish.paragraphs("Hello.\n\nRing 1.", "en") == '<p lang="en" dir="auto">Hello.</p><p>Ring 1.</p>'


def test_days_and_periods() -> None:
    assert danish.day("2026-11-02") == "2.11.2026"
    assert danish.day(date(2026, 11, 20)) == "20.11.2026"
    assert danish.period("2026-06-30T22:30:00+00:00", None) == "onsdag den 1. juli 2026 kl. 00.30"
    assert danish.period("2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00") == "tirsdag den 1. december 2026 kl. 10.00-12.00"


@pytest.mark.parametrize(
    ("words", "told"), [(["alle"], ""), ([], ""), (["kvinder"], "kvinder"), (["kvinder", "mænd", "trans"], "kvinder, mænd og trans")]
)
def test_for_whom(words: list[str], told: str) -> None:
    assert danish.for_whom({"for": words}) == told
