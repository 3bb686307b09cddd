from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.sentences import LONGEST, split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("The U.S. Treasury met Mr. Ito. Gen. Smith left.", ["The U.S. Treasury met Mr. Ito.", "Gen. Smith left."]),
        ("He lives in the U.S. The house is old.", ["He lives in the U.S.", "The house is old."]),
        ("J. K. Marsh wrote it. It sold.", ["J. K. Marsh wrote it.", "It sold."]),
        ("Prices rose 3.5 percent. Wages fell.", ["Prices rose 3.5 percent.", "Wages fell."]),
        ("“We won.” He smiled.", ["“We won.”", "He smiled."]),
        ('"We won!" he said. Then he left.', ['"We won!" he said.', "Then he left."]),
        ("The Hague . Ministers met.", ["The Hague .", "Ministers met."]),
        ("A headline without a stop\nThe story begins.", ["A headline without a stop", "The story begins."]),
        (
            "This line was wrapped by hand because it was much too long\nfor the page. It ended.",
            ["This line was wrapped by hand because it was much too long\nfor the page.", "It ended."],
        ),
        ("It began at 3 p.m. on Oct. 3. No. 5 won.", ["It began at 3 p.m. on Oct. 3.", "No. 5 won."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("他走了。她留下。", ["他走了。", "她留下。"]),
        ("It ended.The next day it rained.", ["It ended.", "The next day it rained."]),
        ("He said it was over.”The mill closed.", ["He said it was over.”", "The mill closed."]),
        (
            "See example.com or Node.js, version 2.The End of it.",
            ["See example.com or Node.js, version 2.", "The End of it."],
        ),
        ("The U.S.Treasury met.", ["The U.S.Treasury met."]),
        ("“Did we win?” Anna Lee asked. She left.", ["“Did we win?” Anna Lee asked.", "She left."]),
        ("“We won!” Anna Lee said. She left.", ["“We won!” Anna Lee said.", "She left."]),
        ("“We won!” Anna Lee left.", ["“We won!”", "Anna Lee left."]),
        ("He paused... and left. Then... He fell.", ["He paused... and left.", "Then...", "He fell."]),
        (
            "He paused . . . and left. Then it . . . Nothing.",
            ["He paused . . . and left.", "Then it . . .", "Nothing."],
        ),
        ("It rained… He left.", ["It rained…", "He left."]),
        ("(He left.) She stayed.", ["(He left.)", "She stayed."]),
        ("It fell.[12] It rose.", ["It fell.[12]", "It rose."]),
        ("Items: • The mill • The bridge", ["Items:", "• The mill", "• The bridge"]),
        ("- one\n- two", ["- one", "- two"]),
        ("He left.\r\nShe stayed.\r\n\r\nThey met.", ["He left.", "She stayed.", "They met."]),
        ("He met Mr.\xa0Ito.\xa0She stayed.", ["He met Mr.\xa0Ito.", "She stayed."]),
        ("Am 3. Mai kam er. Am 12. Juli ging er.", ["Am 3. Mai kam er.", "Am 12. Juli ging er."]),
        ("It fell by 3. May resigned.", ["It fell by 3.", "May resigned."]),
        ("هل فاز؟ نعم. غادر۔ عاد।", ["هل فاز؟", "نعم.", "غادر۔", "عاد।"]),
        ("それは本当？はい！", ["それは本当？", "はい！"]),
        ("Prices rose to $1.5 million. Fed. Reserve.", ["Prices rose to $1.5 million.", "Fed.", "Reserve."]),
        ("Sgt. A. B. Lee of Smith & Co. Ltd. said so.", ["Sgt. A. B. Lee of Smith & Co. Ltd. said so."]),
        ("It is 5 p.m. The mill closed at 3.30 p.m. Monday.", ["It is 5 p.m.", "The mill closed at 3.30 p.m. Monday."]),
        ("Arden vs. Wexley ended 2-1. Roe scored.", ["Arden vs. Wexley ended 2-1.", "Roe scored."]),
        ("\u2028He left.\u2029She stayed.\x85Yes.", ["He left.", "She stayed.", "Yes."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from('ab A.!?"”“’[1]•\xa0。 \n\r\t,;—…。؟1é\u2028\x00'), max_size=400))
def test_sentences_cover_all_that_is_not_white_space_once_and_in_order(text: str) -> None:
    covered = [False] * len(text)
    last = 0
    for start, end in split(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered[start:end] = [True] * (end - start)
        last = end
    assert all(covered[i] or text[i].isspace() for i in range(len(text)))


@given(st.text(max_size=300))
def test_any_text_can_be_split(text: str) -> None:
    assert "".join("".join(s.split()) for s in sentences(text)) == "".join(text.split())


def test_a_run_without_a_stop_is_cut() -> None:
    assert max(len(s) for s in sentences("word " * 5_000)) <= LONGEST
    assert max(len(s) for s in sentences("x" * 20_000)) <= LONGEST
