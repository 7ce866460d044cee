"""That everybody can use it: WCAG 2.2, small and large screens, light and dark, forced colours, stillness."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_chat import answered, ask
from tests.web.fake_assistant import FakeAssistant

PATHS = ("/tryghed", "/tryghed?lang=en", "/?lang=en", "/opslag", "/opslag/emne/skat", "/opslag/emne/vaerested", "/opslag/steder", "/nej")


async def assert_fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= await page.evaluate("innerWidth")


@pytest.fixture(params=[PHONE, WIDE], ids=["phone", "wide"])
async def sized(page: Page, request: pytest.FixtureRequest) -> Page:
    """The chat, on a phone and on a wide screen."""
    await page.set_viewport_size(request.param)
    return page


@pytest.mark.parametrize("height", [568, 256])
async def test_it_flows_at_320_pixels_and_at_400_percent(page: Page, site: str, height: int) -> None:
    """1.4.10: a screen of 1280 x 1024 that is enlarged to 400 % has 320 x 256 left."""
    await page.set_viewport_size({"width": 320, "height": height})
    await answered(page, "kontanthjælp " + "ogetmegetlangtord" * 20)
    await page.locator(".card").first.wait_for()
    await assert_fits(page)
    await page.keyboard.type("a")
    await expect(page.get_by_role("button", name="Send")).to_be_in_viewport()

    for path in PATHS:
        await page.goto(site + path)
        await assert_fits(page)


async def test_it_flows_when_only_the_text_is_enlarged(page: Page) -> None:
    """1.4.4: text at 200 %."""
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await answered(page)
    await assert_fits(page)
    await expect(page.get_by_role("button", name="Forlad siden")).to_be_in_viewport(ratio=1)


async def test_what_is_touched_is_large_enough(sized: Page, site: str) -> None:
    """2.5.8 asks for 24 pixels of everything that stands alone; our buttons have 44."""
    await assert_large(sized, ".language, .notice a")
    await answered(sized)
    await assert_large(sized, ".phones a")
    for button in await sized.get_by_role("button").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, await button.text_content()
        assert box["width"] >= 24


async def assert_large(page: Page, links: str) -> None:
    for link in await page.locator(links).all():
        box = await link.bounding_box()
        assert box is not None
        assert box["height"] >= 24, await link.text_content()


async def test_forced_colours_keep_every_border(page: Page) -> None:
    await page.emulate_media(forced_colors="active")
    await answered(page)

    for selector in (".leave button", ".follow-ups button", ".mine .said", ".card", "textarea", ".tags li"):
        width, style = await page.locator(selector).first.evaluate(
            "node => [getComputedStyle(node).borderTopWidth, getComputedStyle(node).borderTopStyle]"
        )
        assert (width, style) == ("1px", "solid"), selector
    await page.keyboard.press("Shift+Tab")
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


async def test_it_keeps_still_for_those_who_ask(page: Page, assistant: FakeAssistant) -> None:
    await page.emulate_media(reduced_motion="reduce")
    assistant.answering.clear()
    await ask(page)
    typing = page.get_by_text("Vejviser skriver")
    await expect(typing).to_be_visible()

    assert await typing.evaluate("node => getComputedStyle(node, '::after').animationName") == "none"
    assistant.answering.set()
    await page.locator(".card").first.wait_for()


async def test_what_has_the_focus_is_not_covered(page: Page) -> None:
    """2.4.11: not by the bar at the top, nor by the field at the bottom."""
    for _ in range(2):
        await answered(page)
    await page.get_by_role("textbox").focus()
    for _ in range(25):
        await page.keyboard.press("Shift+Tab")
        covered = await page.evaluate(
            """() => {
              const box = document.activeElement.getBoundingClientRect();
              const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return document.activeElement !== document.body && !document.activeElement.contains(top);
            }"""
        )
        assert not covered, await page.evaluate("document.activeElement.outerHTML")
