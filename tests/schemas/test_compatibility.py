"""Within a version, records only gain: what the released schemas promise still holds."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemas.compatibility import broken
from schemas.export import FOLDER, RECORDS, documents

RELEASED = FOLDER.parent / "released" / "1"


def released(kind: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((RELEASED / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("kind", RECORDS)
def test_nothing_that_was_released_is_broken(kind: str) -> None:
    assert broken(released(kind), documents()[f"{kind}.schema.json"]) == []


def test_every_record_is_released() -> None:
    assert {file.name for file in RELEASED.iterdir()} == {f"{kind}.schema.json" for kind in RECORDS}


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(schema: dict[str, Any]) -> None:
        *steps, last = path.split("/")
        for step in steps:
            schema = schema[step]
        if value is None:
            del schema[last]
        else:
            schema[last] = value

    return change


def _drop_value(schema: dict[str, Any]) -> None:
    schema["properties"]["modality"]["enum"].remove("denied")


def _require(schema: dict[str, Any]) -> None:
    schema["properties"]["mood"] = {"type": "string"}
    schema["required"].append("mood")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_set("properties/title", None), "$.title: is gone"),
        (_set("properties/title/type", "integer"), "$.title: type was 'string' and is 'integer'"),
        (_set("properties/category", {"type": "string"}), "$.category: type was None and is 'string'"),
        (_set("$defs/When/properties/edtf", None), "$.when.edtf: is gone"),
        (_set("$defs/Place/properties/name/type", "object"), "$.places[].name: type was 'string' and is 'object'"),
        (_set("properties/confidence/maximum", 100), "$.confidence: maximum was 1 and is 100"),
        (_set("properties/sources/type", "string"), "$.sources: type was 'array' and is 'string'"),
        (_set("required", []), "$.event_id: was required, and is the opposite now"),
        (_drop_value, "$.modality: the value 'denied' is gone"),
        (_require, "$.mood: is new and required, so that earlier messages lack it"),
        (_set("additionalProperties", False), "$: additionalProperties was None and is False"),
        (_set("properties/title/enum", ["a"]), "$.title: is now restricted to a closed list"),
    ],
)
def test_a_change_that_is_no_addition_is_named(change: Callable[[dict[str, Any]], None], complaint: str) -> None:
    changed = copy.deepcopy(released("event"))
    change(changed)
    assert complaint in broken(released("event"), changed)


def test_additions_and_better_words_are_allowed() -> None:
    changed = copy.deepcopy(released("event"))
    changed["properties"]["mood"] = {"type": "string", "default": "calm"}
    changed["$defs"]["Place"]["properties"]["height"] = {"type": "number"}
    changed["properties"]["modality"]["enum"].append("rumoured")
    changed["properties"]["title"]["description"] = "what happened, in a line"
    assert broken(released("event"), changed) == []


def test_the_rule_reads_every_schema_that_is_published() -> None:
    """A keyword that the rule does not know would be compared as a whole: it must hold for each with itself."""
    for file in Path(FOLDER).glob("*.schema.json"):
        document = json.loads(file.read_text(encoding="utf-8"))
        assert broken(document, copy.deepcopy(document)) == []
