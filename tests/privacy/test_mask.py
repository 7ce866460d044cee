"""What masking hides and what it leaves; `data/golden/mask.yml` has many more examples."""

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
        ("o1o19o-1234", "[cpr-nummer]"),
        ("０１０１９０－１２３４", "[cpr-nummer]"),
        ("cpr nul et nul et halvfems tolv fireogtredive", "cpr [cpr-nummer]"),
        ("mit cvr er 12 34 56 78", "mit cvr er [cvr-nummer]"),
        ("DK12345678", "[cvr-nummer]"),
        ("ring til mig på 20 12 34 56", "ring til mig på [telefonnummer]"),
        ("20123456", "[telefonnummer]"),
        ("+45 20 12 34 56", "[telefonnummer]"),
        ("0045 20123456", "[telefonnummer]"),
        ("+40 721 234 567 24 år", "[telefonnummer] 24 år"),
        ("tyve tolv fireogtredive seksoghalvtreds", "[telefonnummer]"),
        ("skriv til maria.x@gmail.com nu", "skriv til [e-mail] nu"),
        ("skriv til maria.x@gmail.com. Jeg venter", "skriv til [e-mail]. Jeg venter"),
        ("maria(at)gmail.com", "[e-mail]"),
        ("maria snabel-a gmail punktum com", "[e-mail]"),
        ("jeg bor Istedgade 12, 3. tv, 1650 København V", "jeg bor [adresse]"),
        ("nørrebrogade 7b", "[adresse]"),
        ("Vesterbro Torv 2", "[adresse]"),
        ("Istedgade 12\n1650 København V", "[adresse]"),
        ("nørrevej 20 30 40 50", "[adresse]"),
        ("cpr 010190-1234 tlf 20123456", "cpr [cpr-nummer] tlf [telefonnummer]"),
        ("jeg hedder maria popescu og er 24", "jeg hedder [navn] og er 24"),
        ("min kæreste radu slår mig", "min kæreste [navn] slår mig"),
        ("min veninde sopha er væk", "min veninde [navn] er væk"),
        ("JEG HEDDER MARIA", "JEG HEDDER [navn]"),
        ("reg 1234 konto 1234567890", "reg [kontonummer] konto [kontonummer]"),
        ("DK50 0040 0440 1162 43 er min iban", "[iban-nummer] er min iban"),
        ("kort 4571 1234 5678 9012", "kort [kortnummer]"),
        ("mit pas er nr. 123456789", "mit pas er nr. [id-nummer]"),
        ("han kører i AB 12 345", "han kører i [nummerplade]"),
        ("find mig på instagram.com/bella.xx!", "find mig på [link]!"),
        ("mit snap er bella_90", "mit snap er [brugernavn]"),
        ("skriv til @bella", "skriv til [brugernavn]"),
        ("min ip er 83.92.114.201", "min ip er [ip-adresse]"),
        ("2001:db8:85a3::8a2e:370:7334", "[ip-adresse]"),
        ("født d. 3. marts 1994 i Polen", "født d. [fødselsdato] i Polen"),
        ("født den tredje marts nitten hundrede fireoghalvfems", "født den [fødselsdato]"),
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
        "jeg har stået på Istedgade 3 gange",
        "er der plads 5 personer",
        "jeg er på vej 10 min",
        "24-12-2026, 20.11.2026 og 2026-2027",
        "jeg er født i 1985",
        "jeg er fra 2400 København NV",
        "det hedder socialt frikort",
        "min kæreste drikker",
        "Jens Jessens Vej",
        "borger.dk/kontanthjaelp",
    ],
)
def test_harmless_texts_stay(text: str) -> None:
    assert mask(text) == (text, ())


def test_what_the_directory_tells_everybody_is_no_secret() -> None:
    told = "Den Sociale Døgnvagt har 33 17 33 33, LivaRehab ligger på Dronningensvej 4, se livarehab.dk/kontakt"
    assert mask(told) == (told, ())


def test_a_service_s_address_is_hidden_where_somebody_lives_there() -> None:
    assert mask("jeg bor på Dronningensvej 4").text == "jeg bor på [adresse]"


@given(st.text())
def test_spans_tell_what_was_replaced_where(text: str) -> None:
    masked = mask(text)
    rebuilt, at = "", 0
    for start, end, kind in masked.spans:
        assert at <= start < end <= len(text)
        rebuilt, at = rebuilt + text[at:start] + PLACEHOLDERS[kind], end
    assert rebuilt + text[at:] == masked.text


# A thousand signs are the most that a person can send.
@pytest.mark.parametrize(
    "repeated",
    [
        *(
            "a",
            "1",
            "1 ",
            "12 ",
            "a ",
            "A ",
            "DK",
            "Dk",
            "@",
            "a@",
            "a.",
            "1.",
            "1-",
            "(",
            ":",
            "/",
            "a:",
            "+",
            "00 ",
            "o",
            "o1",
            "_",
            "x_",
            "-",
        ),
        *(
            "http://",
            "www.",
            "a.dk",
            "x at x dot ",
            "a punktum ",
            "jeg hedder ",
            "min ven ",
            "min a a a a ",
            "Maria ",
            "maria ",
            "født den ",
        ),
        *("født", "1. i 1. ", "en ", "enogtyve", "istedgade ", "istedgade 1 ", "Aa Vej ", "Ved A", "bor på ", "svej", "1, 2. tv, ", "cpr "),
        *(
            "nr ",
            "ring ",
            "konto reg ",
            "reg 1234 konto ",
            "AAAA ",
            "dk12 ",
            "bil A ",
            "pas ",
            "snap ",
            "10-12 ",
            "\N{PILE OF POO}",
            "\n",
            "\0",
        ),
    ],
)
def test_the_longest_message_of_one_thing_over_and_over_is_read_to_its_end(repeated: str) -> None:
    text = (repeated * 1000)[:960]
    masked = mask(f"{text} mit cpr er 010190-1234")
    assert "010190-1234" not in masked.text
