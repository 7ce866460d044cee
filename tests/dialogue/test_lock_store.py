import asyncio
import gc

from bot.dialogue.lock_store import ConversationLockStore


async def test_messages_of_one_conversation_wait_for_each_other_and_leave_nothing() -> None:
    locks, order = ConversationLockStore(), []

    async def turn(name: str, first: asyncio.Event | None = None) -> None:
        async with locks.lock("a"):
            order.append(f"{name} begins")
            if first:
                first.set()
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    began = asyncio.Event()
    one = asyncio.create_task(turn("one", began))
    await began.wait()
    await asyncio.gather(one, turn("two"))
    assert order == ["one begins", "one ends", "two begins", "two ends"]
    del one
    gc.collect()
    assert len(locks) == 0


async def test_conversations_do_not_wait_for_one_another() -> None:
    locks = ConversationLockStore()
    async with asyncio.timeout(5), locks.lock("a"), locks.lock("b"):
        assert len(locks) == 2
