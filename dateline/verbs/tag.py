"""`dateline tag`: one layer of the extraction alone, JSONL in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, get_args

import click

from dateline.command import Failure
from extraction.category import guess
from extraction.entities.tagger import find_entities
from extraction.timex import Domain, tag
from schemas.civil import DateError

Row = Mapping[str, Any]
Layer = Callable[[Row, str | None], dict[str, Any]]


@click.command("tag")
@click.option("--layer", type=click.Choice(["timex", "category", "entities"]), default="timex", show_default=True)
@click.option("--domain", type=click.Choice(get_args(Domain)), help="Kind of text; by default detected.")
def command(layer: str, domain: str | None) -> None:
    r"""Tag texts: JSONL on standard input, one JSON object a line on standard output.

    \b
    timex:     {doc_id, dct, text, language?, country?} to {doc_id, timexes: [{start, end, text, type, value, mod}]}
    category:  {id, text} to {id, type}; the type is null when the text has no word that the model knows
    entities:  {doc_id, text} to {doc_id, entities: [{start, end, type}]}, type PER, ORG or LOC

    \b
    Example:
      echo '{"doc_id": "1", "dct": "2025-06-26", "text": "They met on Wednesday."}' | dateline tag
    """
    tag_row = _LAYERS[layer]
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            try:
                row = json.loads(line)
                result = tag_row(row, domain)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise Failure(f"stdin:{number}: {_reason(error)}") from error
            sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the field {error} is missing"
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return f"not JSON: {error}"
    if isinstance(error, DateError):
        return f"dct: {error}"
    return str(error)


def _timex(row: Row, domain: Any) -> dict[str, Any]:
    timexes = tag(
        row["text"],
        published_at=row.get("dct"),
        language=row.get("language"),
        country=row.get("country"),
        domain=domain,
    )
    fields = {"start", "end", "text", "type", "value", "mod"}
    return {"doc_id": row["doc_id"], "timexes": [timex.model_dump(include=fields) for timex in timexes]}


def _entities(row: Row, domain: Any) -> dict[str, Any]:
    if not isinstance(row["text"], str):
        raise TypeError("text: not a string")
    return {"doc_id": row["doc_id"], "entities": [entity._asdict() for entity in find_entities(row["text"])]}


def _category(row: Row, domain: Any) -> dict[str, Any]:
    if not isinstance(row["text"], str):
        raise TypeError("text: not a string")
    found = guess(row["text"], "en")
    return {"id": row["id"], "type": found.category if found else None}


_LAYERS: dict[str, Layer] = {"timex": _timex, "category": _category, "entities": _entities}
