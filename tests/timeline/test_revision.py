from __future__ import annotations

from collections.abc import Callable

from schemas.mention import Mention, MentionRetraction
from timeline.revision import revise

Make = Callable[..., Mention]


def test_a_new_article_contributes_its_mentions_under_their_dates(mention: Make) -> None:
    said = mention("A ferry sank off Batangas", day="2025-06-20")
    contributed, messages = revise("a1", None, "d1", [said])
    assert [(message.key, message.record) for message in messages] == [("2025", said)]
    assert contributed.keys == {said.mention_id: "2025"}


def test_a_correction_takes_back_what_it_no_longer_says(mention: Make) -> None:
    kept = mention("A ferry sank off Batangas", day="2025-06-20")
    dropped = mention("Forty people drowned", day="2025-06-21")
    added = mention("Four people drowned", day="2025-06-21")
    before, _ = revise("a1", None, "d1", [kept, dropped])
    after, messages = revise("a1", before, "d2", [kept, added])
    assert {message.record.mention_id for message in messages if isinstance(message.record, MentionRetraction)} == {
        dropped.mention_id
    }
    assert set(after.keys) == {kept.mention_id, added.mention_id}


def test_a_retraction_goes_to_the_date_that_the_mention_had(mention: Make) -> None:
    said = mention("A ferry sank off Batangas", day="2025-06-20")
    moved = said.model_copy(update={"when": mention("x", day="2024-07-22").when})
    before, _ = revise("a1", None, "d1", [said])
    _, messages = revise("a1", before, "d2", [moved])
    assert [(message.key, type(message.record)) for message in messages] == [
        ("2025", MentionRetraction),
        ("2024", Mention),
    ]


def test_a_withdrawn_article_takes_everything_back(mention: Make) -> None:
    before, _ = revise("a1", None, "d1", [mention("A ferry sank"), mention("Four people drowned")])
    after, messages = revise("a1", before, "", [])
    assert all(isinstance(message.record, MentionRetraction) for message in messages)
    assert len(messages) == 2
    assert after.keys == {}


def test_the_trigger_that_says_most_goes_out_first_in_its_sentence(mention: Make) -> None:
    sentence = "Crews walked in as the ferry sank"
    walked, sank = mention(sentence, trigger="walked"), mention(sentence, trigger="sank", type="SINK")
    _, messages = revise("a1", None, "d1", [walked, sank])
    assert [message.record.mention_id for message in messages] == [sank.mention_id, walked.mention_id]
