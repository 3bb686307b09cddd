"""Builders for days beside another: "yesterday", "Friday", "that evening", "the day before", "tonight"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from extraction.temporal.anchors import published, unresolved, whole_clause
from extraction.temporal.build_calendar import modifier
from extraction.temporal.build_relative import relative_unit
from extraction.temporal.choose import pick_weekday
from extraction.temporal.period import Period, bounds, timex_value
from extraction.temporal.reading import Match, Reading
from schemas.civil import DateError, weekday
from schemas.vocabulary import Anchor


def day_offset(match: Match) -> Reading | None:
    """Read today, yesterday, tomorrow, with or without a part of the day.

    With the column `opens_sentence`, only the first word of a sentence counts: German "Morgen" inside one is a noun.
    """
    if match.rule.options.get("opens_sentence") and match.discourse.sentence_start(match.start) != match.start:
        return None
    offset = int(match.value("day"))
    base, anchor = match.discourse.now if match.discourse.domain == "narrative" else published(match)
    if base is None:
        return unresolved("XXXX-XX-XX", modifier(match))
    day = Period("day", bounds(base)[0] + offset)
    if "part" in match:
        part = str(match.value("part"))
        return Reading("TIME", period=replace(day, unit="part_of_day", part=part), mod=modifier(match), anchor=anchor)
    return Reading("DATE", period=day, mod=modifier(match), anchor=anchor)


def part_of_day(match: Match) -> Reading | None:
    """Read "this morning", "last night", "the evening": a part of the day of publication, or of the one mentioned."""
    part = str(match.value("part"))
    relative = match.value("relative", match.value("offset", 0))
    offset = 1 if relative in ("next", "following") else int(relative)
    base, anchor = match.discourse.now if match.discourse.domain == "narrative" else published(match)
    if match.rule.options.get("from") == "mentioned":
        base, anchor = match.discourse.mentioned
    if base is None or base.unit not in ("day", "part_of_day", "hour", "minute", "second"):
        value = "XXXX-XX-XX" if base is None or base.unit != "month" else timex_value(base) + "-XX"
        return Reading("TIME", f"{value}T{part}", anchor="none", suffix=".unresolved", focus=False, mod=modifier(match))
    period = Period("part_of_day", bounds(base)[0] + offset, part=part)
    return Reading("TIME", period=period, mod=modifier(match), anchor=anchor)


def week_day(match: Match) -> Reading | None:
    """Read a weekday, alone or with last, this, next, and with a part of the day."""
    day_number = int(match.value("weekday"))
    relative = match.value("relative")
    part = match.value("part")
    if relative is None and not _is_weekday(match):
        return None
    if relative is None and _in_set(match):
        return Reading("SET", f"XXXX-WXX-{day_number}", focus=False)
    picked = pick_weekday(match, day_number)
    if picked is None:
        value = f"XXXX-WXX-{day_number}" + (f"T{part}" if part else "")
        kind = "TIME" if part else "DATE"
        return replace(unresolved(value, modifier(match)), type=cast(Any, kind))
    period, others = picked
    anchor: Anchor = "publication_date" if match.discourse.domain != "narrative" else match.discourse.now[1]
    if relative is not None:
        period, others = _relative_weekday(match, day_number, int(relative)), ()
    if part:
        period = replace(period, unit="part_of_day", part=str(part))
        others = tuple(replace(other, unit="part_of_day", part=str(part)) for other in others)
    kind = "TIME" if part else "DATE"
    return Reading(cast(Any, kind), period=period, alternatives=others, mod=modifier(match), anchor=anchor)


def _is_weekday(match: Match) -> bool:
    """Tell the day from Sun Microsystems and Sat Nam: a bare Sun or Sat needs a preposition or a comma beside it."""
    discourse, values = match.discourse, match.language.values
    titled = discourse.after(match.end) in values["TITLED_DAY"] and discourse.tokens[match.end][:1].isupper()
    if titled or discourse.before(match.start) in values["NAMED_DAY"]:
        return False
    if (
        match.discourse.domain == "colloquial"
        or match.word("weekday") not in match.language.values["AMBIGUOUS_WEEKDAY"]
    ):
        return True
    if match.discourse.before(match.start) not in match.language.values["WEEKDAY_INTRODUCER"]:
        return False
    return not match.discourse.after(match.end)[:1].isalpha() and match.discourse.after(match.end) != "'s"


def _in_set(match: Match) -> bool:
    """Tell whether a weekday goes on a list of them: "every Monday, Wednesday and Friday"."""
    spoken = match.discourse.spoken
    if not spoken or spoken[-1].reading.type != "SET" or not spoken[-1].reading.value.startswith("XXXX-WXX-"):
        return False
    if not 0 < match.start - spoken[-1].end <= 2:
        return False
    between = match.discourse.words[spoken[-1].end : match.start]
    return all(word in match.language.values["JOINER"] for word in between)


def _relative_weekday(match: Match, number_: int, relative: int) -> Period:
    discourse = match.discourse
    base = discourse.today
    told = match.word("relative") in match.language.values["RELATIVE_TEXT"] or discourse.domain == "narrative"
    if discourse.reference and discourse.reference.unit == "day" and (told or base is None):
        base = discourse.reference
    if base is None:
        raise DateError(f"nothing in reach tells which {match.word('weekday')} it is")
    ahead = (number_ - weekday(base.index)) % 7
    if relative < 0:
        return Period("day", base.index + (ahead - 7 if ahead else -7))
    if relative > 0:
        return Period("day", base.index + (ahead or 7))
    return Period("day", base.index + ahead)


def fixed_part(match: Match) -> Reading | None:
    """Read "tonight" and "overnight": the part of the day that the rule names, on the day of publication."""
    part = str(match.rule.options["part"])
    base, anchor = published(match)
    if base is None or match.discourse.domain == "narrative":
        return Reading("TIME", f"XXXX-XX-XXT{part}", anchor="none", suffix=".unresolved", focus=False)
    return Reading("TIME", period=Period("part_of_day", base.index, part=part), anchor=anchor)


def day_beside(match: Match) -> Reading | None:
    """Read "the day before", "the day after", when no event follows that it counts from."""
    base, anchor = match.discourse.mentioned
    if not whole_clause(match) or base is None or base.unit not in ("day", "part_of_day", "minute", "second"):
        return None
    return Reading("DATE", period=Period("day", base.index + int(match.value("side"))), anchor=anchor)


def day_beside_text(match: Match) -> Reading | None:
    """Read "the next day", "that evening", "the night before": beside the day mentioned last, else publication's."""
    base, anchor = match.discourse.mentioned
    if base is None or base.unit not in ("day", "part_of_day", "hour", "minute", "second"):
        return relative_unit(match) if "unit" in match else part_of_day(match)
    day = Period("day", bounds(base)[0] + int(match.rule.options["offset"]))
    if "part" not in match:
        return Reading("DATE", period=day, anchor=anchor, mod=modifier(match))
    period = replace(day, unit="part_of_day", part=str(match.value("part")))
    return Reading("TIME", period=period, anchor=anchor, mod=modifier(match))
