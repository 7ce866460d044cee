"""The assistant with the real model, actions and directory."""

from pathlib import Path

import pytest

from bot.dialogue.assistant import Assistant
from bot.dialogue.messages import Message, UnknownConversation

pytestmark = pytest.mark.usefixtures("model")


async def ask(assistant: Assistant, text: str = "", payload: str = "") -> list[Message]:
    token, _ = await assistant.open()
    return await assistant.reply(token, text=text, payload=payload)


async def test_the_greeting_says_that_it_is_a_machine_and_who_to_call(assistant: Assistant) -> None:
    _, (greeting,) = await assistant.open()
    assert "robot" in greeting.text
    assert "112" in greeting.text
    assert len(greeting.buttons) >= 4


async def test_an_answer_has_buttons_that_work_and_dated_sources(assistant: Assistant) -> None:
    token, _ = await assistant.open()
    (answer,) = await assistant.reply(token, text="skal jeg betale moms")
    assert answer.topic == "moms"
    assert "50.000 kr." in answer.text
    assert "{" not in answer.text
    assert answer.sources[0]["checked"] == "2026-11-20"
    (next_answer,) = await assistant.reply(token, payload=answer.buttons[0]["payload"])
    assert f"/{next_answer.topic}" == answer.buttons[0]["payload"]


async def test_a_question_for_places_shows_them(assistant: Assistant) -> None:
    (answer,) = await ask(assistant, "hvor kan jeg sove i nat")
    assert answer.topic == "overnatning"
    assert {"id", "name", "phones", "open_now", "checked"} <= answer.services[0].keys()


async def test_an_area_narrows_the_places_or_says_that_it_could_not(assistant: Assistant) -> None:
    (answer,) = await ask(assistant, "er der et værested på nørrebro")
    assert any(service["area"] == "Nørrebro" for service in answer.services) or "Nørrebro" in answer.text


async def test_without_a_published_date_the_course_answer_says_so(assistant: Assistant) -> None:
    (answer,) = await ask(assistant, "hvornår er næste kursus om cvr")
    assert (answer.topic, answer.courses) == ("kursus", ())
    assert "ikke offentliggjort nogen dato" in answer.text


async def test_what_is_not_understood_gets_three_guesses_and_somebody_to_call(assistant: Assistant) -> None:
    (answer,) = await ask(assistant, "xqzw vvkj ngyf")
    assert answer.topic == "uden_for_emne"
    if answer.services:
        assert len(answer.buttons) == 3
        assert answer.services[0]["phones"][0]["number"] == "33 17 33 33"


async def test_personal_data_is_hidden_and_the_person_told(assistant: Assistant) -> None:
    token, _ = await assistant.open()
    notice, *_ = await assistant.reply(token, text="mit cpr er 010190-1234, kan jeg få kontanthjælp")
    assert "CPR-nummer" in notice.text
    (key,) = await assistant.engine.conversations.keys()
    tracker = await assistant.engine.conversations.retrieve(key)
    assert tracker is not None
    assert "010190" not in str([event.as_dict() for event in tracker.events])


@pytest.mark.parametrize(
    "text",
    ["/restart", "/ /restart", "/ /@x", "/session_start", "///", "/moms{", "//moms", "<b>moms</b>", "?", "\N{PILE OF POO}", "æ" * 1000],
)
async def test_odd_messages_are_answered_and_lose_nothing(assistant: Assistant, text: str) -> None:
    token, _ = await assistant.open()
    messages = await assistant.reply(token, text=text)
    assert messages[0].text
    (again,) = await assistant.reply(token, text="skal jeg betale moms")
    assert again.topic == "moms"


@pytest.mark.parametrize("payload", ["/findes_ikke", "moms", "/restart", "/moms{", "/nlu_fallback", "/../../etc/passwd", "/moms {}"])
async def test_a_button_that_is_none_is_answered_kindly(assistant: Assistant, payload: str) -> None:
    (answer,) = await ask(assistant, payload=payload)
    assert answer.text == "Den knap virker ikke længere. Skriv i stedet, hvad du vil vide."


async def test_conversations_are_apart_and_end_without_a_trace(assistant: Assistant) -> None:
    one, _ = await assistant.open()
    other, _ = await assistant.open()
    assert one != other
    await assistant.end(one)
    with pytest.raises(UnknownConversation):
        await assistant.reply(one, text="hej")
    assert await assistant.reply(other, text="hej")
    await assistant.end(other)
    assert len(assistant.engine.conversations) == 0


async def test_a_made_up_token_opens_nothing(assistant: Assistant) -> None:
    with pytest.raises(UnknownConversation):
        await assistant.reply("A" * 32, text="hej")


async def test_a_broken_model_leaves_the_running_one_and_its_conversations(assistant: Assistant, tmp_path: Path) -> None:
    token, _ = await assistant.open()
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    with pytest.raises(Exception, match="can not be loaded"):
        await assistant.load(broken)
    assert assistant.ready
    assert (await assistant.reply(token, text="skal jeg betale moms"))[0].topic == "moms"


async def test_a_new_model_takes_over_under_a_running_conversation(assistant: Assistant, model: Path) -> None:
    token, _ = await assistant.open()
    await assistant.load(model)
    assert (await assistant.reply(token, text="skal jeg betale moms"))[0].topic == "moms"


async def test_a_failing_action_is_answered_and_loses_no_conversation(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    token, _ = await assistant.open()

    async def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("sentinel")

    with monkeypatch.context() as patched:
        patched.setattr(assistant.engine._actions, "request", fail)
        (answer,) = await assistant.reply(token, text="hvor kan jeg sove i nat")
    assert "112" in answer.text
    assert (await assistant.reply(token, text="hvor kan jeg sove i nat"))[0].topic == "overnatning"
