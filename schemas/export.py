"""Write the JSON Schema of each record and the AsyncAPI document of the topics: `python -m schemas.export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schemas.article import Article
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from schemas.record import Record
from schemas.topics import ARTICLES, CONTENT_TYPE, DEAD_LETTERS, EVENTS, MENTIONS, WINDOWS, Topic
from schemas.window import Window

FOLDER = Path(__file__).parent / "published"
PREFIX = "dateline."

RECORDS: dict[str, tuple[Topic, type[Record]]] = {
    "article": (ARTICLES, Article),
    "mention": (MENTIONS, Mention),
    "mention-retraction": (MENTIONS, MentionRetraction),
    "event": (EVENTS, Event),
    "window": (WINDOWS, Window),
    "dead-letter": (DEAD_LETTERS, DeadLetter),
}
"""Each kind of record, and the topic that carries it."""

_HEADERS = {
    "type": "object",
    "required": ["ce_specversion", "ce_type", "ce_source", "ce_id", "content-type"],
    "properties": {
        name: {"type": "string"} for name in ("ce_specversion", "ce_type", "ce_source", "ce_id", "content-type")
    },
}


def documents() -> dict[str, dict[str, Any]]:
    """Return every published document by its file name."""
    schemas = {
        f"{kind}.schema.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **record.model_json_schema(mode="serialization"),
        }
        for kind, (_, record) in RECORDS.items()
    }
    return {**schemas, "asyncapi.json": asyncapi()}


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI 3.0 document: a channel a topic, a message a record, names with the default prefix."""
    channels: dict[str, dict[str, Any]] = {}
    messages: dict[str, dict[str, Any]] = {}
    operations: dict[str, dict[str, Any]] = {}
    for kind, (topic, _) in RECORDS.items():
        channel = channels.setdefault(
            topic.name,
            {
                "address": topic.full_name(PREFIX),
                "description": f"key: {topic.key}; {topic.config.get('cleanup.policy')}",
                "messages": {},
            },
        )
        channel["messages"][kind] = {"$ref": f"#/components/messages/{kind}"}
        messages[kind] = {
            "contentType": CONTENT_TYPE,
            "headers": _HEADERS,
            "payload": {"$ref": f"./{kind}.schema.json"},
        }
        operations[f"receive-{topic.name}"] = {
            "action": "receive",
            "channel": {"$ref": f"#/channels/{topic.name}"},
        }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Dateline topics", "version": "1"},
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages},
    }


def text_of(document: dict[str, Any]) -> str:
    """Return a document as it is written to its file."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all documents."""
    FOLDER.mkdir(exist_ok=True)
    for name, document in documents().items():
        (FOLDER / name).write_text(text_of(document), encoding="utf-8")


if __name__ == "__main__":
    main()
