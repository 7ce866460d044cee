from __future__ import annotations

import asyncio
import gzip
import ssl
import traceback
import tracemalloc
from datetime import timedelta

import pytest

from bot.directory.feeds.faults import FetchError
from bot.directory.feeds.fetch import Fetched, Fetcher, NotModified
from tests.directory.feeds.conftest import CALENDAR, Fetchers, Lookup, Server, answer, then_silence

HIDDEN = "hemmelig"
FEED = f"https://feeds.example/feed?token={HIDDEN}"
MEGABYTE = 2**20


def redirect(target: str) -> bytes:
    return answer(b"", "302 Found", Location=target)


async def fault(fetcher: Fetcher, url: str = FEED) -> FetchError:
    """What fetching `url` ends in, after a look at whether it could give away the address' secrets in a log."""
    async with fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(url)
    assert HIDDEN not in "".join(traceback.format_exception(caught.value))
    assert str(caught.value).endswith(".")
    return caught.value


async def fetched(fetcher: Fetcher, url: str = FEED) -> Fetched:
    async with fetcher:
        found = await fetcher.fetch(url)
    assert isinstance(found, Fetched)
    return found


async def test_a_feed_comes_with_what_the_next_request_needs(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer(ETag='"1"', Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT")

    assert await fetched(fetcher()) == Fetched(CALENDAR, '"1"', "Fri, 20 Nov 2026 10:00:00 GMT", "text/calendar", FEED)


async def test_an_unchanged_feed_is_not_sent_again(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = b'HTTP/1.1 304 Not Modified\r\nETag: "2"\r\n\r\n'

    async with fetcher() as client:
        found = await client.fetch(FEED, etag='"1"', last_modified="Fri, 20 Nov 2026 10:00:00 GMT")

    assert found == NotModified('"2"', "Fri, 20 Nov 2026 10:00:00 GMT")
    assert site.requests[0].headers["If-None-Match"] == '"1"'
    assert site.requests[0].headers["If-Modified-Since"] == "Fri, 20 Nov 2026 10:00:00 GMT"


async def test_unchanged_is_no_answer_to_a_first_request(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"

    assert "304" in str(await fault(fetcher()))
    assert not {"If-None-Match", "If-Modified-Since"} & set(site.requests[0].headers)


@pytest.mark.parametrize("etag", ['"æ"', '"a\tb"', '"' + "x" * 300 + '"'])
async def test_a_validator_that_could_not_be_stored_or_sent_is_dropped(site: Server, fetcher: Fetchers, etag: str) -> None:
    site.pages["/feed"] = answer(ETag=etag)

    assert (await fetched(fetcher())).etag is None


async def test_nothing_about_us_travels_along(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer(b"", "302 Found", Location="/there", Set_Cookie="id=1; Path=/")
    site.pages["/there"] = answer(Set_Cookie="id=2; Path=/")

    async with fetcher() as client:
        await client.fetch(FEED)
        await client.fetch(FEED)

    assert len(site.requests) == 4
    for request in site.requests:
        assert request.headers["User-Agent"] == "Vejviser"
        assert set(request.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


async def test_a_proxy_in_the_environment_is_passed_by(site: Server, fetcher: Fetchers, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/feed"] = answer()

    assert (await fetched(fetcher())).body == CALENDAR


async def test_progress_is_told_against_what_was_declared(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer(b"x" * MEGABYTE)
    told: list[tuple[int, int | None]] = []

    async with fetcher() as client:
        await client.fetch(FEED, on_progress=lambda received, declared: told.append((received, declared)))

    assert len(told) > 1
    assert told == sorted(set(told))
    assert told[-1] == (MEGABYTE, MEGABYTE)


async def test_a_packed_feed_is_unpacked_and_its_length_not_taken_for_the_whole(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer(gzip.compress(CALENDAR), Content_Encoding="gzip")
    told: list[tuple[int, int | None]] = []

    async with fetcher() as client:
        found = await client.fetch(FEED, on_progress=lambda received, declared: told.append((received, declared)))

    assert isinstance(found, Fetched)
    assert found.body == CALENDAR
    assert told[-1] == (len(CALENDAR), None)


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\nContent-", answer()[:-10]], ids=["nothing", "headers", "body"])
@pytest.mark.parametrize("limit", ["read_timeout", "total_timeout"])
async def test_a_server_that_falls_silent_is_left(site: Server, fetcher: Fetchers, beginning: bytes, limit: str) -> None:
    site.pages["/feed"] = then_silence(beginning)

    error = await fault(fetcher(**{limit: 0.5}))

    assert len(site.requests) == 1
    assert "svarede ikke i tide" in str(error)
    assert error.retry


async def test_a_server_that_drips_for_ever_is_left(site: Server, fetcher: Fetchers) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    site.pages["/feed"] = drip

    assert "svarede ikke i tide" in str(await fault(fetcher(total_timeout=0.5)))
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    "cut",
    [answer()[:-10], answer(b"20\r\nBEGIN", Transfer_Encoding="chunked").replace(b"Content-Length: 9\r\n", b"")],
    ids=["counted", "chunked"],
)
async def test_a_feed_cut_off_is_not_taken_for_a_whole_one(site: Server, fetcher: Fetchers, cut: bytes) -> None:
    site.pages["/feed"] = cut

    error = await fault(fetcher())

    assert "afbrød" in str(error)
    assert error.retry


@pytest.mark.parametrize("nonsense", [b"", b"hej\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"x" * MEGABYTE, answer(Content_Encoding="gzip")])
async def test_what_is_no_http_is_a_fault(site: Server, fetcher: Fetchers, nonsense: bytes) -> None:
    site.pages["/feed"] = nonsense

    assert (await fault(fetcher())).retry


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "image/png", "application/xml"])
async def test_another_type_is_refused(site: Server, fetcher: Fetchers, kind: str) -> None:
    site.pages["/feed"] = answer(kind=kind)

    error = await fault(fetcher())

    assert "noget andet end en kalender, JSON eller CSV" in str(error)
    assert not error.retry


@pytest.mark.parametrize("kind", ["text/calendar; charset=utf-8", "application/json", "text/csv", "Text/Plain", "application/octet-stream"])
async def test_the_types_of_feeds_are_taken(site: Server, fetcher: Fetchers, kind: str) -> None:
    site.pages["/feed"] = answer(kind=kind)

    assert (await fetched(fetcher())).content_type == kind.split(";")[0].lower()


async def test_too_much_declared_is_refused_before_it_comes(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = then_silence(answer(b"", Content_Length=str(MEGABYTE + 1)))

    error = await fault(fetcher(max_bytes=MEGABYTE))

    assert "mere end 1.048.576 byte, og så meget" in str(error)
    assert not error.retry


async def test_too_much_undeclared_is_stopped_while_it_comes(site: Server, fetcher: Fetchers) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n")
        while True:
            writer.write(b"x" * 2**16)
            await writer.drain()
            await asyncio.sleep(0)  # draining alone would not let anybody else run

    site.pages["/feed"] = endless

    assert "mere end" in str(await fault(fetcher(max_bytes=MEGABYTE)))


async def test_a_feed_of_just_the_size_allowed_is_taken(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer()

    assert (await fetched(fetcher(max_bytes=len(CALENDAR)))).body == CALENDAR


async def test_a_gzip_bomb_is_stopped_before_it_fills_the_memory(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer(gzip.compress(bytes(100 * MEGABYTE)), Content_Encoding="gzip")

    tracemalloc.start()
    error = await fault(fetcher(max_bytes=MEGABYTE))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "mere end" in str(error)
    assert peak < 20 * MEGABYTE


async def test_redirects_are_followed_to_another_host(site: Server, fetcher: Fetchers, lookup: Lookup) -> None:
    lookup.answers["other.example"] = [["127.0.0.1"]]
    site.pages["/feed"] = redirect("https://other.example/there")
    site.pages["/there"] = answer()

    assert (await fetched(fetcher())).url == "https://other.example/there"


async def test_five_redirects_are_followed_and_six_are_too_many(site: Server, fetcher: Fetchers) -> None:
    site.pages = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": answer()}

    assert (await fetched(fetcher(), "https://feeds.example/1")).body == CALENDAR
    assert "for mange gange" in str(await fault(fetcher(), "https://feeds.example/0"))


@pytest.mark.parametrize("target", ["/there", "#here", FEED])
async def test_redirects_in_a_ring_are_left(site: Server, fetcher: Fetchers, target: str) -> None:
    site.pages = {"/feed": redirect(target), "/there": redirect(FEED)}

    assert "i ring" in str(await fault(fetcher()))
    assert len(site.requests) <= 2


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://feeds.example/there", "https://"),
        ("ftp://feeds.example/there", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https://feeds.example:8443/there", "portnummer"),
        (f"https://user:{HIDDEN}@feeds.example/there", "adgangskode"),
        (f"https://[::1/?{HIDDEN}", "kan ikke læses"),
    ],
)
async def test_a_redirect_obeys_the_rules_of_addresses(site: Server, fetcher: Fetchers, target: str, reason: str) -> None:
    site.pages = {"/feed": redirect(target), "/there": answer()}

    error = await fault(fetcher())

    assert reason in str(error)
    assert not error.retry
    assert len(site.requests) == 1


@pytest.mark.parametrize("target", ["https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://intern.example/"])
async def test_a_redirect_into_a_private_network_is_refused(site: Server, fetcher: Fetchers, lookup: Lookup, target: str) -> None:
    lookup.answers["intern.example"] = [["192.168.1.1"]]
    site.pages["/feed"] = redirect(target)

    error = await fault(fetcher())

    assert "internt netværk" in str(error)
    assert not error.retry


@pytest.mark.parametrize(
    ("status", "words", "retry"),
    [
        ("401 Unauthorized", "adgang", False),
        ("403 Forbidden", "adgang", False),
        ("404 Not Found", "findes ikke hos feeds.example", False),
        ("410 Gone", "for altid", False),
        ("418 Teapot", "418", False),
        ("204 No Content", "204", False),
        ("408 Request Timeout", "408", True),
        ("500 Internal Server Error", "har en fejl (500)", True),
        ("502 Bad Gateway", "har en fejl (502)", True),
    ],
)
async def test_a_status_says_what_to_do(site: Server, fetcher: Fetchers, status: str, words: str, retry: bool) -> None:
    site.pages["/feed"] = answer(b"", status, Retry_After="60")

    error = await fault(fetcher())

    assert words in str(error)
    assert error.retry is retry
    assert error.retry_after is None


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Fri, 20 Nov 2020 10:00:00 GMT", timedelta()),
        ("Fri, 20 Nov 2020 10:00:00 -0000", timedelta()),
        ("-5", None),
        ("9" * 5000, None),
        ("snart", None),
    ],
)
async def test_a_server_may_say_how_long_to_wait(site: Server, fetcher: Fetchers, status: str, header: str, wait: timedelta | None) -> None:
    site.pages["/feed"] = answer(b"", status, Retry_After=header)

    error = await fault(fetcher())

    assert error.retry
    assert error.retry_after == wait


async def test_a_server_may_say_until_when_to_wait(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer(b"", "503 Service Unavailable", Retry_After="Fri, 31 Dec 9999 23:59:59 GMT")

    wait = (await fault(fetcher())).retry_after

    assert wait is not None
    assert wait > timedelta(days=365)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"http://feeds.example/?{HIDDEN}", "https://"),
        (f"feeds.example/{HIDDEN}", "https://"),
        ("", "https://"),
        (f"https:///{HIDDEN}", "mangler et navn"),
        (f"https://[::1/{HIDDEN}", "kan ikke læses"),
        (f"https://bruger:{HIDDEN}@feeds.example/", "adgangskode"),
        (f"https://{HIDDEN}@feeds.example/", "adgangskode"),
        (f"https://feeds.example:22/{HIDDEN}", "portnummeret 22"),
    ],
)
async def test_an_address_that_breaks_the_rules_is_refused(site: Server, fetcher: Fetchers, url: str, words: str) -> None:
    assert words in str(await fault(fetcher(), url))
    assert site.connections == 0


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[fe80::1%25lo]",
        "169.254.169.254",
        "10.0.0.1",
        "[::]",
        "１２７.0.0.1",
    ],
)
async def test_a_private_address_written_out_is_refused(strict: Fetchers, host: str) -> None:
    error = await fault(strict(), f"https://{host}/?{HIDDEN}")

    assert "internt netværk" in str(error)
    assert not error.retry


@pytest.mark.parametrize("host", ["localhost", "0x7f000001", "0x7f.1"])
async def test_a_private_address_in_disguise_is_refused_by_what_the_machine_makes_of_it(client_tls: ssl.SSLContext, host: str) -> None:
    assert "internt netværk" in str(await fault(Fetcher(tls=client_tls), f"https://{host}/?{HIDDEN}"))


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0177.0.0.1", "[v1.a:b]", "x" * 70 + ".example"])
async def test_a_host_that_is_neither_name_nor_address_is_refused(client_tls: ssl.SSLContext, host: str) -> None:
    assert not (await fault(Fetcher(tls=client_tls), f"https://{host}/?{HIDDEN}")).retry


async def test_a_name_that_leads_to_a_private_address_is_never_connected_to(site: Server, strict: Fetchers) -> None:
    site.pages["/feed"] = answer()

    assert "internt netværk" in str(await fault(strict()))
    assert site.connections == 0


async def test_a_name_server_that_changes_its_answer_gains_nothing(site: Server, fetcher: Fetchers, lookup: Lookup) -> None:
    lookup.answers["feeds.example"] = [["127.0.0.1"], ["127.0.0.2"]]
    site.pages["/feed"] = redirect("/there")

    assert "internt netværk" in str(await fault(fetcher()))
    assert [request.path for request in site.requests] == ["/feed"]


async def test_a_name_with_only_private_addresses_of_both_kinds_is_refused(fetcher: Fetchers, lookup: Lookup) -> None:
    lookup.answers["feeds.example"] = [["10.0.0.1", "::1", "fd00::1"]]

    assert not (await fault(fetcher())).retry


async def test_a_name_that_leads_to_another_name_is_not_looked_up_again(fetcher: Fetchers, lookup: Lookup) -> None:
    lookup.answers["feeds.example"] = [["localhost"]]

    assert "internt netværk" in str(await fault(fetcher()))


async def test_a_name_that_nobody_knows_can_be_mended(fetcher: Fetchers) -> None:
    assert "stavet rigtigt" in str(await fault(fetcher(), f"https://ukendt.example/?{HIDDEN}"))


async def test_a_server_that_is_down_is_tried_again(fetcher: Fetchers, lookup: Lookup, unused_tcp_port: int) -> None:
    lookup.port = unused_tcp_port

    error = await fault(fetcher())

    assert "Forbindelsen til feeds.example" in str(error)
    assert error.retry


async def test_a_certificate_that_nobody_vouches_for_is_refused(site: Server, fetcher: Fetchers) -> None:
    site.pages["/feed"] = answer()

    assert "Den sikre forbindelse" in str(await fault(fetcher(tls=None)))
    assert site.requests == []


async def test_an_intranet_may_be_opened(plain_site: Server) -> None:
    plain_site.pages = {"/feed": redirect("/there"), "/there": answer()}

    assert (await fetched(Fetcher(allow_private=True), f"http://127.0.0.1:{plain_site.port}/feed")).body == CALENDAR


async def test_an_opened_intranet_may_redirect_on_a_port_of_its_own(site: Server, client_tls: ssl.SSLContext) -> None:
    site.pages = {"/feed": redirect("/there"), "/there": answer()}

    assert (await fetched(Fetcher(allow_private=True, tls=client_tls), f"https://127.0.0.1:{site.port}/feed")).body == CALENDAR


async def test_an_opened_intranet_still_never_falls_back_from_https(site: Server, plain_site: Server, client_tls: ssl.SSLContext) -> None:
    site.pages["/feed"] = redirect(f"http://127.0.0.1:{plain_site.port}/there")

    error = await fault(Fetcher(allow_private=True, tls=client_tls), f"https://127.0.0.1:{site.port}/feed?{HIDDEN}")

    assert "sender videre" in str(error)
    assert plain_site.connections == 0
