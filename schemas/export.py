"""Write the JSON Schema of each record and the AsyncAPI document of the topics: `python -m schemas.export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schemas.article import Article
from schemas.asyncapi import asyncapi
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from schemas.record import Record
from schemas.report import Report
from schemas.topics import ARTICLES, DEAD_LETTERS, EVENTS, MENTIONS, REPORTS, WINDOWS, Topic
from schemas.window import ActivityWindow, Window

FOLDER = Path(__file__).parent / "published"

RECORDS: dict[str, tuple[Topic, type[Record]]] = {
    "article": (ARTICLES, Article),
    "mention": (MENTIONS, Mention),
    "mention-retraction": (MENTIONS, MentionRetraction),
    "report": (REPORTS, Report),
    "event": (EVENTS, Event),
    "window": (WINDOWS, Window),
    "activity-window": (WINDOWS, ActivityWindow),
    "dead-letter": (DEAD_LETTERS, DeadLetter),
}
"""Each kind of record that others may read or write, and the topic that carries it."""


def documents() -> dict[str, dict[str, Any]]:
    """Return every published document by its file name."""
    schemas = {f"{kind}.schema.json": _schema(kind, record) for kind, (_, record) in RECORDS.items()}
    return {**schemas, "asyncapi.json": asyncapi({kind: topic for kind, (topic, _) in RECORDS.items()})}


def _schema(kind: str, record: type[Record]) -> dict[str, Any]:
    schema = record.model_json_schema(mode="serialization")
    if kind != "article":  # articles come from outside, and a slip in one is refused; the others may grow
        _open(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _open(schema: dict[str, Any]) -> None:
    """Allow further properties: a consumer has to ignore what a later release adds."""
    for one in (schema, *schema.get("$defs", {}).values()):
        if one.get("additionalProperties") is False:
            del one["additionalProperties"]


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
