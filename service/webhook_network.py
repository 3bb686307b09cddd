"""Which addresses a webhook may reach, checked at the moment of connecting.

A name is resolved once, its addresses are judged, and the connection goes to one that was judged: a second look-up
could give another answer (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Forbidden(httpcore.ConnectError):
    """All addresses of a host are private; the message names host and address."""


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the public Internet: not private, loopback, link-local, multicast or reserved.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) is as public as the one it carries.
    """
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if carried is not None:
            return is_public(carried)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


async def resolve(host: str, port: int, allowed: Sequence[Network]) -> list[Address]:
    """Return the addresses of a host that may be reached, in the resolver's order.

    Args:
        host: name or literal address.
        port: to be connected to.
        allowed: networks that may be reached although they are not public.

    Raises:
        Forbidden: when the host has addresses, but none that may be reached.
        httpcore.ConnectError: when the name cannot be resolved.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the host {host} cannot be resolved ({error})") from error
    # A scope (fe80::1%eth0) marks an address of one link.
    addresses = [ipaddress.ip_address(str(sockaddr[0]).split("%")[0]) for *_, sockaddr in found]
    permitted = [one for one in dict.fromkeys(addresses) if is_public(one) or any(one in net for net in allowed)]
    if not permitted:
        raise Forbidden(f"{host} has the address {addresses[0]}, which is not public")
    return permitted


class PublicNetwork(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, and to those of the networks that are allowed.

    TLS goes on from here with the name as it stands in the URL, so certificates are checked against it.
    """

    def __init__(self, allowed: Sequence[Network] = ()) -> None:
        self._allowed = tuple(allowed)
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that is permitted and answers.

        Raises:
            httpcore.ConnectError: when there is none.
        """
        failure: Exception | None = None
        for address in await resolve(host, port, self._allowed):
            try:
                return await self._backend.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: a webhook has no business with sockets of this machine."""
        raise Forbidden(f"the socket {path} is not public")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
