"""Sign deliveries as the Standard Webhooks specification says (1.0.0, symmetric: HMAC-SHA256, `v1`)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

_PREFIX = "whsec_"
_NEW_BYTES = 32
_FEWEST_BYTES = 24
_MOST_BYTES = 64


class BadSecret(ValueError):
    """A text that is no secret of the specification."""


def new_secret() -> str:
    """Return a fresh random secret."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_NEW_BYTES)).decode()


def secret_bytes(secret: str) -> bytes:
    """Return the bytes of a secret.

    Raises:
        BadSecret: when it is not `whsec_` and the base64 of 24 to 64 bytes.
    """
    try:
        if not secret.startswith(_PREFIX):
            raise ValueError
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (ValueError, binascii.Error):
        raise BadSecret(f"a secret is {_PREFIX} and the base64 of {_FEWEST_BYTES} to {_MOST_BYTES} bytes") from None
    if not _FEWEST_BYTES <= len(key) <= _MOST_BYTES:
        raise BadSecret(f"a secret has {_FEWEST_BYTES} to {_MOST_BYTES} bytes, and this one {len(key)}")
    return key


def signed_headers(secret: str, message_id: str, second: int, body: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers that identify, date and sign one attempt.

    Args:
        secret: of the subscription.
        message_id: the same at every attempt; without a full stop, which separates what is signed.
        second: Unix second of the attempt.
        body: exactly the bytes that are posted.
    """
    content = f"{message_id}.{second}.".encode() + body
    digest = hmac.new(secret_bytes(secret), content, hashlib.sha256).digest()
    return [
        (b"webhook-id", message_id.encode()),
        (b"webhook-timestamp", str(second).encode()),
        (b"webhook-signature", b"v1," + base64.b64encode(digest)),
    ]
