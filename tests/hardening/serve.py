"""The real server for tests/hardening, with every log open, some errors made to happen, and all it does to the machine noted.

`python -m tests.hardening.serve FILE` notes in FILE, as JSON lines, what is opened for writing and whom it calls. Nobody but this
machine can be called.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

_CALLS = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.posix_spawn")

# Words in a message that make something fail with an error that repeats the message.
BREAK_PAGE, BREAK_UNDERSTANDING, BREAK_ACTION = "gåistykkerside", "gåistykkerforståelse", "gåistykkerhandling"


def watch(file: str) -> None:
    """Notes in `file` what the process opens for writing and whom it calls, and refuses calls to other machines."""
    notes = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            os.write(notes, json.dumps([event, str(arguments[0])]).encode() + b"\n")
        elif event in _CALLS:
            os.write(notes, json.dumps([event, repr(arguments[1:] if event.startswith("socket.") else arguments)]).encode() + b"\n")
            if event in ("socket.connect", "socket.sendto") and not _is_here(arguments[1]):
                raise PermissionError("no way out")

    sys.addaudithook(note)


def _is_here(address: object) -> bool:
    return isinstance(address, tuple) and ipaddress.ip_address(address[0]).is_loopback


def break_on(owner: type, name: str, word: str) -> None:
    """Makes the coroutine method `name` of `owner` raise an error that holds its arguments when one of them holds `word`."""
    original: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def call(self: object, *args: Any, **kwargs: Any) -> Any:
        said = repr([getattr(value, "text", value) for value in (*args, *kwargs.values())])
        if word in said:
            raise ValueError(said)
        return await original(self, *args, **kwargs)

    setattr(owner, name, call)


def main() -> None:
    """Serves as `bot serve` does."""
    logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s %(message)s")
    watch(sys.argv.pop(1))
    from rasa.core.processor import MessageProcessor

    from bot.cli import run
    from bot.dialogue.assistant import Assistant
    from bot.dialogue.local_actions import LocalActionEndpoint

    break_on(Assistant, "reply", BREAK_PAGE)
    break_on(MessageProcessor, "parse_message", BREAK_UNDERSTANDING)
    break_on(LocalActionEndpoint, "request", BREAK_ACTION)
    sys.argv.append("serve")
    run()


if __name__ == "__main__":
    main()
