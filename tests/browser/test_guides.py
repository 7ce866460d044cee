"""The four guides on a phone, with the real assistant behind the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from actions.directory import close
from bot.dialogue.assistant import Assistant
from bot.settings import Settings
from bot.topics.content import Content, load
from tests.browser.test_chat import ask

LEAVES = ("Start forfra", "Stop spørgsmålene", "Ved ikke")
MOST_QUESTIONS = 5


@pytest.fixture
async def assistant(model: Path, database_url: str) -> AsyncIterator[Assistant]:
    assistant = Assistant(Settings(database_url=database_url))
    await assistant.load(model)
    yield assistant
    await close()


@pytest.fixture
def topics() -> Content:
    """The real ones, whose greeting offers a guide."""
    return load(Settings().data)


async def press(page: Page, title: str) -> None:
    """Presses the newest button with this title, and waits for what it brings."""
    said = await page.locator(".theirs").count()
    await page.get_by_role("button", name=title, exact=True).last.click()
    await expect(page.locator(".theirs")).not_to_have_count(said)


async def begin(page: Page, guide: str) -> None:
    if guide == "Find hjælp nær mig":
        await press(page, guide)
    else:
        await ask(page, guide)
        await expect(page.locator(".theirs")).to_have_count(2)
        await page.locator(".theirs").last.get_by_role("button").first.click()
        await expect(page.locator(".theirs")).to_have_count(3)


@pytest.mark.parametrize(
    "guide",
    ["kan jeg få kontanthjælp", "hvad sker der med min kontanthjælp når jeg tjener løn", "hvordan får jeg cvr", "Find hjælp nær mig"],
)
async def test_a_guide_is_walked_with_the_first_button_of_each_question(page: Page, guide: str) -> None:
    await begin(page, guide)
    for _ in range(MOST_QUESTIONS):
        titles = await page.locator(".theirs").last.get_by_role("button").all_inner_texts()
        if "Stop spørgsmålene" not in titles:
            break
        await press(page, next((title for title in titles if title not in LEAVES), "Ved ikke"))

    outcome = page.locator(".theirs").last
    await expect(outcome.get_by_role("button", name="Start forfra")).to_be_visible()
    await expect(outcome.get_by_role("button", name="Stop spørgsmålene")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_guide_can_be_left_and_begun_anew(page: Page) -> None:
    await begin(page, "hvordan får jeg cvr")
    await press(page, "Ja")
    await press(page, "Start forfra")
    await expect(page.locator(".theirs").last).to_contain_text("Er du fyldt 18 år?")
    await press(page, "Stop spørgsmålene")
    await expect(page.locator(".theirs").last).to_contain_text("Jeg er stoppet")


async def test_a_cry_for_help_is_answered_and_the_guide_taken_up_again(page: Page) -> None:
    await begin(page, "kan jeg få kontanthjælp")
    await press(page, "Ja")
    await ask(page, "han slår mig lige nu")
    await expect(page.locator(".theirs").last).to_contain_text("Ring 112")
    await press(page, "Fortsæt spørgsmålene")
    await expect(page.locator(".theirs").last).to_contain_text("Hvad passer på dig?")
