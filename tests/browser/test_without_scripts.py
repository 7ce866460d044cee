"""Tor Browser at «Safest», and phones on which a script does not come through."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import EXIT
from tests.browser.test_chat import QUESTION, answered
from tests.browser.test_layout import assert_fits
from tests.web.fake_assistant import GUIDE, OUTCOME, QUESTIONS, FakeAssistant


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Hvad vil du vide?").fill(text)
    await page.get_by_role("button", name="Send").click()


async def entries(page: Page) -> list[str]:
    """The conversation as it is read, entry by entry."""
    return [re.sub(r"\s+", " ", text) for text in await page.locator(".log ol > li").all_inner_texts()]


async def test_it_says_the_same(page: Page, plain: Page) -> None:
    assert await entries(plain) == await entries(page)
    await answered(page)
    await say(plain, QUESTION)

    assert await entries(plain) == (await entries(page))[1:]


async def test_it_does_the_same(plain: Page, assistant: FakeAssistant) -> None:
    await say(plain, QUESTION)
    await plain.get_by_role("button", name="Hvem kan få det?").click()
    await expect(plain.locator(".theirs")).to_contain_text("Det kan du måske.")
    await expect(plain.get_by_text("Her står kun det seneste.")).to_be_visible()
    await assert_fits(plain)

    await plain.get_by_role("button", name="Slet samtalen").click()
    await expect(plain.get_by_text("Samtalen er slettet.")).to_be_visible()
    assert assistant.conversations == set()


async def test_a_guide_is_walked(plain: Page) -> None:
    await say(plain, GUIDE)
    for question in QUESTIONS:
        await expect(plain.locator(".theirs")).to_contain_text(question)
        await plain.get_by_role("button", name="Ja").click()
    await expect(plain.locator(".theirs")).to_contain_text(OUTCOME.text)


async def test_leaving_ends_the_conversation_and_the_browser_follows(plain: Page, site: str, assistant: FakeAssistant) -> None:
    await say(plain, QUESTION)
    async with plain.expect_request(EXIT) as left:
        await plain.get_by_role("button", name="Forlad siden").click()

    request = await left.value
    assert request.redirected_from
    assert request.redirected_from.url == f"{site}/forlad"
    assert request.method == "GET"
    assert "referer" not in request.headers
    assert assistant.conversations == set()


async def test_nothing_promises_what_needs_a_script(plain: Page) -> None:
    await expect(plain.get_by_text("Før du skriver")).to_be_visible()
    await expect(plain.get_by_text("Shift")).to_be_hidden()
    await expect(plain.get_by_role("button", name="Læs højt")).to_have_count(0)


async def test_no_address_ever_holds_what_was_typed(plain: Page, site: str) -> None:
    await say(plain, QUESTION)
    assert plain.url == f"{site}/"
    await plain.goto(f"{site}/?lang=en")
    await plain.get_by_role("textbox").fill(QUESTION)
    await plain.get_by_role("button", name="Send").click()
    assert plain.url == f"{site}/?lang=en"
