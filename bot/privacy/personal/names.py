"""Names of people, where the words around them or a capital tell that they are names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.personal.introductions import BESIDE, INTRODUCED, OWN, PRESENTED, RELATED
from bot.privacy.personal.text import Span, Text
from bot.privacy.personal.words import SURNAME, WORD, Words

_MOST_WORDS = 5
_PARTICLE = re.compile(r"van|von|de|da|dos|das|al|el|bin|ben|ibn|abu|la|le|af|der|den|y")
_FILLER = re.compile(
    r"altså|vist|vistnok|nok|bare|egentlig|faktisk|forresten|jo|så|da|også|rigtigt|officielt|nu|stadig|ikke|kun|er|really|actually"
)
_AND = re.compile(r"og|and|eller")
# Never a name, even with a capital: what follows «jeg hedder» when no name does, and what follows a name.
_NEVER = re.compile(
    r"ikke|noget|nogen|ingenting|det|den|de|der|som|at|og|men|eller|jeg|du|han|hun|vi|i|mig|dig|ham|hende|os|jer|dem|sig|mit|min|mine|dit|din|"
    r"hans|hendes|vores|deres|en|et|to|tre|på|til|fra|for|med|af|om|ved|hos|er|var|har|havde|kan|skal|vil|må|kunne|skulle|ville|hvad|hvem|hvor|"
    r"hvordan|hvornår|hvorfor|så|da|når|hvis|fordi|også|bare|nu|her|ja|nej|hej|tak|kære|undskyld|hjælp|godt|god|gode|anonym|hemmeligt|hemmelig|"
    r"privat|ligegyldigt|andet|anderledes|forskelligt|samme|fornavn|efternavn|navn|kommer|bor|arbejder|sælger|bliver|blev|slår|slog|truer|siger|"
    r"sagde|tager|tog|gør|my|name|is|the|a|an|and|or|not|no|on|in|from|you|he|she|it|we|they|secret|private|none|cvr|cpr|mitid|skat|nemid|sms|"
    r"hiv|mobilepay|danmark|københavn|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|vejviser"
)
# What goes on after «min veninde sopha».
_PREDICATE = re.compile(
    r"er|var|har|havde|kan|vil|ville|skal|skulle|må|bliver|blev|siger|sagde|tager|tog|slår|slog|truer|bor|kommer|arbejder|ved|og|fra|ikke|der|som"
)
_BEFORE_PLACE = re.compile(
    r"sankte?|sct|skt|café|cafe|hotel|stiftelsen|fonden|foreningen|dronning|kong|kongens|prins|prinsesse|san|santa|st|klub|hellige|jomfru|fort"
)
_PLACE = re.compile(
    r".*(?:fonden|foreningen|forening|center|centret|centeret|hus|huset|hjem|hjemmet|kirke|kirken|skole|skolen|klinik|klinikken|plads|vej|gade|torv|"
    r"allé|café|cafe|hospital|hospitalet|gården|kollegiet|parken|projektet|stiftelsen|stiftelse|boulevard|stræde)|.+(?:bro|havn)"
)
# Surnames as well, but not after a genitive: «Louises Bro».
_OWNED = re.compile(r"bro|havn|have|gård|hus|bakke|eng|mark|lund|minde")


def find_names(text: Text) -> Iterator[Span]:
    """Names of people in `text`."""
    words = Words(text)
    taken: set[int] = set()
    for pattern, takes in _RULES:
        for match in pattern.finditer(text.plain):
            first = words.at(match.start()) if pattern is WORD else _first(words, match.end())
            while first is not None and first not in taken and takes(words, first):
                last = _last(words, first, unknown=takes is _after_an_introduction)
                taken.update(range(first, last + 1))
                yield Span(words.starts[first], words.ends[last], "name")
                first, takes = _joined(words, last), _after_a_relation


def _first(words: Words, start: int) -> int | None:
    """The word at `start`, or the first after it that is no filler: «jeg hedder altså vist Bo»."""
    number = words.at(start)
    while number is not None and _FILLER.fullmatch(words.plain[number]) and not _is_odd_name(words, number):
        number = words.next_to(number)
    return number


def _last(words: Words, first: int, unknown: bool) -> int:
    """The last word of the name that begins with `first`; `unknown` lets words in lower case that nobody knows belong to it."""
    last, number = first, words.next_to(first)
    while number is not None and number < first + _MOST_WORDS:
        if _continues(words, number, unknown):
            last = number
        elif not _PARTICLE.fullmatch(words.plain[number]):
            break
        number = words.next_to(number)
    return last


def _continues(words: Words, number: int, unknown: bool) -> bool:
    word = words.plain[number]
    if _NEVER.fullmatch(word) or _PARTICLE.fullmatch(word):
        return False
    if words.is_capital(number) or words.is_given_name(number):
        return True
    return not words.is_everyday(number) and (unknown or SURNAME.fullmatch(word) is not None)


def _joined(words: Words, last: int) -> int | None:
    """The word that «og» or a comma joins to the name that ends with `last`."""
    following = words.next_to(last)
    if following is not None and _AND.fullmatch(words.plain[following]):
        return words.next_to(following)
    return last + 1 if words.gap(last) in {", ", " & ", "/"} else None


def _is_odd_name(words: Words, number: int) -> bool:
    """Whether a small word is a name by its capital: «Som», «Nok»."""
    return words.is_capital(number) and words.may_be_given_name(number)


def _is_no_name(words: Words, number: int) -> bool:
    return _NEVER.fullmatch(words.plain[number]) is not None and not _is_odd_name(words, number)


def _is_of_a_place(words: Words, number: int) -> bool:
    """Whether a word belongs to the name of a place or an organisation."""
    if number and words.next_to(number - 1) == number and _BEFORE_PLACE.fullmatch(words.plain[number - 1]):
        return True
    following = words.next_to(number)
    while following is not None:
        genitive = words.plain[following - 1].endswith("s")
        if _PLACE.fullmatch(words.plain[following]) or (genitive and _OWNED.fullmatch(words.plain[following])):
            return True
        following = words.next_to(following) if words.written[following][0].isupper() else None
    return False


def _after_an_introduction(words: Words, number: int) -> bool:
    if _is_no_name(words, number):
        return False
    known = words.is_given_name(number) or words.may_be_given_name(number)
    return known or words.is_capital(number) or not words.is_everyday(number)


def _after_a_relation(words: Words, number: int) -> bool:
    if _is_no_name(words, number):
        return False
    if words.is_given_name(number):
        return True
    return words.is_capital(number) and (words.may_be_given_name(number) or words.is_initial(number) or not words.is_everyday(number))


def _among_ones_own(words: Words, number: int) -> bool:
    following = words.next_to(number)
    goes_on = following is not None and _PREDICATE.fullmatch(words.plain[following]) is not None
    skipped = _FILLER.fullmatch(words.plain[number - 1]) is not None
    return goes_on and not skipped and not _is_no_name(words, number) and not words.is_everyday(number)


def _after_a_presentation(words: Words, number: int) -> bool:
    return _known(words, number) or _is_odd_name(words, number)


def _known(words: Words, number: int) -> bool:
    return words.is_given_name(number) and not _is_of_a_place(words, number)


def _by_itself(words: Words, number: int) -> bool:
    """A known name with a capital or with a surname; a name that is a word as well needs both."""
    if words.may_be_given_name(number):
        return words.is_capital(number) and words.has_surname(number) and not _is_of_a_place(words, number)
    return _known(words, number) and (words.is_capital(number) or words.has_surname(number))


_RULES = (
    (INTRODUCED, _after_an_introduction),
    (RELATED, _after_a_relation),
    (OWN, _among_ones_own),
    (PRESENTED, _after_a_presentation),
    (BESIDE, _known),
    (WORD, _by_itself),
)
