"""Keeps fetchers out of the machine and the network they run in (CWE-918: server-side request forgery)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

import anyio
import httpcore


class Forbidden(httpcore.ConnectError):
    """An address that fetchers may not reach."""


_SHARED = ipaddress.ip_network("100.64.0.0/10")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the internet at large.

    Not public are loopback, private, link-local (clouds' metadata services), shared, multicast and reserved addresses,
    and those in which IPv6 wraps such an IPv4 address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _SHARED


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only.

    The name is resolved here and the connection made to the very address that was checked, so that a name server
    cannot answer one thing to the check and another to the connection.

    Args:
        allow_private: lets every address through; for one's own network, and tests.
    """

    def __init__(self, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(  # the signature is httpcore's
        self, host: str, port: int, timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:  # fmt: skip
        """Resolve, check and connect; the addresses of a name are tried in turn.

        Raises:
            Forbidden: when the name leads to an address that is not public.
            httpcore.ConnectError: when it leads nowhere, or nothing answers.
        """
        try:
            found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved: {error}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise Forbidden(f"{host} is {address}, which is no public address; --allow-private permits it")
        last: Exception = httpcore.ConnectError(f"the name {host} has no address")
        for address in addresses:
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)
