from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import EXIT, PHONE, WIDE, visit
from tests.browser.test_chat import answered, ask
from tests.web.fake_assistant import FakeAssistant

TYPED = "ingen må se det her"
TWICE = "Tryk på Shift to gange til for at forlade siden."
ONCE = "Tryk på Shift én gang til for at forlade siden."

STORED = """async () => [
  document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""


async def ended(assistant: FakeAssistant) -> None:
    """Waits until the server has been told."""
    await asyncio.wait_for(assistant.ended.wait(), 10)
    assert assistant.conversations == set()


async def press_shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        await page.keyboard.press("Shift")


async def test_one_touch_leaves_and_back_shows_nothing(page: Page, site: str, assistant: FakeAssistant) -> None:
    await page.goto(f"{site}/opslag")
    await visit(page, site)
    await answered(page, TYPED)

    await page.get_by_role("button", name="Forlad siden").click()

    await expect(page).to_have_url(EXIT)
    await ended(assistant)
    await page.go_back()
    await expect(page).to_have_url(f"{site}/opslag")
    assert TYPED not in await page.content()


async def test_leaving_comes_first_for_the_keyboard(page: Page) -> None:
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Forlad siden")).to_be_focused()

    await page.keyboard.press("Enter")
    await expect(page).to_have_url(EXIT)


@pytest.mark.parametrize("viewport", [PHONE, WIDE, {"width": 320, "height": 256}])
async def test_leaving_is_always_in_sight(page: Page, viewport: dict[str, int]) -> None:
    await page.set_viewport_size(viewport)  # type: ignore[arg-type]
    leave = page.get_by_role("button", name="Forlad siden")
    await expect(leave).to_be_in_viewport(ratio=1)
    for _ in range(3):
        await answered(page)
    await page.mouse.wheel(0, 100_000)

    await expect(leave).to_be_in_viewport(ratio=1)


async def test_shift_three_times_leaves_and_counts_aloud(page: Page, assistant: FakeAssistant) -> None:
    await answered(page, TYPED)
    told = page.get_by_role("banner").get_by_role("status")
    await expect(page.get_by_text("Tre tryk på Shift gør det samme.")).to_be_visible()

    await press_shift(page, 1)
    await expect(told).to_have_text(TWICE)
    await press_shift(page, 1)
    await expect(told).to_have_text(ONCE)
    await press_shift(page, 1)

    await expect(page).to_have_url(EXIT)
    await ended(assistant)


async def test_shift_counts_for_five_seconds(page: Page, site: str) -> None:
    await page.clock.install()
    await visit(page, site)
    told = page.get_by_role("banner").get_by_role("status")
    # From here on only the test moves the clock.
    await page.clock.pause_at(await page.evaluate("Date.now() / 1000 + 1"))
    await press_shift(page, 2)
    await page.clock.fast_forward(4_900)
    await expect(told).to_have_text(ONCE)
    await page.clock.fast_forward(200)
    await expect(told).to_be_empty()

    await press_shift(page, 2)
    await expect(told).to_have_text(ONCE)
    assert page.url == f"{site}/"


@pytest.mark.parametrize("keys", [["Shift", "a", "Shift", "Shift"], ["Shift+A", "Shift+B", "Shift+C"], ["Escape"] * 3, ["Control"] * 3])
async def test_writing_capital_letters_does_not_leave(page: Page, site: str, keys: list[str]) -> None:
    await page.get_by_role("textbox").focus()
    for key in keys:
        await page.keyboard.press(key)

    # Leaving would have hidden everything by now.
    await expect(page.get_by_role("textbox")).to_be_visible()
    assert page.url == f"{site}/"


async def test_the_page_is_empty_before_the_next_one_comes(page: Page) -> None:
    await answered(page, TYPED)
    hidden, seen = await page.evaluate(
        """() => {
          document.querySelector('.leave button').click();
          return [getComputedStyle(document.documentElement).display, document.documentElement.textContent];
        }"""
    )

    assert hidden == "none"
    assert TYPED not in seen
    await expect(page).to_have_url(EXIT)


async def test_the_page_is_hidden_before_anything_else_is_done(page: Page) -> None:
    await answered(page, TYPED)
    done = await page.evaluate(
        """() => {
          const done = [];
          const beacon = navigator.sendBeacon.bind(navigator);
          navigator.sendBeacon = (...given) => { done.push(document.documentElement.hidden); return beacon(...given); };
          document.querySelector('.leave button').click();
          return done;
        }"""
    )

    assert done == [True]
    await expect(page).to_have_url(EXIT)


@pytest.mark.parametrize("way", ["touch", "keys"])
async def test_leaving_works_when_the_server_is_down(page: Page, server: TestServer, way: str) -> None:
    await answered(page, TYPED)
    await server.close()
    if way == "touch":
        await page.get_by_role("button", name="Forlad siden").click()
    else:
        await press_shift(page)

    await expect(page).to_have_url(EXIT)


async def test_leaving_works_without_a_connection(page: Page) -> None:
    await answered(page, TYPED)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Forlad siden").click()

    await expect(page).to_have_url(EXIT)


async def test_a_page_that_the_browser_brings_back_is_a_new_one(page: Page) -> None:
    await answered(page, TYPED)
    async with page.expect_navigation():
        await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    await expect(page.locator(".theirs")).to_have_count(1)
    assert TYPED not in await page.content()


async def test_the_page_about_traces_can_be_left_too(page: Page, site: str) -> None:
    await page.get_by_role("link", name="Sådan skjuler du spor").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sådan skjuler du spor")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Forlad siden")).to_be_focused()
    await press_shift(page)

    await expect(page).to_have_url(EXIT)


async def test_closing_the_page_ends_the_conversation(page: Page, assistant: FakeAssistant) -> None:
    await answered(page, TYPED)
    await page.goto("about:blank")

    await ended(assistant)


async def test_deleting_begins_anew(page: Page, assistant: FakeAssistant) -> None:
    await answered(page, TYPED)
    await page.get_by_role("textbox").fill("og lidt til")

    await page.get_by_role("button", name="Slet samtalen").click()

    await expect(page.locator(".composer [role=status]")).to_have_text("Samtalen er slettet.")
    await expect(page.locator(".log li")).to_have_count(1)
    await expect(page.get_by_role("textbox")).to_be_empty()
    assert TYPED not in await page.content()
    assert assistant.conversations == set()
    await answered(page)
    await expect(page.locator(".card").first).to_be_visible()


async def test_deleting_empties_the_page_before_the_server_answers(page: Page) -> None:
    await answered(page, TYPED)
    seen = await page.evaluate("() => { document.querySelector('[name=end]').click(); return document.body.textContent }")

    assert TYPED not in seen


async def test_deleting_in_the_middle_of_an_answer_keeps_the_answer_away(page: Page, assistant: FakeAssistant) -> None:
    assistant.answering.clear()
    await ask(page, TYPED)
    await expect(page.get_by_text("Vejviser skriver")).to_be_visible()
    await asyncio.wait_for(assistant.asked.acquire(), 10)

    def answers_the_question(request: Request) -> bool:
        return "text=" in (request.post_data or "")

    async with page.expect_event("requestfinished", answers_the_question):
        await page.get_by_role("button", name="Slet samtalen").click()
        await expect(page.locator(".log li")).to_have_count(1)
        assistant.answering.set()

    await ask(page, "hej")
    await expect(page.locator(".theirs").last).to_contain_text("Du skrev: hej")
    assert TYPED not in await page.content()


async def test_deleting_without_a_connection_says_when_the_server_forgets(page: Page) -> None:
    await answered(page, TYPED)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Slet samtalen").click()

    await expect(page.locator(".composer [role=status]")).to_have_text("Serveren svarer ikke. Den glemmer samtalen efter 30 minutter.")
    assert TYPED not in await page.content()


async def test_the_browser_keeps_nothing(page: Page, context: BrowserContext) -> None:
    length = await page.evaluate("history.length")
    for _ in range(3):
        await answered(page, TYPED)

    assert await page.evaluate(STORED) == ["", 0, 0, 0, 0, 0]
    assert await context.cookies() == []
    assert await page.evaluate("history.length") == length
    assert TYPED not in page.url
    assert await page.title() == "Vejviser"
