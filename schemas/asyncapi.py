"""The AsyncAPI 3.0 document of the topics: a channel a topic, a message a record, names with the default prefix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.topics import CONTENT_TYPE, Topic

PREFIX = "dateline."

_HEADERS = ("ce_specversion", "ce_type", "ce_source", "ce_id", "content-type")
_TOMBSTONES = {
    "articles": "A null value withdraws the article.",
    "events": "A null value follows the last revision of an event that was retracted or merged into another.",
}


def asyncapi(topic_of: Mapping[str, Topic]) -> dict[str, Any]:
    """Return the document.

    Args:
        topic_of: the topic that carries each kind of record.
    """
    channels: dict[str, dict[str, Any]] = {}
    for kind, topic in topic_of.items():
        channel = channels.setdefault(topic.name, _channel(topic))
        channel["messages"][kind] = {"$ref": f"#/components/messages/{kind}"}
    operations = {
        f"receive-{name}": {"action": "receive", "channel": {"$ref": f"#/channels/{name}"}, "summary": f"Read {name}."}
        for name in channels
    }
    operations["send-articles"] = {
        "action": "send",
        "channel": {"$ref": "#/channels/articles"},
        "summary": "Put an article onto Kafka.",
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Dateline topics",
            "version": "1",
            "description": "What Dateline reads from and writes to Kafka. Within a version records only gain fields.",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": channels,
        "operations": operations,
        "components": {"messages": {kind: _message(kind, topic) for kind, topic in topic_of.items()}},
    }


def _channel(topic: Topic) -> dict[str, Any]:
    policy = topic.config["cleanup.policy"]
    description = f"key: {topic.key}; {policy}. {_TOMBSTONES.get(topic.name, '')}".strip()
    return {
        "address": topic.full_name(PREFIX),
        "description": description,
        "messages": {},
        "bindings": {"kafka": {"topicConfiguration": {"cleanup.policy": [policy]}, "bindingVersion": "0.5.0"}},
    }


def _message(kind: str, topic: Topic) -> dict[str, Any]:
    headers: dict[str, dict[str, Any]] = {name: {"type": "string"} for name in _HEADERS}
    headers["ce_specversion"]["const"] = "1.0"
    headers["ce_type"]["const"] = f"dateline.{'mention' if kind == 'mention-retraction' else kind}.v1"
    headers["content-type"]["const"] = CONTENT_TYPE
    return {
        "name": kind,
        "contentType": CONTENT_TYPE,
        "headers": {"type": "object", "required": list(_HEADERS), "properties": headers},
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-07",
            "schema": {"$ref": f"./{kind}.schema.json"},
        },
        "bindings": {"kafka": {"key": {"type": "string", "description": topic.key}, "bindingVersion": "0.5.0"}},
    }
