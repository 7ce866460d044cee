from pathlib import Path

import pytest

from bot.topics.content import load
from bot.topics.guide_checks import guide_problems, ways_through
from tests.topics.conftest import changed

GUIDE = "guides/moms.yml"


def problems(data: Path, old: str = "title:", new: str = "title:") -> list[tuple[str, str]]:
    content = load(changed(data, GUIDE, old, new))
    return guide_problems(content.guides["moms"], content, services={"reden"}, needs={"jura"}, phones={"112"})


def test_a_faultless_guide_has_no_problems(data: Path) -> None:
    assert problems(data) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "mend"),
    [
        ("topics: [vold]", "topics: [told]", "outcomes.1.topics", "emnet «told» findes ikke"),
        ("ids: [reden]", "ids: [huset]", "outcomes.2.services", "stedet «huset» findes ikke"),
        ("needs: [jura]", "needs: [mad]", "outcomes.2.services", "behovet «mad»"),
        ("Er du fyldt 18 år?", "Er du fyldt 18 år!", "questions.alder.text", "udråbstegn"),
        ("Er du fyldt 18 år?", "Er du fyldt 18 år? " + "Sig det nu bare. " * 10, "questions.alder.text", "højst 40"),
        ("Er du fyldt 18 år?", "Er du fyldt {alderen} år?", "questions.alder.text", "tallet «alderen» findes ikke"),
        ("Det her er for voksne.", "Ring 70 20 30 82.", "outcomes (svar: alder nej)", "nummeret «70 20 30 82»"),
        ("Det her er for voksne.", "Du får 500 kr.", "outcomes (svar: alder nej)", "«500 kr» er skrevet direkte"),
        ("Det her er for voksne.", "Det er kun for voksne. " * 23, "outcomes (svar: alder nej)", "højst 110"),
    ],
)
def test_what_must_be_mended_is_found_where_it_stands(data: Path, old: str, new: str, field: str, mend: str) -> None:
    ((where, found),) = problems(data, old, new)
    assert where == field
    assert mend in found


def test_a_paragraph_is_checked_together_with_the_others_of_its_way(data: Path) -> None:
    half = "Det er kun for voksne. " * 12
    assert problems(data, "Det her er for voksne.", half) == []
    ((where, mend),) = problems(data, "    end: true\n", f"  - {{say: {half}, when: {{alder: [nej]}}, end: true}}\n")
    assert where == "outcomes (svar: alder nej)"
    assert "120 ord; højst 110" in mend


def test_a_figure_that_no_file_and_no_sum_holds_is_found_on_every_way_to_it(data: Path) -> None:
    found = problems(data, "{moms_graense}", "{moms_loft}")
    assert [field for field, _ in found] == [
        f"outcomes (svar: {way})" for way in ("alder ja, salg 1000", "alder ja, salg ved_ikke", "alder ved_ikke")
    ]
    assert {mend for _, mend in found} == {"tallet «moms_loft» findes ikke i data/facts.yml"}


def test_a_way_that_leads_nowhere_is_found(data: Path) -> None:
    assert problems(data, "  - say: |\n", "  - when: {alder: [ja]}\n    say: |\n") == [
        ("outcomes", "svarene alder ved_ikke fører ikke til noget")
    ]


def test_a_guide_without_sources_and_places_is_found(data: Path) -> None:
    sources = 'sources:\n  - {title: Skatteministeriet, url: "https://skm.dk", checked: 2026-11-20}\n'
    places = "    services: {ids: [reden], needs: [jura]}\n"
    assert problems(data, sources, "") == []
    assert problems(data, places, "") == [("sources", "kilden mangler; skriv title, url og checked")]


def test_every_way_through_is_walked(data: Path) -> None:
    ways = list(ways_through(load(data).guides["moms"]))
    assert [way.get("alder") for way in ways] == ["ja", "ja", "nej", "ved_ikke"]
    assert [way["salg"].isdecimal() for way in ways if "salg" in way] == [True, False]
