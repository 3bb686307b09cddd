"""One attempt, against receivers that behave and that do not."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from service.webhook_sender import Outcome, WebhookSender
from service.webhook_signature import BadSecret, new_secret, secret_bytes
from tests.service.receivers import CLOSES, FAILS, GARBAGE, GONE, HANGS, OK, Answer, Receiver, in_turn, receiver

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
SECRET = new_secret()
BODY = '{"type":"event","data":{"title":"Überschwemmung"}}'.encode()


async def attempt(url: str, allowed: Any = LOOPBACK, within: float = 5.0) -> Outcome:
    sender = WebhookSender(time.time, allowed, within)
    try:
        return await sender.send(url, SECRET, "m_1", BODY)
    finally:
        await sender.close()


def answered(answer: Answer, within: float = 5.0) -> tuple[Outcome, Receiver]:
    async def scenario() -> tuple[Outcome, Receiver]:
        async with receiver(in_turn(answer)) as one:
            return await attempt(one.url, within=within), one

    return asyncio.run(scenario())


def test_what_arrives_passes_the_check_of_the_specification_s_own_library() -> None:
    outcome, one = answered(OK)
    assert outcome == Outcome()
    (delivery,) = one.deliveries
    assert delivery.body == BODY
    assert delivery.headers["content-type"] == "application/json"
    Webhook(SECRET).verify(delivery.body, delivery.headers)
    for spoilt in ({"webhook-id": "m_2"}, {"webhook-timestamp": str(int(time.time()) - 60)}):
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(delivery.body, delivery.headers | spoilt)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(delivery.body, delivery.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(delivery.body + b" ", delivery.headers)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (FAILS, "answered 500"),
        (b"HTTP/1.1 199 Odd\r\n\r\n", ""),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", "answered 304"),
        (CLOSES, "RemoteProtocolError"),
        (GARBAGE, "RemoteProtocolError"),
        (b"HTTP/1.1 2", "RemoteProtocolError"),
    ],
)
def test_anything_but_2xx_is_a_failure_that_says_why(answer: bytes, words: str) -> None:
    outcome, _ = answered(answer)
    assert outcome.failure is not None
    assert words in outcome.failure
    assert not outcome.gone


def test_a_receiver_that_hangs_is_given_up() -> None:
    outcome, _ = answered(HANGS, within=0.3)
    assert outcome.failure == "no answer within 0.3 s"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nand then nothing",
        b"HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n" + b"ffff\r\n" + b"x" * 65_535 + b"\r\n",
    ],
)
def test_the_status_alone_counts_however_the_body_ends(answer: bytes) -> None:
    assert answered(answer)[0] == Outcome()


def test_a_receiver_that_is_gone_says_so_and_one_that_is_busy_says_for_how_long() -> None:
    assert answered(GONE)[0].gone
    busy = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n"
    assert answered(busy % b"120")[0].asked == 120
    assert answered(busy % b"soon")[0].asked == 0
    assert answered(busy % b"Wed, 21 Oct 2015 07:28:00 GMT")[0].asked == 0


def test_a_redirect_is_told_and_not_followed() -> None:
    async def scenario() -> None:
        async with receiver() as private:
            moved = f"HTTP/1.1 307 Moved\r\nLocation: {private.url}\r\nContent-Length: 0\r\n\r\n".encode()
            async with receiver(in_turn(moved)) as one:
                outcome = await attempt(one.url)
            assert outcome.failure == f"answered 307 to {private.url}, and redirects are not followed"
            assert private.deliveries == []

    asyncio.run(scenario())


def test_nothing_is_sent_to_an_address_that_is_not_public() -> None:
    async def scenario() -> None:
        async with receiver() as one:
            for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"):
                outcome = await attempt(f"http://{host}:{one.port}/", allowed=())
                assert "which is not public" in (outcome.failure or ""), host
            assert one.deliveries == []
            outcome = await attempt(f"http://localhost:{one.port}/")
            assert outcome == Outcome()
            assert one.deliveries[0].headers["host"] == f"localhost:{one.port}"

    asyncio.run(scenario())


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "c2hvcnQ=", "whsec_ä", "whsec_" + "QUFB" * 30])
def test_what_is_no_secret_is_refused(secret: str) -> None:
    with pytest.raises(BadSecret):
        secret_bytes(secret)
