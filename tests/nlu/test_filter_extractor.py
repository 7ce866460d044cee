import pytest

from bot.nlu.filter_extractor import filters_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("er der et værested på nørrebro", {"area": "Nørrebro"}),
        ("hvad er åbent nu", {"open_now": True}),
        ("noget der har åbent i nat på vesterbro", {"area": "Vesterbro", "open_now": True}),
        ("kun for kvinder", {"women_only": True}),
        ("jeg er en mand og har ingen steder at sove", {"for_men": True}),
        ("er der et værested for mænd", {"for_men": True}),
        ("min mand slår mig", {}),
        ("en mand følger efter mig", {}),
        ("læge uden cpr", {"without_cpr": True}),
        ("jeg ikke have cpr, kan jeg få hjælp", {"without_cpr": True}),
        ("hvor kan jeg sove i Aarhus", {"elsewhere": "Aarhus"}),
        ("jeg bor i koege", {"elsewhere": "Køge"}),
        ("fra aalborg, uden cpr", {"elsewhere": "Aalborg", "without_cpr": True}),
        ("jeg bor i aarhus men er på nørrebro nu", {"area": "Nørrebro"}),
        ("er der plads på hvidovre hospital", {}),
        ("fynbo søger råd", {}),
        ("skal jeg betale moms", {}),
    ],
)
def test_what_narrows_a_search_is_found(text: str, found: dict[str, str | bool]) -> None:
    assert filters_in(text) == found
