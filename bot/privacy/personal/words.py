"""The words of a message, one after another, and what each may be."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.privacy.personal.given_names import given_names
from bot.privacy.personal.public import public
from bot.privacy.personal.text import Text

_LETTER = r"[^\W\d_]"
# Vowel and tone signs of Thai and Arabic, and accents that stand by themselves.
_MARK = r"[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u064b-\u0652]"
WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|{_MARK})*(?:['’-](?:{_LETTER}|{_MARK})+)*")
SURNAME = re.compile(
    r".{2,}(?:sen|sson|escu|eanu|ski|ska|cki|cka|wicz|czyk|ova|eva|ov|ev|enko|chuk|ić|ic|yan|oglu|dottir|datter|nyi|idze)s?"
)
_TITLE = re.compile(r"mr|mrs|ms|dr|hr")
# In a message of few words each may be a name.
_FEW_CAPITALS, _MANY_CAPITALS = 3, 0.6


class Words:
    """The words of a text by number: `written` as they are, `plain` in lower case, with the `starts` and `ends` of each."""

    def __init__(self, text: Text) -> None:
        found = list(WORD.finditer(text.written))
        self.written = [match[0] for match in found]
        self.plain = [word.lower() for word in self.written]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self._numbers = {start: number for number, start in enumerate(self.starts)}
        self._gaps = [text.plain[one.end() : other.start()] for one, other in pairwise(found)]
        capitals = sum(word[0].isupper() for word in self.written)
        # Where everything has a capital, a capital tells nothing.
        self._telling = capitals <= max(_FEW_CAPITALS, len(found) * _MANY_CAPITALS) and not text.written.isupper()

    def __len__(self) -> int:
        return len(self.plain)

    def at(self, start: int) -> int | None:
        """The number of the word that begins at a place in the text."""
        return self._numbers.get(start)

    def gap(self, number: int) -> str | None:
        """What stands between a word and the one after it; None after the last."""
        return self._gaps[number] if number < len(self._gaps) else None

    def next_to(self, number: int) -> int | None:
        """The number of the word after a word, if there is only a space, or the full stop of an initial or a title, between them."""
        gap = self.gap(number)
        shortened = gap == ". " and (len(self.written[number]) == 1 or _TITLE.fullmatch(self.plain[number]))
        return number + 1 if gap == " " or shortened else None

    def is_capital(self, number: int) -> bool:
        """Whether a word begins with a capital that tells something."""
        return self._telling and self.written[number][0].isupper()

    def is_everyday(self, number: int) -> bool:
        """Whether the content uses a word, and so it is nobody's name by itself."""
        return self.plain[number] in public().words

    def is_given_name(self, number: int) -> bool:
        """Whether a word is a given name and nothing else; «Marias» is, too."""
        word, names = self.plain[number], given_names().only
        return word in names or (word.endswith("s") and word[:-1] in names and not self.is_everyday(number))

    def may_be_given_name(self, number: int) -> bool:
        """Whether a word is a given name that is another word as well."""
        return self.plain[number] in given_names().also_words

    def is_initial(self, number: int) -> bool:
        """Whether a word is a letter with a full stop before a word with a capital."""
        following = self.next_to(number)
        return len(self.plain[number]) == 1 and self.gap(number) == ". " and following is not None and self.is_capital(following)

    def has_surname(self, number: int) -> bool:
        """Whether the word after a name looks like a surname."""
        following = self.next_to(number)
        return following is not None and not self.is_everyday(following) and SURNAME.fullmatch(self.plain[following]) is not None
