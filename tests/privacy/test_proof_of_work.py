from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.proof_of_work import COUNT, LIFETIME, BadProof, Challenge, ProofOfWork
from tests.clock import Clock
from tests.solving import solved

DIFFICULTY = 20


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(clock: Clock) -> ProofOfWork:
    return ProofOfWork(clock)


@pytest.fixture
def challenge(work: ProofOfWork) -> Challenge:
    return work.challenge(DIFFICULTY)


def test_a_solution_is_good_once(work: ProofOfWork, challenge: Challenge) -> None:
    proof = solved(challenge)
    assert work.check(proof) == challenge["seed"]

    work.spend(challenge["seed"])
    with pytest.raises(BadProof):
        work.check(proof)
    with pytest.raises(BadProof):
        work.check(solved(challenge, begin=1 << 20))


def test_every_challenge_is_another_one(work: ProofOfWork) -> None:
    assert len({work.challenge(DIFFICULTY)["seed"] for _ in range(100)}) == 100


def test_a_challenge_runs_out(work: ProofOfWork, challenge: Challenge, clock: Clock) -> None:
    proof = solved(challenge)
    clock.now = challenge["expires_in"] - 1
    work.check(proof)

    clock.now = challenge["expires_in"]
    with pytest.raises(BadProof):
        work.check(proof)


def test_what_has_run_out_is_forgotten(work: ProofOfWork, clock: Clock) -> None:
    seeds = []
    for clock.now in range(0, 10 * LIFETIME, 10):
        seeds.append(work.challenge(DIFFICULTY)["seed"])
        work.spend(seeds[-1])

    remembered = str(vars(work))
    assert sum(seed in remembered for seed in seeds) == LIFETIME / 10


def test_another_process_makes_other_challenges(challenge: Challenge, clock: Clock) -> None:
    with pytest.raises(BadProof):
        ProofOfWork(clock).check(solved(challenge))


@pytest.mark.parametrize("position", range(43))
def test_a_seed_that_was_changed_is_forged(work: ProofOfWork, challenge: Challenge, position: int) -> None:
    seed = challenge["seed"]
    for letter in "AQgw":
        if letter == seed[position]:
            continue
        forged: Challenge = {**challenge, "seed": seed[:position] + letter + seed[position + 1 :]}
        with pytest.raises(BadProof):
            work.check(solved(forged))


def test_less_work_than_asked_for_is_not_enough(work: ProofOfWork, challenge: Challenge) -> None:
    easier: Challenge = {**challenge, "difficulty": 1}
    with pytest.raises(BadProof):
        work.check(solved(easier))


def test_the_same_work_does_not_count_twice(work: ProofOfWork, challenge: Challenge) -> None:
    seed, first, *_ = solved(challenge).split(".")
    with pytest.raises(BadProof):
        work.check(".".join((seed, *[first] * COUNT)))


def test_numbers_come_in_ascending_order(work: ProofOfWork, challenge: Challenge) -> None:
    seed, *numbers = solved(challenge).split(".")
    with pytest.raises(BadProof):
        work.check(".".join((seed, *reversed(numbers))))


def malformed(proof: str) -> list[str]:
    seed, *numbers = proof.split(".")
    return [
        "", ".", seed, proof[:-1], proof + "0", proof + ".00000000", proof.upper(), proof + "\n", f" {proof}", f"{proof}, {proof}",
        proof.replace(".", ","), ".".join((seed, *numbers[1:])), ".".join((seed, *(number[1:] for number in numbers))),
        ".".join((seed[:-1] + "æ", *numbers)), ".".join((seed + "=", *numbers)), "٠" * len(proof),
    ]  # fmt: skip


def test_what_is_no_solution_is_refused(work: ProofOfWork, challenge: Challenge) -> None:
    for proof in malformed(solved(challenge)):
        with pytest.raises(BadProof):
            work.check(proof)


@given(proof=st.text() | st.from_regex(rf"[\w-]{{43}}(\.[0-9a-f]{{8}}){{{COUNT}}}", fullmatch=True))
def test_nothing_made_up_is_taken(proof: str) -> None:
    with pytest.raises(BadProof):
        ProofOfWork(Clock()).check(proof)


@given(difficulty=st.integers(1, 30))
def test_challenges_of_every_difficulty_can_be_solved(difficulty: int) -> None:
    work = ProofOfWork(Clock())
    work.check(solved(work.challenge(difficulty)))
