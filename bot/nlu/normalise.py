"""Danish as people type it on a phone, brought closer to Danish as it is spelt."""

from __future__ import annotations

import re
import unicodedata

from bot.privacy.mask import PLACEHOLDERS

_HIDDEN = re.compile(r"\[(?:" + "|".join(kind[1:-1] for kind in PLACEHOLDERS.values()) + r")\]")
# Letters and digits; vowel and tone signs of Thai and Arabic count as letters.
_BETWEEN_WORDS = re.compile(r"[^\w?\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u064b-\u0652]+")
# Some letters unfold into many; what people write is no longer than this.
_LONGEST = 1500
# How Unicode names the faces, and the heart, of somebody who is not well.
_SAD = re.compile(r"CRYING|DISAPPOINTED|PENSIVE|WEARY|ANGUISHED|FEAR|WORRIED|PERSEVERING|FROWNING|BROKEN HEART")
_SAD_IN_ASCII = re.compile(r"[:;]['’]?-?[(/\\]")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"([a-z])\1+")
_PLAIN_LETTERS = (("æ", "a"), ("ø", "o"), ("å", "a"), ("ae", "a"), ("oe", "o"), ("aa", "a"))
_SHORT_FORMS = {
    "k hjælp": "kontanthjælp",
    "khjælp": "kontanthjælp",
    "kth": "kontanthjælp",
    "sb": "sagsbehandler",
    "jobc": "jobcenter",
    "jobcentret": "jobcenteret",
    "mdr": "måneder",
    "mdl": "månedlig",
    "kbh": "københavn",
    "cph": "københavn",
    "tlf": "telefon",
    "evt": "eventuelt",
    "ik": "ikke",
    "ikk": "ikke",
    "ig": "ikke",
    "hva": "hvad",
    "hvd": "hvad",
    "hvordn": "hvordan",
    "hvodan": "hvordan",
    "ka": "kan",
    "osv": "og så videre",
    "pga": "på grund af",
}
_SHORT_FORM = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _SHORT_FORMS), key=len, reverse=True)) + r")\b")


def normalise(text: str) -> str:
    """`text` in lower case, one space between words, no run of three like letters, common short forms written out.

    What masking has put in the place of personal data says nothing about the topic and goes.
    """
    text = text.replace("\N{SQUARED SOS}", " sos ")
    text = _HIDDEN.sub(" ", unicodedata.normalize("NFKC", text).casefold()[:_LONGEST])
    text = _LONG_RUN.sub(r"\1\1", text)
    text = _BETWEEN_WORDS.sub(" ", text).strip()
    return _SHORT_FORM.sub(lambda match: _SHORT_FORMS[match[0]], text)


def fold(text: str) -> str:
    """Normalised `text` without what typists differ in: `hjælp`, `hjaelp` and `hjalp` become one, doubled letters single."""
    for letters, plain in _PLAIN_LETTERS:
        text = text.replace(letters, plain)
    return _DOUBLED.sub(r"\1", text)


def is_sad(text: str) -> bool:
    """Whether a face in `text` is sad, or its heart broken: 😢, 💔, :-("""
    return _SAD_IN_ASCII.search(text) is not None or any(_SAD.search(unicodedata.name(sign, "")) for sign in text)
