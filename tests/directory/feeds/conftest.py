"""A real HTTPS server that does what a test tells it to, and a fetcher that takes it for a public one."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple

import pytest
import trustme
from aiohttp.abc import AbstractResolver, ResolveResult
from multidict import CIMultiDict

from bot.directory.feeds import addresses
from bot.directory.feeds.addresses import is_public
from bot.directory.feeds.fetch import Fetcher

HOST = "feeds.example"
Page = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


class Request(NamedTuple):
    """What a client asked for."""

    path: str
    headers: CIMultiDict[str]


class Server:
    """Answers each path with the bytes in `pages`, or lets a page write its answer, or say nothing for ever, itself."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def serving(self, tls: ssl.SSLContext | None) -> AsyncIterator[Server]:
        """The server while it listens on 127.0.0.1, at a port that is free."""
        listening = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=tls)
        self.port = listening.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            listening.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._tasks.add(asyncio.get_running_loop().create_task(self._answer(reader, writer)))

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            asked, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("ascii").strip().split("\r\n")
            path = asked.split()[1].split("?")[0]
            self.requests.append(Request(path, CIMultiDict(tuple(line.split(": ", 1)) for line in fields)))
            page = self.pages[path]
            if isinstance(page, bytes):
                writer.write(page)
                await writer.drain()
            else:
                await page(writer)


class Lookup(AbstractResolver):
    """A name server that says what a test wants: each lookup of a name takes the next of its answers, the last for good."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, list[list[str]]] = {HOST: [["127.0.0.1"]]}

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        if host not in self.answers:
            raise OSError("unknown")
        answers = self.answers[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=self.port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    async def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST, "other.example", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def client_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
async def server(server_tls: ssl.SSLContext) -> AsyncIterator[Server]:
    async with Server().serving(server_tls) as server:
        yield server


@pytest.fixture
async def plain_server() -> AsyncIterator[Server]:
    async with Server().serving(None) as server:
        yield server


@pytest.fixture
async def lookup(server: Server) -> Lookup:
    return Lookup(server.port)


@pytest.fixture
def strict(client_tls: ssl.SSLContext, lookup: Lookup) -> Callable[..., Fetcher]:
    """A fetcher with every guard up, to which 127.0.0.1 is as private as it is."""
    return partial(Fetcher, tls=client_tls, resolver=lookup)


@pytest.fixture
def fetcher(strict: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Fetcher]:
    """A fetcher with every guard up, to which 127.0.0.1, and nothing else of our own, counts as the open internet."""

    def is_open(address: IPv4Address | IPv6Address) -> bool:
        return str(address) == "127.0.0.1" or is_public(address)

    monkeypatch.setattr(addresses, "is_public", is_open)
    return strict
