"""Why a feed could not be fetched, in words an admin can act on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientPayloadError,
    InvalidURL,
    hdrs,
)
from yarl import URL

from bot.directory.feeds.addresses import NotPublicError

_STATUSES = {
    401: "{host} vil ikke give adgang (401). Spørg dem, om adressen er åben for alle.",
    403: "{host} vil ikke give adgang (403). Spørg dem, om adressen er åben for alle.",
    404: "Adressen findes ikke hos {host} (404). Se efter, om den er flyttet.",
    410: "{host} har taget adressen ned for altid (410). Find en ny, eller slå den fra.",
    429: "{host} beder os om at vente (429). Vi prøver igen senere.",
}
_SERVER_ERROR = "{host} har en fejl ({status}). Vi prøver igen senere."
_ELSE = "{host} svarede {status}, og det kan vi ikke bruge. Se efter, om adressen er rigtig."
_PASSING = (408, 425, 429)
_WITH_RETRY_AFTER = (429, 503)


class FetchError(Exception):
    """A feed that could not be fetched.

    The message is a Danish sentence for an admin; it names the host, never the path or query, where secrets are kept.
    `retry`: whether it may go well later without anybody mending the address. `retry_after`: how long the server asks us to wait.
    """

    def __init__(self, message: str, *, retry: bool, retry_after: timedelta | None = None) -> None:
        self.retry = retry
        self.retry_after = retry_after
        super().__init__(message)


def answered(url: URL, status: int, headers: Mapping[str, str]) -> FetchError:
    """The fault that an HTTP answer with a `status` other than we asked for stands for."""
    sentence = _STATUSES.get(status, _SERVER_ERROR if status >= 500 else _ELSE)
    wait = waiting_time(headers.get(hdrs.RETRY_AFTER), datetime.now(UTC)) if status in _WITH_RETRY_AFTER else None
    return FetchError(sentence.format(host=url.host, status=status), retry=status >= 500 or status in _PASSING, retry_after=wait)


def broken(url: URL, error: Exception) -> FetchError:
    """The fault that an `error` of aiohttp or the network stands for."""
    match error:
        case TimeoutError():
            return FetchError(f"{url.host} svarede ikke i tide. Vi prøver igen senere.", retry=True)
        case ClientConnectorCertificateError() | ClientConnectorSSLError():
            return FetchError(f"Den sikre forbindelse til {url.host} kan ikke godkendes. Sig det til dem, der driver siden.", retry=True)
        case ClientConnectorDNSError():
            return FetchError(f"{url.host} kan ikke slås op. Se efter, om navnet er stavet rigtigt.", retry=True)
        case ClientConnectorError(os_error=NotPublicError()):
            return FetchError(f"{url.host} ligger på et internt netværk. Brug en adresse, der er åben på internettet.", retry=False)
        case InvalidURL() | UnicodeError():
            return FetchError("Adressen er ikke gyldig. Kopiér den igen fra siden.", retry=False)
        case ClientPayloadError():
            return FetchError(f"{url.host} afbrød, før alt var hentet. Vi prøver igen senere.", retry=True)
    return FetchError(f"Forbindelsen til {url.host} gik galt. Vi prøver igen senere.", retry=True)


def waiting_time(header: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After header says, seconds or a date, from `now` (with a time zone); None when it says nothing usable.

    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    if header is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", header):
        return timedelta(seconds=int(header))
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return max(timedelta(), (date if date.tzinfo else date.replace(tzinfo=UTC)) - now)
