from __future__ import annotations

import re

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import EXIT, PHONE
from tests.browser.test_chat import QUESTION, ask
from tests.web.fake_assistant import FakeAssistant


async def assert_fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= await page.evaluate("innerWidth")


async def entries(page: Page) -> list[str]:
    """The conversation as it is read, entry by entry."""
    return [re.sub(r"\s+", " ", text) for text in await page.locator(".log ol > li").all_inner_texts()]


async def test_it_fits_a_narrow_phone(page: Page, site: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 568})
    await ask(page, QUESTION + " " + "ogetmegetlangtord" * 20)
    await page.locator(".card").first.wait_for()
    await assert_fits(page)

    for path in ("/opslag", "/opslag/emne/skat", "/opslag/emne/vaerested", "/opslag/steder"):
        await page.goto(site + path)
        await assert_fits(page)


async def test_what_is_touched_is_large_enough(page: Page) -> None:
    await ask(page)
    await page.locator(".card").first.wait_for()

    for button in await page.get_by_role("button").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, await button.text_content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out(page: Page, scheme: str) -> None:
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await ask(page)
    await page.locator(".card").first.wait_for()

    buttons = (".leave", ".follow-ups button")
    for selector in (*buttons, ".said", ".mine .said", ".safety", ".card .small", ".card a", ".tags .yes", ".tags .no"):
        ratio = await page.locator(selector).first.evaluate(CONTRAST)
        assert ratio >= 4.5, selector


async def test_it_keeps_still_for_those_who_ask(page: Page, assistant: FakeAssistant) -> None:
    await page.emulate_media(reduced_motion="reduce")
    assistant.answering.clear()
    await ask(page)
    typing = page.get_by_text("Vejviser skriver")
    await expect(typing).to_be_visible()

    assert await typing.evaluate("node => getComputedStyle(node).animationName") == "none"
    assistant.answering.set()
    await page.locator(".card").first.wait_for()


async def test_without_scripts_it_says_the_same(browser: Browser, page: Page, site: str, assistant: FakeAssistant) -> None:
    await ask(page)
    await page.locator(".card").first.wait_for()
    context = await browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    plain = await context.new_page()
    await plain.goto(site)
    await plain.get_by_role("textbox", name="Hvad vil du vide?").fill(QUESTION)
    await plain.get_by_role("button", name="Send").click()

    assert sorted(await entries(plain)) == sorted(await entries(page))

    await plain.get_by_role("button", name="Hvem kan få det?").click()
    await expect(plain.locator(".theirs")).to_contain_text("Det kan du måske.")
    await plain.get_by_role("button", name="Slet samtalen").click()
    await expect(plain.get_by_role("status")).to_have_text("Samtalen er slettet.")
    assert len(assistant.conversations) == 1
    await expect(plain.get_by_role("link", name="Forlad siden")).to_have_attribute("href", EXIT)
    assert await context.cookies() == []
    await context.close()


async def test_a_foreign_page_cannot_read_the_conversation(page: Page, site: str, host: TestServer) -> None:
    await page.goto(str(host.make_url("/").with_query(site=site)))
    inner = page.frame_locator("iframe[title=Vejviser]")
    await inner.get_by_role("textbox").fill(QUESTION)
    await inner.get_by_role("button", name="Send").click()

    await expect(inner.locator(".card").first).to_be_visible()
    assert await page.evaluate("document.querySelector('iframe').contentDocument") is None
    await inner.get_by_role("button", name="Forlad siden").click()
    await page.wait_for_url(EXIT)


CONTRAST = """node => {
  const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = rgb(color).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = node;
  while (rgb(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
  const [a, b] = [light(getComputedStyle(node).color), light(getComputedStyle(ground).backgroundColor)].sort();
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
