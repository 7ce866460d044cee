"""What this process still remembers."""

from __future__ import annotations

import gc
from collections.abc import Iterator


def remembered(*backwards: str) -> dict[str, set[str]]:
    """Which of some words a text in this process holds, with the kinds of objects that refer to it.

    The words are given and told backwards, so that asking does not find the question. What Python has freed but not overwritten is
    not seen, nor what only a library in C knows.
    """
    gc.collect()
    found: dict[str, set[str]] = {}
    for holder, text in _texts():
        turned = text[::-1]
        for word in backwards:
            if word in turned:
                found.setdefault(word, set()).add(type(holder).__name__)
    return found


def _texts() -> Iterator[tuple[object, str]]:
    """Every text that an object of this process refers to, with that object."""
    seen: set[int] = set()
    waiting: list[object] = list(gc.get_objects())
    while waiting:
        holder = waiting.pop()
        for value in gc.get_referents(holder):
            if isinstance(value, str):
                yield holder, value
            elif isinstance(value, bytes | bytearray):
                yield holder, value.decode(errors="replace")
            elif not gc.is_tracked(value) and id(value) not in seen:
                # Dictionaries and tuples of plain values are not in the collector's list; whatever holds them is.
                seen.add(id(value))
                waiting.append(value)
