"""The chat on somebody else's page."""

from __future__ import annotations

import asyncio
import re

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import FrameLocator, Page, Route, expect

from tests.browser.conftest import EXIT, OTHER_EXIT
from tests.browser.test_chat import QUESTION
from tests.web.fake_assistant import FakeAssistant


async def embed(page: Page, host: TestServer, site: str, attributes: str = "") -> FrameLocator:
    """A foreign page with the widget, and the frame in it, once its scripts run."""
    async with page.expect_request("**/speech.js"):
        await page.goto(str(host.make_url("/").with_query(site=site, attributes=attributes)))
    return page.frame_locator("iframe[title=Vejviser]")


async def test_a_foreign_page_cannot_read_the_conversation(page: Page, site: str, host: TestServer) -> None:
    inner = await embed(page, host, site)
    await inner.get_by_role("textbox").fill(QUESTION)
    await inner.get_by_role("button", name="Send").click()

    await expect(inner.locator(".card").first).to_be_visible()
    assert await page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert await page.evaluate("document.body.textContent") == "En anden side"


async def test_the_attributes_reach_the_frame(page: Page, site: str, host: TestServer, assistant: FakeAssistant) -> None:
    inner = await embed(page, host, site, f'lang="en" start="skat" exit="{OTHER_EXIT}" accent="indigo"')

    await expect(inner.locator("html")).to_have_attribute("lang", "en")
    await expect(inner.locator(".mine")).to_have_text("You:Skat af indtægten")
    await expect(inner.locator(".theirs").last).to_contain_text("Det kan du måske.")
    await expect(inner.get_by_role("heading", name="Before you write")).to_be_in_viewport()
    leave = inner.get_by_role("button", name="Leave page")
    assert await leave.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(75, 0, 130)"
    await leave.click()
    await expect(page).to_have_url(OTHER_EXIT)
    assert assistant.conversations == set()


@pytest.mark.parametrize("attributes", ["", 'exit="https://ondsindet.example/"', 'exit="javascript:alert(1)"', 'start="x" lang="x"'])
async def test_what_is_not_allowed_is_as_if_it_were_not_there(page: Page, site: str, host: TestServer, attributes: str) -> None:
    inner = await embed(page, host, site, attributes)
    await inner.get_by_role("button", name="Forlad siden").click()

    await expect(page).to_have_url(EXIT)


async def test_leaving_replaces_the_page_around(page: Page, site: str, host: TestServer) -> None:
    await page.goto(f"{site}/opslag")
    inner = await embed(page, host, site)
    await inner.get_by_role("button", name="Forlad siden").click()
    await expect(page).to_have_url(EXIT)

    await page.go_back()
    await expect(page).to_have_url(f"{site}/opslag")


@pytest.mark.parametrize("focused", ["the page around", "the frame"])
async def test_shift_leaves_wherever_the_focus_is(page: Page, site: str, host: TestServer, focused: str) -> None:
    inner = await embed(page, host, site)
    if focused == "the frame":
        # By keyboard alone: the browser takes that for no touch of the frame, and keeps it from replacing the page around by itself.
        await page.keyboard.press("Tab")
        await expect(inner.get_by_role("button", name="Forlad siden")).to_be_focused()
    for _ in range(3):
        await page.keyboard.press("Shift")

    await expect(page).to_have_url(EXIT)


async def test_the_page_around_is_hidden_at_once(page: Page, site: str, host: TestServer) -> None:
    inner = await embed(page, host, site)
    seen: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def answer_late(route: Route) -> None:
        await route.fulfill(body=await seen)

    # The page around is gone with the exit's answer, and with it what it had to tell.
    await page.route(EXIT, answer_late)
    await page.expose_function("see", lambda display: seen.set_result(display))
    await page.evaluate("addEventListener('message', () => see(getComputedStyle(document.documentElement).display))")
    await inner.get_by_role("button", name="Forlad siden").click()

    assert await asyncio.wait_for(seen, 10) == "none"
    await expect(page).to_have_url(EXIT)


async def test_another_frame_cannot_send_the_page_away(page: Page, site: str, host: TestServer) -> None:
    inner = await embed(page, host, site)
    await page.evaluate(f"postMessage({{ leave: '{OTHER_EXIT}' }}, '*')")
    await page.evaluate("new Promise((done) => { addEventListener('message', done, { once: true }); postMessage('', '*') })")

    await expect(inner.get_by_role("textbox")).to_be_visible()
    assert re.match(str(host.make_url("/")), page.url)
