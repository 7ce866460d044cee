import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.tracker_store import ForgettingTrackerStore


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


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


async def test_the_longest_silent_go_first_when_it_is_full(store: ForgettingTrackerStore) -> None:
    for name in ("a", "b", "c", "a", "d"):
        await talk(store, tracker(name))
    assert await store.keys() == ["c", "a", "d"]


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
