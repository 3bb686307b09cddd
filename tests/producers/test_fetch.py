from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib
from http.server import BaseHTTPRequestHandler

import pytest

from producers.fetch import Answer, Fetcher, FetchError, Limits
from producers.guard import is_public
from producers.politeness import Disallowed, Politeness
from tests.producers.conftest import Site, answer, redirect


def get(
    url: str, limits: Limits | None = None, allow_private: bool = True, headers: dict[str, str] | None = None
) -> Answer:
    async def run() -> Answer:
        async with Fetcher(allow_private, limits) as fetcher:
            return await fetcher.get(url, headers)

    return asyncio.run(run())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_addresses_of_this_machine_and_network_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_loopback_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(FetchError, match="no public address"):
        get(f"http://{host}:9/", allow_private=False)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "http://", "//x", "http://[::1", "gopher://x"]
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(FetchError):
        get(url)


def test_a_name_that_changes_its_address_is_asked_once_and_held_to_what_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.url.rpartition(":")[2])
    asked = []

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in names[len(asked) - 1]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    names = [["93.184.215.14"], ["127.0.0.1"]]  # a name server that answers the second question otherwise
    with pytest.raises(FetchError):
        get(f"http://rebound.example:{port}/", Limits(seconds=0.3), allow_private=False)
    assert len(asked) == 1
    asked.clear()
    names = [["93.184.215.14", "127.0.0.1"]]
    with pytest.raises(FetchError, match="no public address"):
        get(f"http://rebound.example:{port}/", Limits(seconds=0.3), allow_private=False)
    assert site.asked == []


@pytest.mark.parametrize("url", ["http://a..b.example/", "http://\u2603\u200d.example/", f"http://{'x' * 70}.example/"])
def test_a_host_that_cannot_be_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        get(url)


def test_a_redirect_is_followed_and_a_permanent_one_remembered(site: Site) -> None:
    site.pages |= {"/a": redirect("/b", 301), "/b": redirect("/c", 308), "/c": b"here", "/d": redirect("/a", 302)}
    assert (get(f"{site.url}/a").body, get(f"{site.url}/a").moved_to) == (b"here", f"{site.url}/c")
    assert get(f"{site.url}/d").moved_to is None


def test_redirects_that_never_end_or_leave_the_web_are_refused(site: Site) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a"), "/file": redirect("file:///etc/passwd")}
    site.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    with pytest.raises(FetchError, match="circle"):
        get(f"{site.url}/a")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        get(f"{site.url}/0")
    with pytest.raises(FetchError, match="only http"):
        get(f"{site.url}/file")


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_bodies_are_decompressed_within_the_limit(site: Site, coding: str, pack: object) -> None:
    site.pages |= {
        "/small": lambda handler: answer(handler, pack(b"words"), Content_Encoding=coding),  # type: ignore[operator]
        "/bomb": lambda handler: answer(handler, pack(b"0" * 50_000_000), Content_Encoding=coding),  # type: ignore[operator]
        "/cut": lambda handler: answer(handler, pack(b"words" * 99)[:-5], Content_Encoding=coding),  # type: ignore[operator]
        "/lie": lambda handler: answer(handler, b"plain words", Content_Encoding=coding),
        "/other": lambda handler: answer(handler, b"words", Content_Encoding="br"),
    }
    limits = Limits(body=1_000_000)
    assert get(f"{site.url}/small", limits).body == b"words"
    for path, reason in (("bomb", "larger"), ("cut", "too early"), ("lie", "not compressed"), ("other", "not asked")):
        with pytest.raises(FetchError, match=reason):
            get(f"{site.url}/{path}", limits)


def test_a_large_body_is_refused_by_what_it_says_and_by_what_it_is(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 1_000_000)

    site.pages |= {"/said": lambda handler: answer(handler, b"x" * 200_000), "/endless": endless}
    for path in ("said", "endless"):
        with pytest.raises(FetchError, match="larger than 100,000"):
            get(f"{site.url}/{path}", Limits(body=100_000))


def test_a_slow_server_is_left(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    site.pages["/drip"] = drip
    with pytest.raises(FetchError, match=r"within 0\.3 s"):
        get(f"{site.url}/drip", Limits(seconds=0.3))


def test_robots_txt_is_kept_to(site: Site) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /private\n", "/open": b"a", "/private/x": b"b"}

    async def run() -> None:
        async with Fetcher(allow_private=True) as fetcher:
            polite = Politeness(fetcher, pause=0.0)
            assert (await polite.get(f"{site.url}/open")).body == b"a"
            with pytest.raises(Disallowed, match=r"robots\.txt"):
                await polite.get(f"{site.url}/private/x")

    asyncio.run(run())
    assert site.asked == ["/robots.txt", "/open"]


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.pages |= {"/robots.txt": lambda handler: answer(handler, b"", 503), "/open": b"a"}

    async def run() -> None:
        async with Fetcher(allow_private=True) as fetcher:
            with pytest.raises(Disallowed):
                await Politeness(fetcher, pause=0.0).get(f"{site.url}/open")

    asyncio.run(run())
    assert site.asked == ["/robots.txt"]


def test_a_host_is_asked_one_thing_at_a_time(site: Site) -> None:
    at_once: list[int] = []
    open_now = 0

    def slow(handler: BaseHTTPRequestHandler) -> None:
        nonlocal open_now
        open_now += 1
        at_once.append(open_now)
        time.sleep(0.02)
        open_now -= 1
        answer(handler, b"")

    site.pages |= {f"/{n}": slow for n in range(5)}

    async def run() -> None:
        async with Fetcher(allow_private=True) as fetcher:
            polite = Politeness(fetcher, pause=0.0)
            await asyncio.gather(*(polite.get(f"{site.url}/{n}") for n in range(5)))

    asyncio.run(run())
    assert at_once == [1] * 5
