"""Numbers that authorities know a person by: CPR and CVR numbers, passports, residence cards, cases, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.personal.text import Span, Text, matches

_SEPARATOR = r"[ ./_-]{0,4}"
# Of a replacement CPR number the day is 60 higher.
_DAY = r"(?:0[1-9]|[126-8]\d|[39][01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_CPR = re.compile(
    "|".join(
        (
            # 010190-1234, 01.01.90 1234
            rf"(?<!\d)(?<!\d[.,]){_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}\d\d(?:{_SEPARATOR}|,)\d{{4}}(?!\d|[.,]\d)",
            # 01 01 90 12 34
            rf"(?<!\d)(?<!\d[.,]){_DAY}([ -]?){_MONTH}\1\d\d[ -]{{1,3}}\d\d[ -]\d\d(?!\d|[.,]\d)",
            # 0 1 0 1 9 0 1 2 3 4
            r"(?<!\d)(?<!\d[ .,])[0-36-9] \d [01] \d \d \d[ -]{1,3}\d \d \d \d(?!\d| \d)",
            # 01-01-1990-1234
            rf"(?<!\d){_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}(?:19|20)\d\d ?-? ?\d{{4}}(?!\d)",
            # 900101-1234 and 19900101-1234, as other Nordic countries write it
            r"(?<!\d)(?:\d\d)?\d{6} ?- ?\d{4}(?!\d)",
            # 010190-xxxx, 010190-1AB2
            rf"(?<!\d){_DAY}{_MONTH}\d\d ?- ?(?:[x*?#]{{3,4}}|(?=[a-z]{{0,3}}\d)[\da-z]{{4}})(?![^\W_])",
            rf"(?<!\d){_DAY}{_MONTH}\d\d(?=\d*[a-z]\d*)(?=[a-z]*\d)[\da-z]{{4}}(?![^\W_])",
        )
    )
)
_SAYS_CPR = r"(?:\bcpr|\bcnp\b|\bpesel\b|person ?nummer|personnr|fødselsnummer|social security|\bssn\b)"
_AFTER_CPR = re.compile(
    rf"{_SAYS_CPR}(?:[ .:=-]|nr|nummer\w*|er|mit|det|lyder|starter|begynder|med|altså|her|is){{0,10}}(\d(?:{_SEPARATOR}\d){{5,12}})(?!\d)"
    rf"|{_SAYS_CPR}[^\d\0]{{0,30}}?(\d(?:{_SEPARATOR}\d){{9}})(?!\d)"
    r"|\b(?:sidste|last) (?:fire|4|four)(?: (?:cifre|tal|digits))?(?: er| is| ?:)? (\d{4})(?!\d)"
)

_EIGHT = r"\d(?:[ .-]?\d){7}"
_CVR = re.compile(
    r"(?:\bcvr|\bse[ .-]?(?:nr|nummer)|\bvat|moms ?(?:nr|nummer)|\bp[ -](?:nr|nummer))[^\d]{0,30}?"
    rf"((?:\bdk[ -]?)?{_EIGHT}(?:\d\d)?)(?!\d)"
    rf"|(?<![\d.,])({_EIGHT})(?!\d)(?= ?[,(]? ?(?:er|som|hedder)? ?(?:mit|vores|hendes|hans|min|firmaets)? ?\w{{0,12}} ?cvr)"
    rf"|\b(dk[ -]?{_EIGHT})(?!\d| ?\d{{4}})"
)

# Two letters before a number that are a word.
_NO_LETTERS = r"(?!kr|nr|på|er|af|og|til|is|at|en|et|to|du|vi|de|om|så|jo|ja|ca|kl|dk|eu|tv|th|st|op|ud|ad|be|by|hf|ii|in|on|no|id|pa)"
_NUMBER = (
    rf"\d(?:[ /-]?\d){{6,12}}(?:[a-z]{{1,2}}\b)?|[a-z]{{1,3}}-?\d(?:[ -]?\d){{4,12}}|{_NO_LETTERS}[a-z]{{2}} \d{{6,9}}|"
    r"(?=\d*[a-z])(?=[a-z]*\d[a-z]*\d[a-z]*\d)[\da-z]{6,14}"
)
_ID = re.compile(
    r"(?:\bpas(?:set|sets|nr|nummer\w*)?\b|\bpassport\b|opholds(?:kort|tilladelse)\w*|kørekort\w*|\bid[ -]?kort\w*|"
    r"legitimation\w*|sygesikring\w*|\bresidence (?:card|permit)|nationalt? id\b|\bid (?:card|no|number|nr|nummer)|\bdrivers? licen[cs]e|"
    r"udlændinge(?:nr|nummer|id|-id)\w*|person-?id\b|\b(?:sags?|journal|klient|kunde|medlems|licens|patient)[ -]?(?:nr|nummer\w*)|"
    r"\b(?:mitid|nemid)\b(?!-)|\bpașaport\w*|\bpaszport\w*)"
    rf"[^\d\0]{{0,30}}?(?<![^\W_])({_NUMBER})(?![^\W_])"
)

_DANISH_PLATE = re.compile(
    r"(?<![^\W_])(?!KR|NR|PÅ|ER|AF|OG|CA|KL|DK|TO|DU|VI|DE|OM|EN|ET|AT)[A-ZÆØÅ]{2}[ -]?(?:\d{2}[ .-]?\d{3}|\d{5})(?!\d|[.,]\d)"
    rf"|(?<![^\W_])(?i:{_NO_LETTERS})(?i:[a-zæøå]{{2}})\d{{5}}(?![^\W_])"
    # B 123 ABC
    r"|(?<![^\W_])(?!DE |DEN|OG |ER |KR |NR |KL )[A-Z]{1,2}[ -]?\d{2,3}[ -]?[A-Z]{3}(?![^\W_])"
)
_SAYS_PLATE = (
    r"(?i:nummer-?pladen?|nr\.? ?pladen?|\bplade(?:n|r|rne)?\b|\b(?:number|license|licence) plate|\bplates?\b|"
    r"\bregistrerings-?(?:nr|nummer\w*)|\b(?:bil|bilen|taxa|taxaen|varevogn|varevognen|scooter|motorcykel|kører i|kørte i)\b)"
)
# BMW 320 is a make, AB 320 a plate.
_MAKES = r"(?i:bmw|audi|vw|kia|opel|fiat|seat|mini|mg|ford|volvo|iso|kl|nr)"
_ANY_PLATE = re.compile(
    rf"{_SAYS_PLATE}[^\d]{{0,20}}?(?<![^\W_])(?<!\ben )(?!{_MAKES}\b)"
    r"([A-ZÆØÅ]{1,3}[ -]?(?:[A-Z]{1,2} ?)?\d{1,4}(?:[ -]?\d{1,3})?(?:[ -]?[A-Z]{1,3})?|\d{1,3}[ -]?[A-Z]{2,3}[ -]?\d{2,4}"
    rf"|[a-zæøå]{{1,3}}\d{{2,5}}[a-z]{{0,3}}|(?i:{_NO_LETTERS}[a-zæøå]{{2}}) \d{{2}} ?\d{{3}})(?![^\W_])"
)
# Anything shorter is a make, too: A4.
_SHORTEST_PLATE = 5


def find_identity(text: Text) -> Iterator[Span]:
    """CPR, CVR and document numbers and number plates in `text`."""
    yield from matches("cvr", _CVR, text.figures)
    for match in _CPR.finditer(text.figures):
        yield Span(match.start(), match.end(), "cpr")
    yield from matches("cpr", _AFTER_CPR, text.figures)
    yield from matches("id", _ID, text.figures)
    yield from matches("plate", _DANISH_PLATE, text.written)
    for span in matches("plate", _ANY_PLATE, text.written):
        if len(re.sub(r"[ -]", "", text.written[span.start : span.end])) >= _SHORTEST_PLATE:
            yield span
