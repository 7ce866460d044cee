from __future__ import annotations

import pytest

from bot.directory.search import named_in
from tests.directory.conftest import catalogue, service

NAMED = catalogue(
    service("Reden", alternate_names=["Reden København"]),
    service("Reden International", alternate_names=["reden-int"]),
    service("Café Klare"),
    service("Klare"),
    service("H17"),
    service("Gadens Huse", status="inactive"),
    service("Exit-pakken", status="defunct", alternate_names=["Projektet"]),
    service("Andet projekt", alternate_names=["Projektet"]),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("har reden åbent", ["reden"]),
        ("Har REDEN International åbent?", ["reden-international"]),
        ("reden-international", ["reden-international"]),
        ("er reden int, åben?", ["reden-international"]),
        ("hvor ligger «Café Klare»?", ["cafe-klare"]),
        ("cafe klare", ["cafe-klare"]),
        ("klare, h17 og reden.", ["klare", "h17", "reden"]),
        ("reden eller reden", ["reden"]),
        ("findes gadens huse?", ["gadens-huse"]),
        ("Exitpakken", []),
        ("exit-pakken", ["exit-pakken"]),
        ("projektet", ["exit-pakken", "andet-projekt"]),
        ("(H17)", ["h17"]),
        ("jeg er nået redenes dør", []),
        ("hvor kan jeg sove", []),
        ("", []),
    ],
)
def test_places_are_known_by_their_names(text: str, names: list[str]) -> None:
    assert named_in(text, NAMED) == names


def test_a_name_of_six_words_is_found_at_the_end() -> None:
    held = catalogue(service("En to tre fire fem seks"))
    assert named_in("hvor er en to tre fire fem seks", held) == ["en-to-tre-fire-fem-seks"]
