from datetime import date
from pathlib import Path

import pytest

from bot.topics.checks import Known, check
from bot.topics.content import load
from tests.topics.conftest import TODAY, changed, examples

KNOWN = Known(services={"reden"}, needs={"jura"}, phones={"112", "33173333"})
MOMS = "topics/virksomhed/moms.yml"
VOLD = "topics/sikkerhed/vold.yml"


def findings(data: Path, old: str = "", new: str = "", file: str = MOMS, today: date = TODAY) -> list[str]:
    return [str(finding) for finding in check(load(changed(data, file, old, new)), KNOWN, today)]


def test_faultless_content_has_no_findings(data: Path) -> None:
    assert findings(data) == []


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("follow_ups: [skat]", "follow_ups: [told]", "emnet «told» findes ikke"),
        ("follow_ups: [skat]", "services: {ids: [huset]}", "stedet «huset» findes ikke"),
        ("follow_ups: [skat]", "services: {needs: [mad]}", "behovet «mad»"),
        ("  - moms nummer 0\n", "", "der er 59 eksempler; skriv mindst 60"),
        ("{moms_graense}", "{moms_loft}", "tallet «moms_loft» findes ikke"),
        ("{moms_graense}", "50.000 kr.", "«50.000 kr» er skrevet direkte"),
        ("{moms_graense}", "25 procent", "«25 procent» er skrevet direkte"),
        ("{moms_graense}", "det! ", "udråbstegn"),
        ("{moms_graense}", "det \N{SMILING FACE WITH SMILING EYES}", "emoji"),
        ("Du skal", "Du har ret til at", "skriv «du kan have ret til»"),
        ("{moms_graense}", "det. Ring 70 20 30 82", "nummeret «70 20 30 82»"),
        ("{moms_graense}", "det. " + "Og så er der lidt mere at sige om det her. " * 9, "svaret er på"),
        ("{moms_graense}", "registreringsgrænsen, medmindre undtagelsesbestemmelserne udelukker virksomheden", "lixtallet er"),
        ("checked: 2026-11-20", "checked: 2027-01-01", "i fremtiden"),
        ("checked: 2026-11-20", "checked: 2025-01-01", "efterse den igen"),
    ],
)
def test_what_must_be_mended_is_found(data: Path, old: str, new: str, mend: str) -> None:
    (finding,) = findings(data, old, new)
    assert finding.startswith(f"{data / 'topics/virksomhed'}/")
    assert mend in finding


def test_an_example_in_two_topics_is_found_in_both(data: Path) -> None:
    moms, skat = findings(data, "  - moms nummer 0\n", "  - moms skat 0\n")
    assert f"{data / MOMS}:5: examples.1: «moms skat 0» står også i skat" in moms
    assert "skat.yml:5: examples.1: «moms skat 0» står også i moms" in skat


def test_an_example_twice_in_a_topic_is_found(data: Path) -> None:
    first, second = findings(data, "  - moms nummer 0\n", "  - Moms nummer 1?\n")
    assert "moms.yml:5: examples.1:" in first
    assert "moms.yml:6: examples.2: «moms nummer 1» står også i moms" in second


def test_a_finding_names_the_line(data: Path) -> None:
    (finding,) = findings(data, "follow_ups: [skat]", "follow_ups: [told]")
    assert f"{data / MOMS}:65: follow_ups:" in finding


def test_an_answer_does_not_grow_too_long_by_a_figure_running_out(data: Path) -> None:
    late = findings(data, "Du skal", "Du kan ringe og spørge dem om det. " * 9 + "Du skal", today=date(2027, 1, 1))
    assert late
    assert not any("ord;" in finding for finding in late)


def test_a_confirmed_number_may_stand_in_an_answer(data: Path) -> None:
    assert findings(data, "{moms_graense}", "det. Ring 33 17 33 33, eller 112 ved fare") == []


def test_a_topic_without_sources_is_found(data: Path) -> None:
    text = (data / MOMS).read_text(encoding="utf-8")
    assert "kilden mangler" in findings(data, text[text.index("sources:") :], "")[0]


def test_a_topic_of_the_inventory_without_a_file_is_found(data: Path) -> None:
    (data / "topics/virksomhed/skat.yml").unlink()
    assert any(
        "skat.yml:1: emnet står i data/topics.yml, men filen mangler" in finding for finding in findings(data, "follow_ups: [skat]", "")
    )


@pytest.mark.parametrize(
    ("old", "field"),
    [("Ring 112, hvis du er i fare", "answer"), ("Ring 112 nu", "now"), ("Ring 112, hvis det sker igen", "before")],
)
def test_a_cry_for_help_is_answered_with_a_number_first(data: Path, old: str, field: str) -> None:
    (finding,) = findings(data, old, "Det er ikke din skyld", VOLD)
    assert f": {field}: " in finding
    assert "begynder med det nummer" in finding


@pytest.mark.parametrize(
    "part", ["phrases: [han slår mig, han * truer]\n", "now: |\n  Ring 112 nu.\n", "before: |\n  Ring 112, hvis det sker igen.\n"]
)
def test_a_topic_for_danger_has_phrases_and_second_answers(data: Path, part: str) -> None:
    (finding,) = findings(data, part, "", VOLD)
    assert "skal have phrases, now og before" in finding


@pytest.mark.parametrize("part", ["phrases: [han slår mig]", "now: Ring nu.", "before: Ring så."])
def test_no_other_topic_has_them(data: Path, part: str) -> None:
    (finding,) = findings(data, "follow_ups: [skat]", f"follow_ups: [skat]\n{part}")
    assert "moms.yml:" in finding
    assert "kun sikkerhedsemner" in finding


@pytest.mark.parametrize(("example", "number"), [("min chef, HAN SLAAR MIG ihjel med papir", 1), ("han siger han truer med moms", 2)])
def test_a_phrase_that_a_harmless_example_holds_is_found(data: Path, example: str, number: int) -> None:
    (finding,) = findings(data, "  - moms nummer 7\n", f"  - {example}\n")
    assert f"vold.yml:8: phrases.{number}: " in finding
    assert "i et eksempel i moms" in finding


def test_a_phrase_may_stand_in_an_example_of_danger(data: Path) -> None:
    assert findings(data, "  - vold nummer 7\n", "  - min kæreste han slår mig\n", VOLD) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "mend"),
    [
        ("dzień dobry 0, ", "", "9: pl.examples", "der er 19 eksempler; skriv mindst 20"),
        ("call 112", "run", "4: en.danger", "at man skal ringe 112"),
    ],
)
def test_what_must_be_mended_in_a_language_is_found(data: Path, old: str, new: str, place: str, mend: str) -> None:
    (finding,) = findings(data, old, new, "languages.yml")
    assert f"languages.yml:{place}: " in finding
    assert mend in finding


def test_what_must_be_mended_in_a_guide_is_found(data: Path) -> None:
    (finding,) = findings(data, "[moms, skat]", "[moms, told]", "guides/moms.yml")
    assert f"{data / 'guides/moms.yml'}:20: outcomes.2.topics: emnet «told» findes ikke" in finding


def test_an_expired_figure_is_found_but_stops_no_training(data: Path) -> None:
    late = check(load(data), KNOWN, date(2027, 1, 1))
    told = [str(finding) for finding in late if "tallet «moms_graense» gælder ikke" in str(finding)]
    assert len(told) == len(late) == 3
    assert any("guides" in finding for finding in told)
    assert not any(finding.blocking for finding in late)


def test_the_latest_known_figure_is_no_finding_when_it_has_expired(data: Path) -> None:
    assert findings(data, "where: skat.dk", "latest_known: true\n  where: skat.dk", "facts.yml", date(2027, 1, 1)) == []


def test_too_many_examples_are_none(data: Path) -> None:
    assert findings(data, examples("moms"), examples("moms", 80)) == []
