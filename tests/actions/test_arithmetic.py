from datetime import date

import pytest

from actions.arithmetic import FREE_WAGES, VAT_THRESHOLD, calculations
from bot.topics.model import Fact
from tests.actions.small_guide import SOURCE, small_guide

IN_FORCE, RUN_OUT = date(2026, 11, 20), date(2027, 1, 1)
GUIDE = small_guide(
    questions={name: {"text": "Hvor meget?", "unit": "kr."} for name in ("loen", "omsaetning")}, outcomes=[{"say": "Spørg kommunen."}]
)


def figure(name: str, value: float) -> dict[str, Fact]:
    told = {"label": name, "value": value, "unit": "kr.", "valid_to": "2026-12-31", "where": "skat.dk", "source": SOURCE}
    return {name: Fact.model_validate(told)}


def lines(name: str, facts: dict[str, Fact], day: date = IN_FORCE, **answers: str) -> list[str]:
    return calculations(GUIDE, answers, facts, day)[name].splitlines()


def test_wages_are_held_against_what_one_may_earn_first() -> None:
    assert lines("modregning", figure(FREE_WAGES, 2500), loen="3000") == [
        "Din løn: 3.000 kr.",
        "Det, du må tjene først: 2.500 kr.",
        "Det, kommunen kan trække: 500 kr.",
    ]


def test_nothing_is_deducted_from_less() -> None:
    assert lines("modregning", figure(FREE_WAGES, 2500), loen="2000")[-1] == "Det, kommunen kan trække: 0 kr."


@pytest.mark.parametrize(("facts", "day"), [({}, IN_FORCE), (figure(FREE_WAGES, 2500), RUN_OUT)])
def test_without_a_figure_in_force_no_amount_is_promised(facts: dict[str, Fact], day: date) -> None:
    wages, free, rest = lines("modregning", facts, day, loen="3000")
    assert wages == "Din løn: 3.000 kr."
    assert "ikke et bekræftet beløb" in free
    assert "kr." not in free + rest


@pytest.mark.parametrize(("a_month", "a_year", "where"), [("4166", "49.992", "under"), ("4167", "50.004", "over")])
def test_turnover_is_held_against_the_threshold_for_vat(a_month: str, a_year: str, where: str) -> None:
    first, second = lines("omsaetning_aar", figure(VAT_THRESHOLD, 50000), omsaetning=a_month)
    assert first.endswith(f"× 12 = {a_year} kr. om året")
    assert second == f"Det er {where} grænsen for moms: 50.000 kr."


@pytest.mark.parametrize(("facts", "day"), [({}, IN_FORCE), (figure(VAT_THRESHOLD, 50000), RUN_OUT)])
def test_without_a_threshold_in_force_the_years_turnover_stands_alone(facts: dict[str, Fact], day: date) -> None:
    assert lines("omsaetning_aar", facts, day, omsaetning="5000") == ["5.000 kr. × 12 = 60.000 kr. om året"]


@pytest.mark.parametrize("answers", [{}, {"loen": "ved_ikke", "omsaetning": "ved_ikke"}])
def test_a_number_that_was_not_given_makes_no_sum(answers: dict[str, str]) -> None:
    assert set(calculations(GUIDE, answers, figure(FREE_WAGES, 2500), IN_FORCE).values()) == {""}


def test_a_number_can_be_told_as_it_was_given() -> None:
    assert lines("loen", {}, loen="12500") == ["12.500 kr."]
