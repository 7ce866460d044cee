"""An answer's text on a given day: its figures filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.topics.model import Fact

_FIGURE = re.compile(r"\{(\w+)\}(\.?)")


def figures_in(answer: str) -> list[str]:
    """The names of the facts that `answer` mentions, in order, each once."""
    return list(dict.fromkeys(name for name, _ in _FIGURE.findall(answer)))


def told_on(answer: str, facts: Mapping[str, Fact], day: date) -> str:
    """`answer` with its figures as they are told on `day`.

    Raises KeyError when it mentions a fact that is not there.
    """
    return _FIGURE.sub(lambda match: _closed(facts[match[1]].told_on(day), match[2]), answer)


def as_written(answer: str, facts: Mapping[str, Fact]) -> str:
    """`answer` with its figures and nothing about their age: what an editor can make shorter."""
    return _FIGURE.sub(lambda match: _closed(facts[match[1]].figure(), match[2]), answer)


def _closed(figure: str, full_stop: str) -> str:
    """`figure` before a full stop: an abbreviation's own stop ends the sentence too."""
    return figure if figure.endswith(full_stop) else figure + full_stop
