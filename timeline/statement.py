"""Which event the mentions of one sentence stand in: they follow the one whose trigger says most."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from timeline.likeness import told_together
from timeline.profile import Order, Profile


def order(profile: Profile) -> Order:
    """Return what sorts the mentions of a statement, as a key."""
    return profile.order


def standing(profiles: Iterable[Profile], filed_under: Callable[[str], str]) -> dict[str, str]:
    """Return mention → event for the mentions of one sentence.

    A mention stands where the foremost of those before it that tell of one event with it stands, else where it was
    filed. So a trigger that says more, when it comes late, takes along what was filed before it, and when it is taken
    back, each stands again where it stood without it.

    Args:
        profiles: the mentions that are held, in any order.
        filed_under: the event under which a mention was filed by itself.
    """
    found: dict[str, str] = {}
    before: list[Profile] = []
    for profile in sorted(profiles, key=order):
        lead = next((other for other in before if told_together(other, profile)), None)
        name = profile.mention_id
        found[name] = filed_under(name) if lead is None else found[lead.mention_id]
        before.append(profile)
    return found
