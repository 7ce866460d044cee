from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import visit
from tests.web.fake_assistant import CRASH, ENGLISH, GUIDE, OUTCOME, QUESTIONS, FakeAssistant

QUESTION = "hvad er kontanthjælp"


async def ask(page: Page, text: str = QUESTION) -> None:
    """Types and sends; waits for nothing."""
    await page.get_by_role("textbox", name="Hvad vil du vide?").fill(text)
    await page.keyboard.press("Enter")


async def answered(page: Page, text: str = QUESTION) -> None:
    """Asks and waits for the answer."""
    said = await page.locator(".theirs").count()
    await ask(page, text)
    await expect(page.locator(".theirs")).to_have_count(said + 1)


async def test_a_question_gets_its_answer_with_cards_and_sources(page: Page) -> None:
    await ask(page)

    log = page.get_by_role("log", name="Samtale")
    entries = log.locator("ol > li")
    await expect(entries).to_have_count(3)
    await expect(entries.nth(1)).to_have_text(f"Du:{QUESTION}")
    answer = entries.nth(2)
    await expect(answer).to_contain_text(re.compile(r"Vejviser:\s*Kontanthjælp er hjælp fra kommunen"))
    await expect(answer.get_by_role("link", name="1813")).to_have_attribute("href", "tel:1813")
    await expect(answer.get_by_role("heading", name="Natcaféen")).to_be_visible()
    await expect(answer.get_by_role("article").first).to_contain_text("Åbent nu")
    await expect(answer.get_by_role("article").nth(2)).not_to_contain_text(re.compile("Åbent nu|Lukket nu"))
    source = answer.get_by_role("link", name=re.compile("Borger.dk: kontanthjælp"))
    await expect(source).to_have_attribute("rel", "noreferrer noopener")
    assert await answer.locator("[href^=javascript]").count() == 0


async def test_nothing_begins_before_the_first_question(page: Page, assistant: FakeAssistant) -> None:
    await expect(page.locator(".theirs")).to_contain_text("Jeg er en maskine")
    assert assistant.conversations == set()

    await answered(page)
    await answered(page, "og hvad så")
    assert len(assistant.conversations) == 1


async def test_the_focus_stays_in_the_field_and_the_question_comes_into_view(page: Page) -> None:
    await ask(page)
    await page.locator(".card").first.wait_for()

    await expect(page.get_by_role("textbox")).to_be_focused()
    await expect(page.get_by_role("textbox")).to_have_value("")
    await expect(page.locator(".mine")).to_be_in_viewport(ratio=1)


async def test_a_button_asks_on(page: Page) -> None:
    await page.get_by_role("button", name="Et sted at være").click()

    await expect(page.locator(".mine")).to_have_text("Du:Et sted at være")
    await expect(page.locator(".theirs").last).to_contain_text("Det kan du måske.")


async def test_the_keyboard_is_enough_for_a_guide(page: Page) -> None:
    async def press_until(key: str, wanted: Locator) -> None:
        for _ in range(40):
            if await wanted.evaluate("node => node === document.activeElement"):
                assert await wanted.evaluate("node => node.matches(':focus-visible')")
                return
            await page.keyboard.press(key)
        raise AssertionError(f"{key} never comes to {wanted}")

    newest = page.locator(".theirs").last
    await press_until("Tab", page.get_by_role("textbox"))
    await page.keyboard.type(GUIDE)
    await page.keyboard.press("Enter")
    for key, question, choice in zip(("Shift+Tab", "Tab", "Tab"), QUESTIONS, ("Nej", "Ja", "Ved ikke"), strict=True):
        await expect(newest).to_contain_text(question)
        await press_until(key, newest.get_by_role("button", name=choice))
        await page.keyboard.press("Enter")
    await expect(newest).to_contain_text(OUTCOME.text)
    await expect(page.locator(".mine")).to_have_text([f"Du:{said}" for said in (GUIDE, "Nej", "Ja", "Ved ikke")])


async def test_a_line_can_be_broken_with_shift(page: Page) -> None:
    field = page.get_by_role("textbox")
    await field.fill("en")
    await field.press("Shift+Enter")
    await field.press_sequentially("to")
    await field.press("Enter")

    await expect(page.locator(".mine")).to_contain_text("en\nto", use_inner_text=True)
    await expect(page.locator(".theirs").last).to_contain_text("Du skrev: en\nto", use_inner_text=True)


async def test_markup_stays_text(page: Page) -> None:
    await ask(page, '<img src="x" onerror="alert(1)">')

    await expect(page.locator(".theirs").last).to_contain_text('Du skrev: <img src="x" onerror="alert(1)">')
    await expect(page.locator(".mine")).to_contain_text('<img src="x" onerror="alert(1)">')
    assert await page.locator("img").count() == 0


async def test_nothing_typed_is_said_at_once(page: Page) -> None:
    await ask(page, "   ")

    await expect(page.get_by_role("alert")).to_have_text("Skriv et spørgsmål først.")
    await expect(page.locator(".mine")).to_have_count(0)


async def test_the_field_takes_a_thousand_characters(page: Page) -> None:
    field = page.get_by_role("textbox")
    await field.focus()
    await page.keyboard.insert_text("a" * 1500)

    await expect(field).to_have_value("a" * 1000)
    for name, value in {"autocomplete": "off", "spellcheck": "false"}.items():
        await expect(field).to_have_attribute(name, value)


async def test_a_forgotten_conversation_begins_anew_and_the_text_stays(page: Page, assistant: FakeAssistant) -> None:
    await answered(page)
    assistant.conversations.clear()
    await ask(page)

    alert = page.get_by_role("alert")
    await expect(alert).to_have_text(
        "Der er gået lang tid, så samtalen er slettet. Jeg er begyndt forfra. Det, du skrev, står stadig i feltet."
    )
    await expect(page.get_by_role("textbox")).to_have_value(QUESTION)
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs")).to_have_count(3)
    await expect(alert).to_be_empty()


async def test_without_a_connection_the_text_stays(page: Page) -> None:
    await page.context.set_offline(True)
    await ask(page)

    await expect(page.get_by_role("alert")).to_have_text(
        "Der er ikke forbindelse lige nu. Prøv igen om lidt. Det, du skrev, står stadig i feltet."
    )
    await expect(page.locator(".mine")).to_have_count(0)
    await page.context.set_offline(False)
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".card").first).to_be_visible()


async def test_what_goes_wrong_on_the_server_is_told_and_the_conversation_goes_on(page: Page, assistant: FakeAssistant) -> None:
    await answered(page)
    await ask(page, CRASH)

    await expect(page.get_by_role("alert")).to_have_text("Det gik galt hos os. Prøv igen om lidt. Det, du skrev, står stadig i feltet.")
    await answered(page)
    assert len(assistant.conversations) == 1


async def test_a_page_opened_too_early_works_when_the_model_is_there(page: Page, assistant: FakeAssistant) -> None:
    assistant.ready = False
    await ask(page)
    await expect(page.get_by_role("alert")).to_contain_text("Vejviser er ved at starte. Prøv igen om lidt.")

    assistant.ready = True
    await page.keyboard.press("Enter")
    await expect(page.locator(".card").first).to_be_visible()


async def test_somebody_quicker_than_the_script_loses_nothing(page: Page, assistant: FakeAssistant) -> None:
    await page.route("**/chat.js", lambda route: route.abort())
    await page.reload()
    await page.get_by_role("textbox").fill(QUESTION)
    await page.unroute("**/chat.js")
    async with page.expect_request("**/speech.js"):
        await page.get_by_role("button", name="Send").click()

    await expect(page.locator(".card").first).to_be_visible()
    await page.get_by_role("button", name="Hvem kan få det?").click()
    await expect(page.locator(".theirs").last).to_contain_text("Det kan du måske.")
    await expect(page.locator(".card").first).to_be_visible()
    assert len(assistant.conversations) == 1


async def test_it_shows_that_it_is_answering_and_answers_one_question_at_a_time(page: Page, assistant: FakeAssistant) -> None:
    assistant.answering.clear()
    await ask(page)
    await expect(page.get_by_text("Vejviser skriver")).to_be_visible()
    await ask(page, "og noget andet")
    await expect(page.get_by_role("textbox")).to_have_value("og noget andet")

    assistant.answering.set()
    await expect(page.locator(".card").first).to_be_visible()
    await expect(page.get_by_text("Vejviser skriver")).to_be_hidden()
    await expect(page.locator(".mine")).to_have_count(1)


async def test_entries_are_added_and_none_is_written_anew(page: Page) -> None:
    """A screen reader reads what is added to a log; what is replaced it would read again."""
    await answered(page)
    await page.evaluate("for (const node of document.querySelectorAll('.log ol > li')) node.known = true")
    await answered(page)

    assert await page.evaluate("[...document.querySelectorAll('.log ol > li')].map(node => !!node.known)") == [True] * 3 + [False] * 2


async def test_the_log_is_the_only_one_that_announces_an_answer(page: Page) -> None:
    await answered(page)

    assert await page.locator("[role=log]").count() == 1
    announcers = page.locator("[aria-live]:not([aria-live=off]), [role=status], [role=alert]")
    assert await announcers.all_inner_texts() == ["", "", ""]


async def test_the_frame_is_in_english_on_request(page: Page, site: str) -> None:
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("button", name="Leave page")).to_be_visible()
    await expect(page.get_by_text("You are writing with a machine")).to_be_visible()
    await page.get_by_role("link", name="How to hide your tracks").click()
    await expect(page.get_by_role("heading", name="Apps that watch you")).to_be_visible()
    await page.get_by_role("link", name="Dansk").click()
    await expect(page.get_by_role("heading", name="Overvågningsprogrammer")).to_be_visible()

    await visit(page, f"{site}/?lang=en")
    await page.get_by_role("textbox", name="What would you like to know?").fill(QUESTION)
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine")).to_have_text(f"You:{QUESTION}")
    await expect(page.locator(".theirs").last).to_have_attribute("lang", "da")
    await page.context.set_offline(True)
    await page.get_by_role("textbox").fill("hej")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("There is no connection right now.")


async def test_the_first_line_says_that_it_is_a_machine(page: Page) -> None:
    assert (await page.get_by_role("main").inner_text()).startswith("Du skriver med en maskine, ikke et menneske.")


async def test_what_the_server_has_masked_is_masked_on_the_screen(page: Page) -> None:
    await answered(page, "jeg hedder Sara Holm, cpr 010190-1234")

    await expect(page.locator(".mine .said")).to_have_text("jeg hedder [navn], cpr [cpr-nummer]")


async def test_an_answer_in_another_language_can_be_read_aloud_as_such(page: Page) -> None:
    await answered(page, ENGLISH)

    await expect(page.get_by_text("Hello. In danger: call 112.")).to_have_attribute("lang", "en")


async def test_the_other_language_is_offered_only_where_no_conversation_is_lost(page: Page) -> None:
    other = page.get_by_role("link", name="English")
    await expect(other).to_be_visible()
    await answered(page)
    await expect(other).to_be_hidden()
    await page.get_by_role("button", name="Slet samtalen").click()
    await expect(other).to_be_visible()
