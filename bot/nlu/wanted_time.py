"""Whether the time that a message names is when a place is wanted, or only part of what it tells."""

from __future__ import annotations

import re

from bot.directory.moments import when_in
from bot.nlu.normalise import fold, normalise

_SHORT = 6
_SHORT_FOLLOW_UP = 9
_SHORT_ASIDE = 4
_CLAUSES = re.compile(
    r"(?i)[?!;,\n]+|(?<!\bkl)(?<!\bca)\.(?=\s)| (?=(?:og|men|fordi|så|saa|and|but|hvor|hvem|findes|where)\b)"
    r"| (?=(?:før|foer|da|inden|siden|efter at) (?:jeg|man|vi|han|hun|min)\b)"
)
# All below are held against folded text, where doubled letters are single: «ikke» is «ike».
_ASKS = re.compile(
    "|".join(
        [
            r"\bhvor\b(?! (?:meget|mange|lang\w*|tit|ofte|svart|stor\w*|hoj\w*|gamel)\b)|\bhvilke[nt]?\b",
            r"\b(?:aben(?!bar)|abne|oben)|(?:^|\b(?:og|men|hej|hvad|hvem|sa) )er der\b|\bfind(?:es)?\b(?! ud)|\bsted(?:er|et)?\b",
            r"(?<!pa )\bplads\b|\bhar (?:i|de) |\bbrug for\b|\bskal bruge\b|\bmangler\b|\bsoger\b|\bleder efter\b",
            r"\b(?:hvornar|hvad tid) (?:ab|luk)|\b(?:noget|noge?n) der\b|\bhvem (?:har|er|kan|svarer|hjalper|tager)\b",
            r"\bkan (?:jeg|man|vi|hun|han|en|i)\b.{0,40}\b(?:kome|ga|fa|sove|spise|bo|ringe|tale|snake|vare|hente|kobe|bade)\b",
            r"\ber (?:i|de) (?:der|her)\b|\bkomer (?:i|de) |\bma (?:jeg|man|vi) kome\b|\bhar du nog",
            r"\b(?:where|open|anywhere|anyone|place|is there|can i (?:come|go|get|sleep|eat))\b",
        ]
    )
)
# «nu er der gået tre uger», «i dag skal jeg til læge»: whoever begins with the time tells.
_TELLS_OF_THEN = re.compile(
    r"(?:(?:og|men|sa|fordi|da) )*(?:nu(?! (?:her|i|pa|efter|ogsa|eler)\b)"
    r"|(?:i ?(?:dag|aften|nat|morgen)|pa \w+dag) (?:er|har|skal|vil|kan|ma|far)) \w"
)
_PAST = re.compile(
    r"\b(?:var|blev|blevet|havde|fik|slog|rog|sprang|kom|gik|tog|sov|stod|skete|sket|varet|gaet|siddet|sovet|staet|ligget|arbejdet|haft"
    r"|\w{2,}(?<!st)ede)\b"
)
_TELLS = re.compile(
    rf"{_PAST.pattern}|\b(?:jeg|han|hun|vi|min|mit|mine|kunde\w*|har|er|skal|vil|luker|komer|ses|tak|ike|hver|i (?:will|take|am))\b"
    r"|\bhvor|\bhvad\b(?! (?:sa )?med\b)"
    r"|\b(?:\w+aget|overf\w+|overgreb|knaket)\b"
)
_GOES_ON = re.compile(r"(?:og|men|eler|hvad (?:sa )?med|and|what about)\b")
_ASIDE = re.compile(
    r"(?:(?:og|men|helst|gerne|eler|bare|hej) )*(?:i|pa|om|efter|for|fra|inden|ved|kl\w*|sent|senere|\w+dag|wekend\w*|tonight|tomorow)\b"
)
_NOW = re.compile(r"\blige nu\b|\bnu her\b|^(?:og |men |hvad med )?nu$")


def wanted_in(text: str) -> str | None:
    """The value of `bot.directory.moments` for when the writer of `text` wants to go somewhere; None when none is asked about."""
    when = when_in(text)
    if not when:
        return None
    folded = _folded(text)
    words = len(folded.split())
    briefly = words <= _SHORT or (words <= _SHORT_FOLLOW_UP and _GOES_ON.match(folded) is not None)
    if briefly and when != "now" and not _TELLS.search(folded):
        return when
    return _asked_about(text) or ("now" if _NOW.search(folded) else None)


def _asked_about(text: str) -> str | None:
    """The time that a question in `text` names, or that stands beside the question: «i aften, hvor er der mad?»"""
    clauses = [(clause, _folded(clause)) for clause in _CLAUSES.split(text)]
    asking = [clause for clause, folded in clauses if _asks(folded)]
    if not asking:
        return None
    aside = [clause for clause, folded in clauses if _is_aside(folded)]
    when = when_in(", ".join(clause for clause, _ in clauses if clause in asking or clause in aside))
    return when_in(", ".join(asking)) if when == "now" else when


def _asks(folded: str) -> bool:
    return _ASKS.search(folded) is not None and not _PAST.search(folded) and not _TELLS_OF_THEN.match(folded)


def _is_aside(folded: str) -> bool:
    return len(folded.split()) <= _SHORT_ASIDE and _ASIDE.match(folded) is not None and not _TELLS.search(folded)


def _folded(text: str) -> str:
    return fold(normalise(text)).replace("?", "").strip()
