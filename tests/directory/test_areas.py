import pytest

from bot.directory.areas import AREAS, area_in, near, told


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("hvor kan jeg sove på Vesterbro", "Vesterbro"),
        ("noget nær istedgade?", "Vesterbro"),
        ("er der åbent i kødbyen", "Vesterbro"),
        ("koedbyen", "Vesterbro"),
        ("kodbyen", "Vesterbro"),
        ("NØRREBRO", "Nørrebro"),
        ("norrebro", "Nørrebro"),
        ("noerrebro", "Nørrebro"),
        ("nørebros værested", "Nørrebro"),
        ("jeg bor i nv", "Nordvest"),
        ("kbh NV", "Nordvest"),
        ("amar", "Amager"),
        ("vanlose", "Vanløse"),
        ("broenshoej", "Brønshøj"),
        ("først amager, så valby", "Amager"),
        ("hvor kan jeg få mad", None),
        ("min nve", None),
        ("", None),
    ],
)
def test_an_area_is_found_in_any_spelling(text: str, area: str | None) -> None:
    assert area_in(text) == area


@pytest.mark.parametrize("area", AREAS)
def test_every_area_is_found_by_its_own_name(area: str) -> None:
    assert area_in(f"Er der noget {told(area)}?") == area


def test_nordvest_and_bispebjerg_are_near_each_other() -> None:
    assert near("Bispebjerg", "Nordvest")
    assert near("Valby", "Valby")
    assert not near("Valby", "Nordvest")
    assert not near(None, "Valby")
    assert not near("Valby", None)
