from __future__ import annotations

import json

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import visit
from tests.browser.test_chat import answered

LOCAL = {"lang": "da-DK", "localService": True, "name": "Sara"}
REMOTE = {"lang": "da-DK", "localService": False, "name": "Google dansk"}
ENGLISH = {"lang": "en-GB", "localService": True, "name": "Daniel"}

# The browser under test has no voices of its own.
VOICES = """(() => {
  let voices = [];
  const said = [];
  class Utterance { constructor(text) { this.text = text; } }
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak: (utterance) => said.push(utterance),
    cancel: () => { for (const utterance of said.splice(0)) utterance.onend?.(); },
    said: () => said.map(({ text, voice, lang }) => [text, voice.name, lang]),
    finish: () => { while (said.length) said.shift().onend?.(); },
    come: (more) => { voices = more; synthesis.dispatchEvent(new Event("voiceschanged")); },
  });
  Object.defineProperty(self, "speechSynthesis", { value: synthesis });
  self.SpeechSynthesisUtterance = Utterance;
})()"""


@pytest.fixture
async def spoken(page: Page, site: str) -> Page:
    """The chat on a device whose voices a test can name."""
    await page.add_init_script(VOICES)
    await visit(page, site)
    return page


async def come(page: Page, *voices: dict[str, object]) -> None:
    """The device says, late as devices do, that it has these voices."""
    await page.wait_for_load_state("networkidle")
    await page.evaluate(f"speechSynthesis.come({json.dumps(voices)})")


async def test_an_answer_is_read_aloud_on_request_and_stopped(spoken: Page) -> None:
    await come(spoken, REMOTE, ENGLISH, LOCAL)
    await answered(spoken)
    assert await spoken.evaluate("speechSynthesis.said()") == []
    answer = spoken.locator(".theirs").last

    await answer.get_by_role("button", name="Læs højt").click()
    first, *others = await spoken.evaluate("speechSynthesis.said()")
    assert first[0].startswith("Kontanthjælp er hjælp fra kommunen")
    assert first[1:] == ["Sara", "da-DK"]
    assert "Natcaféen" in others[0][0]

    await answer.get_by_role("button", name="Stop oplæsning").click()
    assert await spoken.evaluate("speechSynthesis.said()") == []
    await expect(answer.get_by_role("button", name="Læs højt")).to_be_visible()


async def test_when_it_is_read_the_button_offers_it_again(spoken: Page) -> None:
    await come(spoken, LOCAL)
    greeting = spoken.locator(".theirs").first
    await greeting.get_by_role("button", name="Læs højt").click()
    await spoken.evaluate("speechSynthesis.finish()")

    await expect(greeting.get_by_role("button", name="Læs højt")).to_be_visible()


async def test_one_answer_is_read_at_a_time(spoken: Page) -> None:
    await come(spoken, LOCAL)
    await answered(spoken)
    for button in await spoken.locator(".aloud button").all():
        await button.click()

    await expect(spoken.get_by_role("button", name="Stop oplæsning")).to_have_count(1)


@pytest.mark.parametrize("voices", [[], [REMOTE], [ENGLISH], [REMOTE, ENGLISH]])
async def test_without_a_danish_voice_of_the_device_there_is_no_button(spoken: Page, voices: list[dict[str, object]]) -> None:
    """Other voices send the text to whoever made the browser."""
    await come(spoken, *voices)
    await answered(spoken)

    await expect(spoken.get_by_role("button", name="Læs højt")).to_have_count(0)


async def test_the_buttons_are_not_announced_with_the_answer(spoken: Page) -> None:
    await come(spoken, LOCAL)

    assert await spoken.locator(".aloud").first.get_attribute("aria-live") == "off"


@pytest.mark.parametrize("way", ["Forlad siden", "Slet samtalen"])
async def test_leaving_and_deleting_silence_it(spoken: Page, way: str) -> None:
    await come(spoken, LOCAL)
    await answered(spoken)
    await spoken.locator(".theirs").last.get_by_role("button", name="Læs højt").click()
    assert await spoken.evaluate("speechSynthesis.said().length") > 0
    press = "(node) => { node.click(); return Promise.resolve().then(() => speechSynthesis.said().length); }"

    assert await spoken.get_by_role("button", name=way).evaluate(press) == 0
