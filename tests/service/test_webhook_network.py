from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any

import httpcore
import pytest

from service.webhook_network import Forbidden, PublicNetwork, is_public, resolve


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_of_private_loopback_and_local_networks_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def answers(*addresses: str) -> Any:
    async def getaddrinfo(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return getaddrinfo


def test_a_name_with_public_and_private_addresses_reaches_the_public_ones_only(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> list[str]:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answers("10.0.0.1", "8.8.8.8", "fe80::1%2"))
        return [str(address) for address in await resolve("example.org", 443, ())]

    assert asyncio.run(scenario()) == ["8.8.8.8"]


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that answers differently the second time is not asked a second time."""

    async def scenario() -> None:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        asked: list[str] = []

        async def rebinding(host: str, port: int, **_: Any) -> list[Any]:
            asked.append(host)
            address = "127.0.0.2" if len(asked) == 1 else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        only_second = (ipaddress.ip_network("127.0.0.2/32"),)
        with monkeypatch.context() as patched:
            patched.setattr(asyncio.get_running_loop(), "getaddrinfo", rebinding)
            # Nothing listens at 127.0.0.2: had the name been asked again, 127.0.0.1 would have answered.
            with pytest.raises(httpcore.ConnectError):
                await PublicNetwork(only_second).connect_tcp("example.org", port, timeout=2)
        assert asked == ["example.org"]
        server.close()

    asyncio.run(scenario())


def test_a_name_that_does_not_exist_is_an_error_of_its_own() -> None:
    with pytest.raises(httpcore.ConnectError, match="cannot be resolved") as error:
        asyncio.run(resolve("nothing.invalid", 80, ()))
    assert not isinstance(error.value, Forbidden)
