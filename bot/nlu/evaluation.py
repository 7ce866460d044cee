"""How well messages are understood, measured on messages whose topic is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Judged:
    """One message: the topic it is about, the topic acted on, and the topics ranked, best first."""

    truth: str
    topic: str
    ranking: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Shares are between 0 and 1, and None where there was nothing to measure them on.

    `safety_recall` is the share of cries for help taken for any safety topic; `false_alarms` the share of other messages taken for one.
    """

    messages: int
    accuracy: float
    top3: float
    recall: dict[str, float]
    confusions: list[tuple[str, str, int]]
    safety_recall: float | None
    false_alarms: float | None

    def as_dict(self) -> dict[str, object]:
        """The report for JSON."""
        return asdict(self)


def report(judged: Sequence[Judged], safety: Collection[str]) -> Report:
    """The figures over `judged`; `safety` names the safety topics. Raises ValueError when there are no messages."""
    if not judged:
        raise ValueError("no messages to measure on")
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for one in judged:
        hits[one.truth].append(one.topic == one.truth)
    confusions = Counter((one.truth, one.topic) for one in judged if one.topic != one.truth)
    alarms = [one.topic in safety for one in judged if one.truth not in safety]
    heard = [one.topic in safety for one in judged if one.truth in safety]
    return Report(
        messages=len(judged),
        accuracy=_share([one.topic == one.truth for one in judged]) or 0.0,
        top3=_share([one.truth == one.topic or one.truth in one.ranking[:3] for one in judged]) or 0.0,
        recall={topic: _share(found) or 0.0 for topic, found in sorted(hits.items())},
        confusions=[(truth, topic, count) for (truth, topic), count in confusions.most_common()],
        safety_recall=_share(heard),
        false_alarms=_share(alarms),
    )


def table(name: str, figures: Report) -> str:
    """`figures` as lines of text for a person."""
    lines = [
        f"{name}: {figures.messages} messages",
        f"  right topic first   {figures.accuracy:7.1%}",
        f"  among first three   {figures.top3:7.1%}",
        f"  safety recall       {_percent(figures.safety_recall)}",
        f"  false alarms        {_percent(figures.false_alarms)}",
        "  recall below 90 %:",
        *(f"    {topic:<28}{share:7.1%}" for topic, share in figures.recall.items() if share < 0.9),
        "  taken for another topic:",
        *(f"    {truth} -> {topic}: {count}" for truth, topic, count in figures.confusions[:25]),
    ]
    return "\n".join(lines)


def _share(found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found else None


def _percent(share: float | None) -> str:
    return "      –" if share is None else f"{share:7.1%}"
