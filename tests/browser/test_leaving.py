from __future__ import annotations

import asyncio

from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import EXIT
from tests.browser.test_chat import ask
from tests.web.fake_assistant import FakeAssistant

TYPED = "ingen må se det her"

STORED = """async () => [
  document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""


async def ended(assistant: FakeAssistant) -> None:
    """Waits until the server has been told."""
    await asyncio.wait_for(assistant.ended.wait(), 10)
    assert assistant.conversations == set()


async def test_one_touch_leaves_and_back_shows_nothing(page: Page, site: str, assistant: FakeAssistant) -> None:
    await page.goto(f"{site}/opslag")
    await ended(assistant)
    await page.goto(site)
    await ask(page, TYPED)
    await expect(page.locator(".theirs").last).to_contain_text(TYPED)
    assistant.ended.clear()

    await page.get_by_role("button", name="Forlad siden").click()

    await page.wait_for_url(EXIT)
    await ended(assistant)
    await page.go_back()
    await page.wait_for_url(f"{site}/opslag")
    assert TYPED not in await page.content()


async def test_leaving_comes_first_for_the_keyboard(page: Page) -> None:
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Forlad siden")).to_be_focused()

    await page.keyboard.press("Enter")
    await page.wait_for_url(EXIT)


async def test_leaving_is_always_in_sight(page: Page) -> None:
    for _ in range(3):
        await ask(page)
        await expect(page.get_by_text("Vejviser skriver")).to_be_hidden()
    await page.mouse.wheel(0, 100_000)

    leave = page.get_by_role("button", name="Forlad siden")
    await expect(leave).to_be_in_viewport(ratio=1)


async def test_the_page_is_empty_before_the_next_one_comes(page: Page) -> None:
    await ask(page, TYPED)
    await expect(page.locator(".theirs").last).to_contain_text(TYPED)
    seen = await page.evaluate("() => { document.querySelector('.leave').click(); return document.documentElement.textContent }")

    assert TYPED not in seen
    await page.wait_for_url(EXIT)


async def test_leaving_works_when_the_server_is_down(page: Page) -> None:
    await page.route("**/api/**", lambda route: route.abort())
    await page.get_by_role("button", name="Forlad siden").click()

    await page.wait_for_url(EXIT)


async def test_closing_the_page_ends_the_conversation(page: Page, assistant: FakeAssistant) -> None:
    await ask(page, TYPED)
    await page.goto("about:blank")

    await ended(assistant)


async def test_deleting_begins_anew(page: Page, assistant: FakeAssistant) -> None:
    (old,) = assistant.conversations
    await ask(page, TYPED)
    await expect(page.locator(".theirs").last).to_contain_text(TYPED)

    await page.get_by_role("button", name="Slet samtalen").click()

    await expect(page.get_by_role("status")).to_have_text("Samtalen er slettet.")
    await expect(page.locator(".log li")).to_have_count(1)
    assert TYPED not in await page.content()
    assert old not in assistant.conversations
    await ask(page)
    await expect(page.locator(".card").first).to_be_visible()


async def test_deleting_in_the_middle_of_an_answer_keeps_the_answer_away(page: Page, assistant: FakeAssistant) -> None:
    assistant.answering.clear()
    await ask(page, TYPED)
    await expect(page.get_by_text("Vejviser skriver")).to_be_visible()
    async with page.expect_response("**/api/chat/messages"):
        await page.get_by_role("button", name="Slet samtalen").click()
        await expect(page.locator(".log li")).to_have_count(1)
        assistant.answering.set()

    await ask(page, "hej")
    await expect(page.locator(".theirs").last).to_contain_text("Du skrev: hej")
    assert TYPED not in await page.content()


async def test_deleting_without_a_connection_says_when_the_server_forgets(page: Page) -> None:
    await ask(page, TYPED)
    await expect(page.locator(".theirs").last).to_contain_text(TYPED)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Slet samtalen").click()

    await expect(page.get_by_role("status")).to_have_text("Serveren svarer ikke. Den glemmer samtalen efter 30 minutter.")
    assert TYPED not in await page.content()


async def test_the_browser_keeps_nothing(page: Page, context: BrowserContext) -> None:
    await ask(page, TYPED)
    await expect(page.locator(".theirs").last).to_contain_text(TYPED)

    assert await page.evaluate(STORED) == ["", 0, 0, 0, 0, 0]
    assert await context.cookies() == []
    assert TYPED not in page.url
