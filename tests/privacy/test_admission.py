from __future__ import annotations

import re

import pytest

from bot.dialogue import tracker_store
from bot.privacy import admission as admission_module
from bot.privacy.admission import EASIEST, HARDEST, Admission, WorkNeeded
from bot.privacy.limits import TooMany
from bot.privacy.proof_of_work import COUNT, LIFETIME
from bot.settings import ROOT, Settings
from tests.clock import Clock
from tests.flooding import exhausted, flood
from tests.solving import solved


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def admission(clock: Clock) -> Admission:
    return Admission(Settings(), clock)


def prove(admission: Admission, fullness: float = 0) -> int:
    """Comes in by work; how difficult it was."""
    with pytest.raises(WorkNeeded) as needed:
        admission.enter("", fullness)
    admission.enter(solved(needed.value.challenge), fullness)
    return needed.value.challenge["difficulty"]


def prove_until_refused(admission: Admission) -> list[int]:
    """Newcomers who work until one is refused; how difficult it was for each that came in."""
    difficulties = []
    while True:
        try:
            difficulties.append(prove(admission))
        except TooMany:
            return difficulties


def test_without_a_flood_nobody_has_to_work(admission: Admission, clock: Clock) -> None:
    for _ in range(1000):
        admission.enter("", 0.5)
        clock.now += 1


def test_in_a_flood_a_newcomer_comes_in_by_work(admission: Admission) -> None:
    challenge = flood(admission)

    admission.enter(solved(challenge), 0)
    with pytest.raises(WorkNeeded):
        admission.enter(solved(challenge), 0)


def test_when_the_flood_is_over_nobody_has_to_work(admission: Admission, clock: Clock) -> None:
    flood(admission)
    clock.now += 60

    for _ in range(60):
        admission.enter("", 0)


def test_work_grows_with_the_number_of_those_who_do_it_and_stays_within_bounds(admission: Admission) -> None:
    flood(admission)
    difficulties = prove_until_refused(admission)

    assert difficulties[0] == EASIEST
    assert difficulties == sorted(difficulties)
    assert 0.9 * HARDEST < difficulties[-1] <= HARDEST


def test_work_grows_with_the_number_of_conversations(admission: Admission) -> None:
    flood(admission)

    assert prove(admission, 0.9) > prove(admission, 0.5) > EASIEST


def test_when_all_places_are_taken_everybody_has_to_work(admission: Admission) -> None:
    assert prove(admission, 1) == HARDEST


def test_even_those_who_work_come_no_faster_than_the_server_can_bear_and_their_work_stays_good(admission: Admission, clock: Clock) -> None:
    flood(admission)
    prove_until_refused(admission)
    proof = solved(flood(admission))

    with pytest.raises(TooMany) as refused:
        admission.enter(proof, 0)
    clock.now += refused.value.seconds
    flood(admission)
    admission.enter(proof, 0)


def test_in_a_flood_a_trickle_is_left_for_those_without_scripts(admission: Admission, clock: Clock) -> None:
    flood(admission)
    prove_until_refused(admission)

    came, wait = exhausted(lambda: admission.enter_without_scripts(0))
    assert 1 < came < 100
    clock.now += wait
    flood(admission)
    admission.enter_without_scripts(0)


def test_without_a_flood_those_without_scripts_come_in_like_everybody(admission: Admission, clock: Clock) -> None:
    for _ in range(1000):
        admission.enter_without_scripts(0.5)
        clock.now += 1


def test_newcomers_take_nothing_from_those_who_talk(admission: Admission) -> None:
    flood(admission)
    prove_until_refused(admission)

    for _ in range(500):
        admission.say()


def test_all_together_say_no_more_than_the_server_can_bear(admission: Admission, clock: Clock) -> None:
    said, wait = exhausted(admission.say)
    assert said >= 1000
    clock.now += wait
    admission.say()


def test_the_documented_figures_are_those_in_use() -> None:
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `?([\w ]+)`? \| ([\d.]+) \| (\d+) \|", text, re.MULTILINE)
    in_use = {
        "new_per_second": (Settings().new_per_second, admission_module._NEW_AT_ONCE),
        "proven_per_second": (Settings().proven_per_second, admission_module._PROVEN_AT_ONCE),
        "plain_per_second": (Settings().plain_per_second, admission_module._PLAIN_AT_ONCE),
        "of the conversation": (tracker_store._TURNS_PER_SECOND, tracker_store._TURNS_AT_ONCE),
        "messages_per_second": (Settings().messages_per_second, admission_module._MESSAGES_AT_ONCE),
    }
    assert {name: (float(rate), int(at_once)) for name, rate, at_once in documented} == in_use
    assert f"from {EASIEST} to {HARDEST}" in text
    assert f'"count": {COUNT}, "expires_in": {LIFETIME}' in text
