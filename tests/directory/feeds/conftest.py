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
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
Page = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]
Fetchers = Callable[..., Fetcher]


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


def answer(body: bytes = CALENDAR, status: str = "200 OK", kind: str = "text/calendar", **headers: str) -> bytes:
    """An HTTP answer as bytes; `headers` with _ for -."""
    fields = {"Content-Type": kind, "Content-Length": str(len(body))} | {name.replace("_", "-"): text for name, text in headers.items()}
    return "".join([f"HTTP/1.1 {status}\r\n", *(f"{name}: {text}\r\n" for name, text in fields.items()), "\r\n"]).encode() + body


def then_silence(beginning: bytes) -> Page:
    """An answer that begins so and never ends."""

    async def page(writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        await writer.drain()
        await asyncio.Event().wait()

    return page


def server_side(authority: trustme.CA) -> ssl.SSLContext:
    """TLS for servers whose certificate comes from `authority`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST, "other.example", "127.0.0.1").configure_cert(context)
    return context


def client_side(authority: trustme.CA) -> ssl.SSLContext:
    """TLS for those who trust `authority`."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@contextlib.asynccontextmanager
async def reachable_site() -> AsyncIterator[tuple[Server, Fetchers]]:
    """A server at HOST, and a fetcher that reaches it, for tests of more than fetching."""
    authority = trustme.CA()
    async with Server().serving(server_side(authority)) as site:
        yield site, partial(Fetcher, allow_private=True, tls=client_side(authority), resolver=Lookup(site.port))


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    return server_side(authority)


@pytest.fixture(scope="session")
def client_tls(authority: trustme.CA) -> ssl.SSLContext:
    return client_side(authority)


@pytest.fixture
async def site(server_tls: ssl.SSLContext) -> AsyncIterator[Server]:
    async with Server().serving(server_tls) as site:
        yield site


@pytest.fixture
async def plain_site() -> AsyncIterator[Server]:
    async with Server().serving(None) as site:
        yield site


@pytest.fixture
async def lookup(site: Server) -> Lookup:
    return Lookup(site.port)


@pytest.fixture
def strict(client_tls: ssl.SSLContext, lookup: Lookup) -> Fetchers:
    """A fetcher with every guard up, to which 127.0.0.1 is as private as it is."""
    return partial(Fetcher, tls=client_tls, resolver=lookup)


@pytest.fixture
def fetcher(strict: Fetchers, monkeypatch: pytest.MonkeyPatch) -> Fetchers:
    """A fetcher with every guard up, to which 127.0.0.1, and nothing else of our own, counts as the open internet."""

    def is_open(address: IPv4Address | IPv6Address) -> bool:
        return str(address) == "127.0.0.1" or is_public(address)

    monkeypatch.setattr(addresses, "is_public", is_open)
    return strict
