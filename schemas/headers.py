"""CloudEvents headers (binary content mode of the Kafka protocol binding 1.0.2) that every message carries."""

from __future__ import annotations

from schemas.topics import CONTENT_TYPE


def message_headers(kind: str, identifier: str, stage: str) -> list[tuple[str, bytes]]:
    """Return the headers of one message.

    Args:
        kind: the record's name in lower case, such as `article`.
        identifier: unique within the stage; CloudEvents `id`.
        stage: what sent it, such as `producer` or `extract`; becomes the CloudEvents `source`.
    """
    return [
        ("ce_specversion", b"1.0"),
        ("ce_type", f"dateline.{kind}.v1".encode()),
        ("ce_source", f"/dateline/{stage}".encode()),
        ("ce_id", identifier.encode("utf-8")),
        ("content-type", CONTENT_TYPE.encode()),
    ]
