"""Where a person is found on the net: e-mail, handles, IP addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from bot.privacy.personal.public import public
from bot.privacy.personal.text import Span, Text, matches

_WORD = r"[^\W_][\w+-]*"
_AT_IN_WORDS = r"(?:[(\[{] ?(?:at|a|@|snabel ?-?a) ?[)\]}]|\bsnabel ?-?a\b|\bkrølle ?-?a\b|\balfakrølle\b|\bat sign\b)"
_SAYS_AT = re.compile(rf"@| at |{_AT_IN_WORDS}")
_DOT = r"(?:\.| \. | ?[(\[{] ?(?:dot|punktum|prik|\.) ?[)\]}] ?| (?:dot|punktum|prik|punkt) )"
# A slip of the thumb before the last part: «gmail,com», «gmail .com».
_LAST_DOT = r"(?: ?[.,] ?(?=(?:com|dk|net|org|eu|se|no|de|ro|pl|hu|bg|uk|ru|ua|lt|lv)\b))"
_PROVIDER = (
    r"(?:g-?mail|hot-?mail|outlook|live|yahoo|icloud|me|msn|proton(?:mail)?|mail|jubii|ofir|stofanet|webspeed|email|gmx|yandex|abv|wp|o2|onet|"
    r"citromail|freemail)"
)
_LOCAL = rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_DOT}{_WORD}){{0,3}}"
_EMAIL = re.compile(
    "|".join(
        (
            rf"{_LOCAL}(?:@| @ |@ | ?{_AT_IN_WORDS} ?){_WORD}(?:(?:{_LAST_DOT}|{_DOT}){_WORD}){{1,3}}",
            rf"{_LOCAL} @{_PROVIDER}{_LAST_DOT}\w{{2,4}}\b",
            rf"{_LOCAL}(?:@| ?{_AT_IN_WORDS} ?){_WORD}",
            # In Danish «at» is an everyday word.
            rf"{_LOCAL} at (?:{_PROVIDER}{_DOT}\w{{2,4}}|{_WORD} dot \w{{2,4}})\b",
        )
    )
)

_SITE = (
    r"(?:snap(?:chat)?|insta(?:gram)?|telegram|kik|tik ?tok|twitter|only ?fans|discord|skype|messenger|facebook|wechat|viber|signal|"
    r"whatsapp)"
)
_SHORT_SITE = r"(?:ig|tg|fb|of|face|line|x)"
_ACCOUNT = r"(?:bruger ?navn(?:et)?|user ?name|profil(?:navn(?:et)?|en)?|nick(?:name)?|handle|bruger-?id)"
_NAME = r"(?:@?[^\W_][\w.:#-]{1,30}\w)"
_ODD_NAME = rf"(?=[\w.#-]*[\d_.])(?=[\w.#-]*[a-z]){_NAME}"
_HANDLE = re.compile(
    "|".join(
        (
            r"(?<![\w.@/])(@(?=[\d_.]*[^\W\d_])[^\W_][\w.]{0,30}\w)",
            # snap: bella, min insta hedder bellaxx, brugernavn er bella90
            rf"\b(?:{_SITE}|{_SHORT_SITE}|{_ACCOUNT})(?: ?navn)?(?: ?[:=] ?| (?:hedder|som|under) | ?navn )({_NAME})",
            rf"\b(?:{_SITE}|{_SHORT_SITE}|{_ACCOUNT})(?: ?navn)? (?:er|is) ({_NAME})",
            rf"\b(?:{_SITE}|{_ACCOUNT})(?:navn)? ({_ODD_NAME})",
            rf"(?<![\w./])({_ODD_NAME}) på (?:min |mit )?(?:{_SITE}|{_SHORT_SITE})\b",
            # Where somebody is to be found.
            r"\b(?:find|tilføj|add|følg|follow|skriv til|søg på|søg efter|hedder|kalder (?:mig|sig)|jeg er) (?:mig |hende |ham |me )?"
            r"(?:på |som |er |under )*([^\W_]\w*_\w+)",
            rf"\b(?:tilføj|add|følg|follow) (?:mig |hende |ham |me )?(?:på {_SITE} )?([^\W_]\w*-\w+)",
        )
    )
)
# «Min onlyfans er lækket» names nobody.
_PARTICIPLE = re.compile(r".*(?:et|ede|ed|en|t)")

_V4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_V6 = re.compile(r"(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])")
# Anything shorter is the number of a chapter or a version, or a time.
_SHORTEST_V4 = 9
_FEWEST_V6_GROUPS = 3


def find_online(text: Text) -> Iterator[Span]:
    """E-mail, handles and IP addresses in `text`."""
    if _SAYS_AT.search(text.plain):
        yield from (span for span in matches("email", _EMAIL, text.plain) if text.plain[span.start : span.end] not in public().emails)
    yield from (span for span in matches("handle", _HANDLE, text.plain) if _may_be_handle(text.plain[span.start : span.end]))
    for pattern in (_V4, _V6):
        yield from (span for span in matches("ip", pattern, text.plain) if _is_ip(text.plain[span.start : span.end]))


def _may_be_handle(found: str) -> bool:
    if re.search(r"[\d_.@]", found):
        return True
    return found not in public().words and not _PARTICIPLE.fullmatch(found)


def _is_ip(found: str) -> bool:
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return False
    if address.version == 4:
        return len(found) >= _SHORTEST_V4
    return len([group for group in found.split(":") if group]) >= _FEWEST_V6_GROUPS
