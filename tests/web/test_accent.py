from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.web.accent import accent_rules, contrast, is_colour
from tests.web.test_pages import Client

STYLE = ":root { --page: #f6f4f0; --card: #fff; --mine: #dfeae9; } @media { :root { --page: #161a1b; --card: #202628; --mine: #24393c; } }"
LIGHT = [(246, 244, 240), (255, 255, 255), (223, 234, 233)]
DARK = [(22, 26, 27), (32, 38, 40), (36, 57, 60)]


def accents(colour: str) -> list[tuple[int, ...]]:
    """The accent on light and on dark grounds."""
    found = re.findall(r"--accent:#(..)(..)(..)\}", accent_rules(colour, STYLE))
    return [tuple(int(part, 16) for part in one) for one in found]


@given(st.integers(0, 2**24 - 1))
def test_every_colour_can_be_read_on_every_ground(colour: int) -> None:
    light, dark = accents(f"{colour:06x}")

    assert all(contrast(light, ground) >= 7 for ground in LIGHT)
    assert all(contrast(dark, ground) >= 7 for ground in DARK)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert accents("1a505a")[0] == (0x1A, 0x50, 0x5A)
    assert accents("8fd0d6")[1] == (0x8F, 0xD0, 0xD6)


def test_black_on_white_has_the_contrast_of_the_definition() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert contrast((255, 255, 255), (255, 255, 255)) == 1


@given(st.text())
def test_only_six_hexadecimal_digits_are_a_colour(text: str) -> None:
    assert is_colour(text) == bool(re.match(r"\A[0-9a-f]{6}\Z", text))


async def test_the_stylesheet_is_served_in_the_colour(client: Client) -> None:
    plain = await (await client.get("/style.css")).text()

    assert await (await client.get("/style.css?accent=red;}")).text() == plain
    coloured = await (await client.get("/style.css?accent=1a505a")).text()
    assert coloured.startswith(plain)
    assert "--accent:#1a505a" in coloured.removeprefix(plain)
