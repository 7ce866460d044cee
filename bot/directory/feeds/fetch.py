"""Fetching feeds from addresses that an admin has set, from servers that may be slow, broken or hostile."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, hdrs
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.directory.feeds.addresses import public_socket, refusal
from bot.directory.feeds.faults import FetchError, answered, broken

Progress = Callable[[int, int | None], None]

_TYPES = ("text/calendar", "application/json", "text/csv", "text/plain", "application/octet-stream")
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {hdrs.USER_AGENT: "Vejviser", hdrs.ACCEPT: ", ".join(_TYPES), hdrs.ACCEPT_ENCODING: "gzip"}
_LONGEST_VALIDATOR = 200


@dataclass(frozen=True)
class Fetched:
    """A feed as it stands now; `etag` and `last_modified` are for the next call, `url` is where it was found after redirects."""

    body: bytes = field(repr=False)
    etag: str | None
    last_modified: str | None
    content_type: str
    url: str = field(repr=False)


@dataclass(frozen=True)
class NotModified:
    """The feed is what it was; `etag` and `last_modified` are for the next call."""

    etag: str | None
    last_modified: str | None


class Fetcher:
    """Fetches feeds over one aiohttp session, to be used with `async with`.

    `max_bytes` counts after unpacking. `total_timeout` is for a whole fetch with its redirects, `read_timeout` for each silence,
    connecting included; both in seconds. `allow_private` opens intranets: private addresses, http and every port.
    `tls` is for servers whose certificates come from an authority of one's own, `resolver` for name servers of one's own.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        max_bytes: int = 10 * 2**20,
        max_redirects: int = 5,
        total_timeout: float = 60,
        read_timeout: float = 15,
        tls: ssl.SSLContext | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._total_timeout = total_timeout
        self._read_timeout = read_timeout
        self._tls = tls
        self._resolver = resolver

    async def __aenter__(self) -> Self:
        self._session = ClientSession(
            connector=TCPConnector(
                ssl=self._tls or True,
                resolver=self._resolver,
                use_dns_cache=False,
                force_close=True,
                socket_factory=None if self._allow_private else public_socket,
            ),
            cookie_jar=DummyCookieJar(),
            headers=_HEADERS,
            timeout=ClientTimeout(total=None, sock_connect=self._read_timeout, sock_read=self._read_timeout),
            trust_env=False,
        )
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._session.close()

    async def fetch(
        self, url: str, etag: str | None = None, last_modified: str | None = None, on_progress: Progress | None = None
    ) -> Fetched | NotModified:
        """The feed at `url`, or NotModified when it is still the one that `etag` or `last_modified` came with.

        `on_progress` is told the bytes received so far and, when the server says it, how many there will be.
        Raises FetchError for everything that can go wrong outside.
        """
        start = _parsed(url)
        if reason := refusal(start, http=self._allow_private, any_port=self._allow_private):
            raise FetchError(reason, retry=False)
        validators: dict[str, str | None] = {hdrs.IF_NONE_MATCH: etag, hdrs.IF_MODIFIED_SINCE: last_modified}
        sent = {name: value for name, value in validators.items() if value}
        try:
            async with asyncio.timeout(self._total_timeout):
                return await self._follow(start, sent, on_progress or (lambda received, declared: None))
        except TimeoutError as error:
            raise broken(start, error) from None

    async def _follow(self, start: URL, validators: Mapping[str, str], on_progress: Progress) -> Fetched | NotModified:
        path = [start]
        while len(path) <= self._max_redirects + 1:
            answer = await self._ask(path[-1], validators, on_progress)
            if not isinstance(answer, URL):
                return answer
            if answer in path:
                raise FetchError(f"{start.host} sender videre i ring. Sig det til dem, der driver siden.", retry=False)
            path.append(answer)
        raise FetchError(f"{start.host} sender videre for mange gange. Find den adresse, det ender på.", retry=False)

    async def _ask(self, url: URL, validators: Mapping[str, str], on_progress: Progress) -> Fetched | NotModified | URL:
        try:
            async with self._session.get(url, headers=validators, allow_redirects=False) as response:
                if response.status in _REDIRECTS:
                    return self._target(response)
                if response.status == 304 and validators:
                    return NotModified(
                        _validator(response, hdrs.ETAG) or validators.get(hdrs.IF_NONE_MATCH),
                        _validator(response, hdrs.LAST_MODIFIED) or validators.get(hdrs.IF_MODIFIED_SINCE),
                    )
                if response.status != 200:
                    raise answered(url, response.status, response.headers)
                return await self._body(response, on_progress)
        # From None: what aiohttp says holds the whole address, and with it the secrets of its query.
        except (ClientError, OSError, UnicodeError) as error:
            raise broken(url, error) from None

    def _target(self, response: ClientResponse) -> URL:
        before = response.url
        after = before.join(_parsed(response.headers.get(hdrs.LOCATION, "")))
        reason = refusal(after, http=self._allow_private and before.scheme == "http", any_port=self._allow_private)
        if reason:
            raise FetchError(f"{before.host} sender videre til en anden adresse. {reason}", retry=False)
        return after

    async def _body(self, response: ClientResponse, on_progress: Progress) -> Fetched:
        if response.content_type not in _TYPES:
            raise FetchError(
                f"{response.url.host} giver noget andet end en kalender, JSON eller CSV. Åbn adressen i en browser, og se efter.",
                retry=False,
            )
        declared = response.content_length
        self._measure(response.url, declared or 0)
        # What the header counts when the body is packed is not what is received.
        expected = None if hdrs.CONTENT_ENCODING in response.headers else declared
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            self._measure(response.url, len(body))
            on_progress(len(body), expected)
        etag, last_modified = _validator(response, hdrs.ETAG), _validator(response, hdrs.LAST_MODIFIED)
        return Fetched(bytes(body), etag, last_modified, response.content_type, str(response.url))

    def _measure(self, url: URL, size: int) -> None:
        if size > self._max_bytes:
            most = f"{self._max_bytes:,}".replace(",", ".")
            raise FetchError(f"{url.host} sender mere end {most} byte, og så meget tager vi ikke imod.", retry=False)


def _parsed(url: str) -> URL:
    try:
        return URL(url).with_fragment(None)
    except ValueError:
        raise FetchError("Adressen kan ikke læses. Kopiér den igen fra siden.", retry=False) from None


def _validator(response: ClientResponse, name: str) -> str | None:
    """A header that comes back with the next request; one that a header or a database could not take is dropped."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= _LONGEST_VALIDATOR else None
