"""Dead letters as an operator sees them: found on their topic, chosen by id or by what they are."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from dateline.topic_reader import read_topic
from schemas.civil import parse_moment
from schemas.dead_letter import DeadLetter
from schemas.topics import DEAD_LETTERS


@dataclass(frozen=True, slots=True)
class Found:
    """A dead letter and its id, `partition-offset` on the dead-letters topic."""

    id: str
    letter: DeadLetter

    @property
    def origin(self) -> tuple[str, int, int]:
        """Topic, partition and offset of the message that was refused."""
        return self.letter.topic, self.letter.partition, self.letter.offset

    @property
    def key(self) -> bytes | None:
        """Key of the message that was refused."""
        return None if self.letter.key is None else base64.b64decode(self.letter.key)

    @property
    def value(self) -> bytes | None:
        """Its value."""
        return None if self.letter.value is None else base64.b64decode(self.letter.value)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which dead letters are meant; empty fields do not restrict.

    Attributes:
        ids: ids of dead letters.
        stage: what refused them.
        topic: full name of the topic that they come from.
        since: Unix second since which they were refused.
    """

    ids: frozenset[str] = frozenset()
    stage: str | None = None
    topic: str | None = None
    since: int | None = None

    def takes(self, found: Found) -> bool:
        """Tell whether one is meant."""
        letter = found.letter
        return (
            (not self.ids or found.id in self.ids)
            and (self.stage is None or letter.stage == self.stage)
            and (self.topic is None or letter.topic == self.topic)
            and (self.since is None or parse_moment(letter.time).utc_second >= self.since)
        )


def dead_letters(bootstrap: str, prefix: str, choice: Choice) -> Iterator[Found]:
    """Iterate over the dead letters that are meant, in order within each partition.

    Raises:
        BrokerUnavailable: when no broker answers.
    """
    for record in read_topic(bootstrap, DEAD_LETTERS.full_name(prefix)):
        try:
            found = Found(f"{record.partition}-{record.offset}", DeadLetter.from_json(record.value or b""))
        except ValidationError:  # put there by someone else; the sink keeps it as it is
            continue
        if choice.takes(found):
            yield found
