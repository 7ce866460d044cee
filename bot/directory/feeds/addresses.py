"""Which addresses on the net we fetch from: those that anybody on the internet can reach."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp import AddrInfoType
from yarl import URL

_GLOBAL_UNICAST = ip_network("2000::/3")
# Both may hide an IPv4 address: https://www.rfc-editor.org/rfc/rfc6052 (in use on nets without IPv4), rfc7526 (given up).
_NAT64 = ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ip_network("2002::/16")
# Python 3.11 counts only a part of it as private: https://www.rfc-editor.org/rfc/rfc6890
_PROTOCOLS = ip_network("192.0.0.0/24")


class NotPublicError(OSError):
    """Somebody's own network. The message never varies: aiohttp keeps the type only when all addresses of a host fail alike."""

    def __init__(self) -> None:
        super().__init__("not a public address")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether `address` belongs to one machine on the open internet, as IANA's special-purpose registries have it.

    Private, loopback, link-local, multicast, reserved, carrier's (100.64.0.0/10) and IPv4-mapped addresses do not.
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and address not in _PROTOCOLS
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and address in _GLOBAL_UNICAST and address not in _SIX_TO_FOUR


def public_socket(target: AddrInfoType) -> socket.socket:
    """The socket for a connection to `target`, a row of `getaddrinfo`.

    aiohttp asks for it with the very address it then connects to, literal or looked up, so a name server that changes its answer
    gains nothing. Raises NotPublicError.
    """
    family, kind, protocol, _, where = target
    try:
        address = ip_address(where[0])
    except ValueError:  # a name would be looked up once more
        raise NotPublicError from None
    if not is_public(address):
        raise NotPublicError
    return socket.socket(family, kind, protocol)


def refusal(url: URL, *, http: bool, any_port: bool) -> str | None:
    """What is wrong with `url`, in Danish, or None; `http` and `any_port` say whether those will do."""
    if not (url.scheme == "https" or (http and url.scheme == "http")):
        return "Adressen skal begynde med https://."
    if not url.host:
        return "Adressen mangler et navn efter https://."
    if url.raw_user is not None or url.raw_password is not None:
        return "Adressen indeholder et brugernavn eller en adgangskode. Skriv den uden."
    if not (any_port or url.is_default_port()):
        return f"Adressen har portnummeret {url.port}. Brug en adresse uden portnummer."
    return None
