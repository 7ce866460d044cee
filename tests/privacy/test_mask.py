import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.mask import PLACEHOLDERS, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mit cpr er 010190-1234", "mit cpr er [cpr-nummer]"),
        ("0101901234", "[cpr-nummer]"),
        ("010190 1234 hedder jeg", "[cpr-nummer] hedder jeg"),
        ("01 01 90 1234", "[cpr-nummer]"),
        ("01.01.90-1234", "[cpr-nummer]"),
        ("ring til mig på 20 12 34 56", "ring til mig på [telefonnummer]"),
        ("20123456", "[telefonnummer]"),
        ("+45 20 12 34 56", "[telefonnummer]"),
        ("0045 20123456", "[telefonnummer]"),
        ("+40 721 234 567", "[telefonnummer]"),
        ("skriv til maria.x@gmail.com nu", "skriv til [e-mail] nu"),
        ("maria(at)gmail.com", "[e-mail]"),
        ("jeg bor Istedgade 12, 3. tv, 1650 København V", "jeg bor [adresse]"),
        ("nørrebrogade 7b", "[adresse]"),
        ("Vesterbro Torv 2", "[adresse]"),
        ("nørrevej 20 30 40 50", "[adresse]"),
        ("cpr 010190-1234 tlf 20123456", "cpr [cpr-nummer] tlf [telefonnummer]"),
    ],
)
def test_personal_data_is_hidden(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "ring 112, 114 eller 1813",
        "116 006 og 116 111 og 1888",
        "grænsen er 50.000 kr. om året",
        "jeg tjente 12345678 kr",
        "åbent 18.30 - 22.00",
        "§ 99 i serviceloven, siden 2015",
        "den 12.04.2026 kl. 14",
        "H17 på Istedgade",
        "jeg er 19 år og har 2 børn",
        "de sidste 10 ud af 12 måneder",
        "vi er alle 3 bange",
        "jeg har boet på gaden 3 år",
        "er der plads 5 personer",
        "jeg er på vej 10 min",
        "24-12-2026, 20.11.2026 og 2026-2027",
    ],
)
def test_harmless_figures_stay(text: str) -> None:
    assert mask(text) == (text, ())


@given(st.text())
def test_spans_tell_what_was_replaced_where(text: str) -> None:
    masked = mask(text)
    rebuilt, at = "", 0
    for start, end, kind in masked.spans:
        assert at <= start < end <= len(text)
        rebuilt, at = rebuilt + text[at:start] + PLACEHOLDERS[kind], end
    assert rebuilt + text[at:] == masked.text


@given(
    st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " ", " - ", "/"]), st.text(alphabet="abc ,."), st.text(alphabet="abc ,.")
)
def test_no_cpr_number_gets_through(day: object, serial: int, separator: str, before: str, after: str) -> None:
    number = f"{day:%d%m%y}{separator}{serial:04}"
    assert number not in mask(f"{before} {number} {after}").text
