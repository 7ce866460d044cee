"""axe-core's rules, of WCAG at every level and of best practice, for every page in every state, in both browsers."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Frame, Page, ViewportSize, expect

from tests.browser.conftest import AT_400_PERCENT, PHONE, WIDE, visit
from tests.browser.test_chat import QUESTION, answered, ask
from tests.browser.test_embedding import embed
from tests.browser.test_speech import LOCAL, VOICES, come
from tests.browser.test_without_scripts import say
from tests.web.fake_assistant import CRASH, GUIDE, FakeAssistant

TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "wcag22aaa", "best-practice"]
PAGES = (
    "/tryghed", "/tryghed?lang=en", "/beskyttelse", "/opslag", "/opslag?q=skat", "/opslag?q=findes+ikke", "/opslag/emne/skat",
    "/opslag/emne/vaerested", "/opslag/steder", "/opslag/steder?need=samvaer", "/opslag/sted/varmestuen", "/nej",
)  # fmt: skip
LIGHT: dict[str, Any] = {"color_scheme": "light"}
DARK: dict[str, Any] = {"color_scheme": "dark"}
FORCED: dict[str, Any] = {"forced_colors": "active"}


@pytest.fixture(
    params=[
        ("chromium", PHONE, LIGHT),
        ("chromium", WIDE, DARK),
        ("chromium", AT_400_PERCENT, FORCED),
        ("firefox", PHONE, DARK),
        ("firefox", WIDE, LIGHT),
    ],
    ids=["chromium-phone-light", "chromium-wide-dark", "chromium-400-percent-forced-colours", "firefox-phone-dark", "firefox-wide-light"],
)
def look(request: pytest.FixtureRequest) -> tuple[str, ViewportSize, dict[str, Any]]:
    """A browser, the size of its window, and what its person prefers."""
    look: tuple[str, ViewportSize, dict[str, Any]] = request.param
    return look


@pytest.fixture
def engine(look: tuple[str, ViewportSize, dict[str, Any]]) -> str:
    return look[0]


@pytest.fixture
async def seen(page: Page, look: tuple[str, ViewportSize, dict[str, Any]]) -> Page:
    """The chat as it looks to that person."""
    _, size, media = look
    await page.set_viewport_size(size)
    await page.emulate_media(**media)
    return page


async def findings(page: Page | Frame) -> list[str]:
    """What axe-core finds wrong, or cannot decide, a line each; that a bar hides text which can be scrolled to is neither."""
    await page.evaluate(AXE_SCRIPT)
    found = await page.evaluate("tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", TAGS)
    assert found["passes"]
    return [
        f"{rule['id']}: {node['html']} {[check['message'] for check in checks]}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
        if not _hidden_by_a_bar(checks := node["any"] + node["all"] + node["none"])
    ]


def _hidden_by_a_bar(checks: list[dict[str, Any]]) -> bool:
    told = {(check["data"] or {}).get("messageKey") for check in checks}
    return bool(told & {"bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring"})


async def test_every_page(seen: Page, site: str) -> None:
    for path in PAGES:
        await seen.goto(site + path)
        assert await findings(seen) == [], path


async def test_the_chat_in_every_state(seen: Page, site: str, assistant: FakeAssistant) -> None:
    await seen.add_init_script(VOICES)
    for language in ("da", "en"):
        await visit(seen, f"{site}/?lang={language}")
        assert await findings(seen) == [], "before the first question"

    await visit(seen, site)
    await come(seen, LOCAL)
    assistant.answering.clear()
    await ask(seen)
    await expect(seen.get_by_text("Vejviser skriver")).to_be_visible()
    assert await findings(seen) == [], "while it answers"
    assistant.answering.set()
    await seen.locator(".card").first.wait_for()
    await expect(seen.get_by_role("button", name="Læs højt").last).to_be_visible()
    assert await findings(seen) == [], "answered, with cards and sources"
    await answered(seen, GUIDE)
    assert await findings(seen) == [], "in a guide"
    await seen.keyboard.press("Shift")
    await expect(seen.get_by_text("Tryk på Shift to gange til")).to_be_visible()
    assert await findings(seen) == [], "about to leave"
    await ask(seen, " ")
    await expect(seen.get_by_role("alert")).not_to_be_empty()
    assert await findings(seen) == [], "nothing typed"
    await ask(seen, CRASH)
    await expect(seen.get_by_role("alert")).to_contain_text("Det gik galt")
    assert await findings(seen) == [], "failed"
    await seen.get_by_role("button", name="Slet samtalen").click()
    await expect(seen.get_by_text("Samtalen er slettet.")).to_be_visible()
    assert await findings(seen) == [], "deleted"


async def test_without_scripts(seen: Page, site: str, assistant: FakeAssistant) -> None:
    # axe-core itself needs a browser that runs scripts.
    await seen.route("**/*.js", lambda route: route.abort())
    await seen.goto(site)
    assert await findings(seen) == [], "before the first question"
    await say(seen, QUESTION)
    assert await findings(seen) == [], "answered"
    await say(seen, " ")
    await expect(seen.get_by_role("alert")).to_have_text("Skriv et spørgsmål først.")
    assert await findings(seen) == [], "nothing typed"
    await say(seen, CRASH)
    await expect(seen.get_by_role("heading", name="Det gik galt hos os.")).to_be_visible()
    assert await findings(seen) == [], "failed"
    await seen.goto(site)
    assistant.fullness = 2
    await say(seen, QUESTION)
    await expect(seen.get_by_role("button", name="Prøv igen")).to_be_visible()
    assert await findings(seen) == [], "waiting"


async def test_in_every_accent(seen: Page, site: str, host: TestServer) -> None:
    for accent in ("yellow", "#fff", "black"):
        await embed(seen, host, site, f'accent="{accent}"')
        assert await findings(seen.frames[1]) == [], accent
