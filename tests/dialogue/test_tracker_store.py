import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.messages import Full, UnknownConversation
from bot.dialogue.tracker_store import ForgettingTrackerStore
from bot.privacy.limits import TooMany
from tests.clock import Clock
from tests.flooding import exhausted


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> ForgettingTrackerStore:
    return ForgettingTrackerStore(Domain.empty(), idle_timeout=60, max_conversations=3, max_events=12, clock=clock)


def tracker(name: str, turns: int = 1) -> DialogueStateTracker:
    slot = TextSlot("area", mappings=[{}])
    conversation = DialogueStateTracker(name, [slot])
    for number in range(turns):
        conversation.update(ActionExecuted("action_listen"))
        conversation.update(UserUttered(f"besked {number}", {"name": "moms"}))
        conversation.update(ActionExecuted("utter_moms"))
        conversation.update(BotUttered("svar"))
    return conversation


async def talk(store: ForgettingTrackerStore, conversation: DialogueStateTracker) -> None:
    """Opens the conversation if it is new, and saves it."""
    if not await store.exists(conversation.sender_id):
        await store.create_tracker(conversation.sender_id)
    await store.save(conversation)


async def test_what_is_forgotten_while_it_is_answered_stays_forgotten(store: ForgettingTrackerStore) -> None:
    conversation = await store.create_tracker("a")
    store.forget("a")
    await store.save(conversation)
    assert len(store) == 0


async def test_a_conversation_is_forgotten_after_silence(store: ForgettingTrackerStore, clock: Clock) -> None:
    await talk(store, tracker("a"))
    clock.now = 59
    assert await store.retrieve("a")
    clock.now = 60
    assert await store.retrieve("a") is None
    assert len(store) == 0


async def test_talking_starts_the_silence_anew(store: ForgettingTrackerStore, clock: Clock) -> None:
    await talk(store, tracker("a"))
    await talk(store, tracker("b"))
    clock.now = 30
    await talk(store, tracker("a"))
    clock.now = 70
    assert await store.keys() == ["a"]


async def test_when_it_is_full_the_oldest_in_which_nothing_was_said_makes_room(store: ForgettingTrackerStore) -> None:
    await store.create_tracker("a")
    await store.create_tracker("b")
    await store.create_tracker("c")
    assert await store.retrieve("a")

    await store.create_tracker("d")
    assert await store.keys() == ["a", "c", "d"]


async def test_who_talks_is_never_pushed_out(store: ForgettingTrackerStore, clock: Clock) -> None:
    for name in ("a", "b", "c"):
        await store.create_tracker(name)
        assert await store.retrieve(name)

    with pytest.raises(Full):
        await store.create_tracker("d")
    await store.create_tracker("a")
    assert await store.keys() == ["b", "c", "a"]
    clock.now = 60
    await store.create_tracker("d")
    assert await store.keys() == ["d"]


async def test_a_conversation_emptied_still_counts_as_talked_in(store: ForgettingTrackerStore) -> None:
    await store.create_tracker("a")
    assert await store.retrieve("a")
    await store.create_tracker("a")
    for name in ("b", "c", "d", "e"):
        await store.create_tracker(name)
    assert await store.keys() == ["a", "d", "e"]


async def test_a_script_that_talks_is_slowed_down_and_a_person_is_not(store: ForgettingTrackerStore, clock: Clock) -> None:
    await store.create_tracker("script")
    await store.create_tracker("person")
    said, wait = exhausted(lambda: store.take_turn("script"))

    assert said > 100
    for _ in range(50):
        store.take_turn("person")
    clock.now += wait
    store.take_turn("script")


async def test_how_fast_somebody_talks_is_forgotten_with_the_conversation(store: ForgettingTrackerStore) -> None:
    conversation = await store.create_tracker("a")
    exhausted(lambda: store.take_turn("a"))
    await store.save(conversation)
    with pytest.raises(TooMany):
        store.take_turn("a")

    store.forget("a")
    with pytest.raises(UnknownConversation):
        store.take_turn("a")
    await store.create_tracker("a")
    store.take_turn("a")


async def test_nobody_takes_a_turn_in_a_conversation_that_is_forgotten(store: ForgettingTrackerStore, clock: Clock) -> None:
    await store.create_tracker("a")
    clock.now = 60
    with pytest.raises(UnknownConversation):
        store.take_turn("a")


async def test_forgetting_leaves_nothing(store: ForgettingTrackerStore) -> None:
    await talk(store, tracker("a"))
    store.forget("a")
    store.forget("never there")
    assert len(store) == 0


async def test_only_the_last_whole_turns_are_kept(store: ForgettingTrackerStore) -> None:
    long = tracker("a", turns=10)
    await talk(store, long)
    texts = [event.text for event in long.events if isinstance(event, UserUttered)]
    assert texts == ["besked 7", "besked 8", "besked 9"]
    assert len(long.events) == 12


async def test_what_was_said_in_slots_outlives_the_turn_that_filled_them(store: ForgettingTrackerStore) -> None:
    long = tracker("a")
    long.update(SlotSet("area", "Nørrebro"))
    for event in tracker("b", turns=9).events:
        long.update(event)
    await talk(store, long)
    assert long.copy().get_slot("area") == "Nørrebro"


async def test_a_running_guide_outlives_the_turn_that_began_it(store: ForgettingTrackerStore) -> None:
    long = tracker("a")
    long.update(ActiveLoop("guide"))
    for event in tracker("b", turns=9).events:
        long.update(event)
    await talk(store, long)
    assert len(long.events) < 20
    assert long.copy().active_loop_name == "guide"
