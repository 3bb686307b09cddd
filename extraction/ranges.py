"""Expressions that bound one interval: "between January and April 2017", "vom 3. bis 5. Mai"."""

from __future__ import annotations

import re

from schemas.when import Timex, When

_TO, _BIS = re.compile(r"\s*(?:to|until|till|through|–|-)\s*"), re.compile(r"\s*(?:bis|–|-)\s*(?:zum\s+)?")
_JOINTS = {
    "between": re.compile(r"\s+and\s+"),
    "from": _TO,
    "zwischen": re.compile(r"\s+und\s+(?:dem\s+)?"),
    "von": _BIS,
    "vom": _BIS,
}
_OPENING = re.compile(rf"\b({'|'.join(_JOINTS)})\s+(?:(?:the|dem)\s+)?$", re.IGNORECASE)


def join_ranges(text: str, timexes: list[Timex]) -> list[Timex]:
    """Return the expressions with each pair that bounds an interval joined into one, in order."""
    joined: list[Timex] = []
    for timex in timexes:
        whole = _joined(text, joined[-1], timex) if joined else None
        if whole is None:
            joined.append(timex)
        else:
            joined[-1] = whole
    return joined


def _joined(text: str, first: Timex, second: Timex) -> Timex | None:
    opening = _OPENING.search(text[max(0, first.start - 16) : first.start])
    if opening is None or not _JOINTS[opening[1].lower()].fullmatch(text[first.end : second.start]):
        return None
    if first.when is None or second.when is None or first.when.start is None or second.when.end is None:
        return None
    a, b = first.when, second.when
    # as text, ISO dates of one form sort as time does; years before 1 CE do not, and stay apart
    if a.start is None or b.end is None or a.start.startswith("-") or a.start[:10] >= b.end[:10]:
        return None
    until = (b.edtf or "").removeprefix("../")  # "until" has opened it
    edtf = f"{a.edtf}/{until}" if a.edtf and until and "/" not in a.edtf + until else None
    when = When(
        start=a.start, end=b.end, granularity=a.granularity, value=f"{a.value}/{b.value}", edtf=edtf, anchor=b.anchor,
        rule=f"range.{opening[1].lower()}",
    )  # fmt: skip
    return first.model_copy(
        update={"end": second.end, "text": text[first.start : second.end], "value": when.value, "when": when}
    )
