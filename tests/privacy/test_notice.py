import pytest

from bot.privacy.mask import PLACEHOLDERS, mask
from bot.privacy.notice import TOLD, notice
from bot.privacy.personal.text import Kind


def told(text: str) -> str:
    return notice(span.kind for span in mask(text).spans)


def test_one_thing_is_named_with_what_to_do_instead() -> None:
    assert told("mit cpr er 010190-1234") == "Jeg har skjult dit CPR-nummer. Skriv det aldrig her."


def test_several_things_are_listed_in_the_order_they_were_written() -> None:
    text = "jeg hedder Maria Popescu, bor Istedgade 12, ring 20 12 34 56"
    assert told(text) == "Jeg har skjult et navn, en adresse og et telefonnummer. Skriv aldrig den slags her."


def test_what_is_hidden_twice_is_told_once() -> None:
    assert told("010190-1234 og 020290-1234") == "Jeg har skjult dit CPR-nummer. Skriv det aldrig her."
    assert told("konto 1234 1234567, iban DK50 0040 0440 1162 43") == "Jeg har skjult et kontonummer. Skriv det aldrig her."


def test_where_nothing_is_hidden_nothing_is_told() -> None:
    assert told("skal jeg betale moms") == ""


@pytest.mark.parametrize("kind", PLACEHOLDERS)
def test_every_kind_has_words_of_its_own(kind: Kind) -> None:
    sentence = notice([kind])
    assert sentence == f"Jeg har skjult {TOLD[kind].hidden}. {TOLD[kind].advice}"
    assert sentence.endswith(".")
    assert "!" not in sentence
