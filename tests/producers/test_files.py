from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from producers.documents import Reading
from producers.files import Found, NoSuchSource, Unreadable, read_file
from producers.sources import Sources


def read(*paths: Path | str, stdin: bytes = b"") -> list[Found | Unreadable]:
    with Sources(Reading(), lambda: None) as sources:
        return list(sources.read([str(path) for path in paths], io.BytesIO(stdin)))  # type: ignore[arg-type]


def test_a_text_takes_its_metadata_from_the_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfThey met.")
    (tmp_path / "a.json").write_text('{"published_at": "2025-06-26"}')
    assert read(tmp_path) == [
        Found(str(tmp_path / "a.txt"), {"published_at": "2025-06-26", "text": "They met."}),
    ]
    assert list(read_file(tmp_path / "a.txt", sidecar=False)) == [Found(str(tmp_path / "a.txt"), {"text": "They met."})]


def test_a_directory_is_read_in_order_and_in_depth(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.jsonl").write_text('{"text": "2"}\n\n{"text": "3"}\n')
    (tmp_path / "a.txt").write_text("1")
    assert [item.row["text"] for item in read(tmp_path)] == ["1", "2", "3"]  # type: ignore[union-attr, index]


def test_bad_lines_are_named_and_the_lines_after_them_are_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b'{"text": "1"}\n{"text": \n\xff\xfe\n{"text": "4"}\n')
    first, broken, binary, last = read(file)
    assert (first, last) == (Found(f"{file}:1", {"text": "1"}), Found(f"{file}:4", {"text": "4"}))
    assert isinstance(broken, Unreadable)
    assert broken.origin == f"{file}:2"
    assert broken.reason.startswith("not JSON")
    assert isinstance(binary, Unreadable)
    assert "not UTF-8: byte 0xff at position 0" in binary.reason


def test_json_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    assert isinstance(read("-", stdin=b'{"text": ' + b"[" * 200_000)[0], Unreadable)


def test_standard_input_may_be_rows_or_one_text() -> None:
    rows = b'{"text": "1"}\n{"text": "2"}\n'
    assert read("-", stdin=rows) == [Found("stdin:1", {"text": "1"}), Found("stdin:2", {"text": "2"})]
    assert read("-", stdin=b"They met.\nThen left.") == [Found("stdin", {"text": "They met.\nThen left."})]


def test_a_broken_sidecar_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They met.")
    (tmp_path / "a.json").write_text("[1]")
    assert read(tmp_path) == [Unreadable(str(tmp_path / "a.json"), "a sidecar must be a JSON object")]


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_nothing_to_read_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoSuchSource, match=r"does not exist|holds no"):
        read(tmp_path / name)


def test_seeds_carry_their_publication_date() -> None:
    seeds = read(Path(__file__).parents[2] / "seeds")
    assert [json.loads(json.dumps(item.row))["published_at"] for item in seeds if isinstance(item, Found)] == [
        "2025-06-26"
    ]
