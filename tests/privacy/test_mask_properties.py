"""Personal data of every kind, made at random, in random sentences."""

from datetime import date

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.privacy.mask import PLACEHOLDERS, mask

DIGITS = "0123456789"
OPENINGS = ("hej, ", "mit nummer er ", "kan I hjælpe mig? ", "jeg er 24 og bor på gaden. ", "(", "", "skriv: ", "Det er ")
ENDINGS = (" tak", ". Hvad gør jeg nu?", ", og jeg har 2 børn", ")", "", " siger han", "!")
PHONE_GROUPS = ((8,), (2, 2, 2, 2), (4, 4), (2, 3, 3), (3, 2, 3), (2, 6))
STREETS = ("Istedgade", "Peter Bangs Vej", "nørrebrogade", "Sønder Boulevard", "Enghave Plads", "Frederikssundsvej", "Sankt Hans Torv")
PLACES = ("", ", 3. tv", ", st. th", " 2 sal", ", 1650 København V", " 4. mf, 2200 København N")
sentences = st.tuples(st.sampled_from(OPENINGS), st.sampled_from(ENDINGS))


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=length, max_size=length)


def in_groups(number: str, groups: tuple[int, ...], separator: str) -> str:
    starts = [sum(groups[:count]) for count in range(len(groups))]
    return separator.join(number[start : start + length] for start, length in zip(starts, groups, strict=True))


def iban(country: str, account: str) -> str:
    check = 98 - int("".join(str(int(sign, 36)) for sign in account + country) + "00") % 97
    return f"{country}{check:02}{account}"


def card(first: str) -> str:
    """`first` and the digit that makes it a card number (ISO/IEC 7812)."""
    total = sum(sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(reversed(first)))
    return f"{first}{-total % 10}"


def assert_hidden(secret: str, sentence: tuple[str, str]) -> None:
    before, after = sentence
    masked = mask(before + secret + after)
    assert secret not in masked.text
    hidden = {at for span in masked.spans for at in range(span.start, span.end)}
    assert all(at in hidden for at in range(len(before), len(before) + len(secret)) if (before + secret)[at].isalnum())


@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    digits(4),
    st.sampled_from(["", "-", " ", " - ", "/", "–", ".", "\u00a0", "\u200b"]),
    sentences,
)
def test_cpr_numbers(day: date, serial: str, separator: str, sentence: tuple[str, str]) -> None:
    assert_hidden(f"{day:%d%m%y}{separator}{serial}", sentence)


@given(st.dates(date(1930, 1, 1)), digits(4), st.sampled_from(["", " ", ".", "-", "/"]), st.sampled_from(["-", " ", " - "]), sentences)
def test_cpr_numbers_in_pairs(day: date, serial: str, within: str, separator: str, sentence: tuple[str, str]) -> None:
    assume(not (within == separator == " " and serial[:2] in {"19", "20"}))
    assert_hidden(f"{day:%d}{within}{day:%m}{within}{day:%y}{separator}{serial}", sentence)


@given(st.sampled_from("23456789"), digits(7), st.sampled_from(PHONE_GROUPS), st.sampled_from(["", " ", "-", "\u00a0"]), sentences)
def test_danish_telephone_numbers(first: str, rest: str, groups: tuple[int, ...], separator: str, sentence: tuple[str, str]) -> None:
    number = in_groups(first + rest, groups, separator)
    # Four digits, a dash and four digits are as often years, hours or prices.
    assume(groups != (4, 4) or separator != "-")
    assert_hidden(number, sentence)


@given(
    st.sampled_from([code for code in sorted(phonenumbers.SUPPORTED_REGIONS) if phonenumbers.example_number(code)]),
    st.sampled_from([phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164]),
    st.booleans(),
    sentences,
)
def test_telephone_numbers_of_every_country(region: str, shape: int, zeros: bool, sentence: tuple[str, str]) -> None:
    number = phonenumbers.format_number(phonenumbers.example_number(region), shape)
    assert_hidden(number.replace("+", "00") if zeros else number, sentence)


@given(
    st.sampled_from(["DK", "RO", "PL", "HU", "DE", "BG", "LT", "SE", "GB", "NL"]),
    digits(14),
    st.sampled_from(["", " "]),
    st.booleans(),
    sentences,
)
def test_ibans(country: str, account: str, separator: str, small: bool, sentence: tuple[str, str]) -> None:
    number = iban(country, account)
    written = separator.join(number[start : start + 4] for start in range(0, len(number), 4))
    assert_hidden(written.lower() if small else written, sentence)


@given(st.sampled_from("3456"), digits(14), st.sampled_from(["", " ", "-"]), sentences)
def test_card_numbers(first: str, rest: str, separator: str, sentence: tuple[str, str]) -> None:
    assert_hidden(in_groups(card(first + rest), (4, 4, 4, 4), separator), sentence)


@given(digits(4), digits(10), st.sampled_from([" ", "-", " - "]), st.sampled_from(["konto ", "kontonr. ", "overfør til ", "nemkonto: "]))
def test_bank_accounts(branch: str, account: str, separator: str, before: str) -> None:
    assert_hidden(f"{branch}{separator}{account}", (before, ""))


@given(digits(8), st.sampled_from(["cvr ", "CVR-nr. ", "mit cvr er ", "cvrnummer: ", "DK"]), st.sampled_from(["", " "]))
def test_cvr_numbers(number: str, before: str, separator: str) -> None:
    assert_hidden(in_groups(number, (2, 2, 2, 2), separator), (before, " tak"))


@given(
    st.from_regex(r"[a-z][a-z0-9]{0,10}([._-][a-z0-9]{1,8})?", fullmatch=True),
    st.from_regex(r"[a-z][a-z0-9-]{1,10}[a-z]\.(dk|com|ro|net)", fullmatch=True),
    st.sampled_from(["@", "(at)", " [at] ", " snabel-a ", "(snabel-a)", " snabela "]),
    sentences,
)
def test_e_mail(name: str, host: str, at: str, sentence: tuple[str, str]) -> None:
    assert_hidden(f"{name}{at}{host}", sentence)


@given(st.sampled_from(STREETS), st.integers(1, 299), st.sampled_from(["", "A", " B", "c"]), st.sampled_from(PLACES), sentences)
def test_addresses(street: str, number: int, letter: str, place: str, sentence: tuple[str, str]) -> None:
    assert_hidden(f"{street} {number}{letter}{place}", sentence)


@given(st.ip_addresses(v=4), sentences)
def test_ip_addresses(address: object, sentence: tuple[str, str]) -> None:
    assume(len(str(address)) > 8)
    assert_hidden(str(address), sentence)


@given(
    st.dates(date(1930, 1, 1), date(2026, 12, 31)),
    st.sampled_from(
        ["{0:%d.%m.%Y}", "{0:%d/%m-%y}", "{0.day}/{0.month} {0.year}", "{0:%d%m%y}", "{0:%Y-%m-%d}", "{0.day}. marts {0.year}"]
    ),
    st.sampled_from(["jeg er født ", "født den ", "født d. ", "min fødselsdag er ", "fødselsdato: ", "i was born on "]),
)
def test_birth_dates(day: date, shape: str, before: str) -> None:
    assert_hidden(shape.format(day), (before, " i København"))


@given(
    st.sampled_from(["Maria", "radu", "Ngozi", "paninnguaq", "Somchai", "zoltan", "Agnieszka", "fatima"]),
    st.sampled_from(["", " Hansen", " popescu", " Kowalska"]),
    st.sampled_from(
        ["jeg hedder ", "mit navn er ", "min ven ", "min kæreste ", "hun hedder ", "han hedder ", "my name is ", "kunden hedder ", "mvh "]
    ),
)
def test_names(given_name: str, surname: str, before: str) -> None:
    assert_hidden(given_name + surname, (before, "."))


harmless = st.one_of(
    st.integers(1, 999).map(lambda amount: f"{amount}.000 kr."),
    st.integers(1, 99_999_999).map(lambda amount: f"{amount} kr"),
    st.integers(100, 99_999).map(lambda amount: f"{amount},50 kroner"),
    st.tuples(st.integers(0, 23), st.integers(0, 23)).map(lambda hours: f"kl {hours[0]}-{hours[1]}"),
    st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59)).map(
        lambda clock: f"{clock[0]:02}.{clock[1]:02}-{clock[2]:02}.{clock[3]:02}"
    ),
    st.tuples(st.integers(1, 999), st.sampled_from("abc"), st.integers(1, 9)).map(lambda law: f"§ {law[0]} {law[1]} stk. {law[2]}"),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%d.%m.%Y}"),
    st.integers(1000, 2990).map(lambda code: f"{code} København"),
    st.integers(1950, 2035).map(lambda year: f"i {year}"),
    st.integers(1, 99).map(lambda age: f"jeg er {age}"),
    st.integers(0, 100).map(lambda share: f"{share} procent"),
    st.sampled_from(["112", "114", "1813", "1888", "116 006", "116 111", "på Istedgade", "i Mændenes Hjem", "skal jeg have et cvr"]),
)


@given(st.lists(harmless, min_size=1, max_size=4))
def test_amounts_hours_paragraphs_dates_and_short_numbers_stay(texts: list[str]) -> None:
    text = ", og ".join(texts)
    assert mask(text) == (text, ())


secrets = st.sampled_from(
    [
        *(
            "010190-1234",
            "20 12 34 56",
            "+40 721 234 567",
            "maria@gmail.com",
            "Istedgade 12, 3. tv",
            "jeg hedder Maria Popescu",
            "DK12345678",
        ),
        *("DK50 0040 0440 1162 43", "konto 1234 1234567", "født 3/3-94", "@bella_cph", "instagram.com/bella", "83.92.114.201", "AB 12 345"),
    ]
)


@given(st.lists(st.one_of(secrets, harmless, st.text(max_size=12)), max_size=6), st.sampled_from([" ", ", ", ". ", "\n"]))
def test_what_is_masked_has_nothing_left_to_mask(parts: list[str], separator: str) -> None:
    once = mask(separator.join(parts)).text
    assert mask(once) == (once, ())


@pytest.mark.parametrize("placeholder", PLACEHOLDERS.values())
def test_a_placeholder_is_nothing_personal(placeholder: str) -> None:
    assert mask(f"Jeg {placeholder} {placeholder}.").spans == ()
