"""Numbers of a statement: what they count, how surely, and what counts nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.lexicon import read
from extraction.quantities import find

P = "people"


def quantities(sentence: str) -> list[tuple[str, float, str, str | None]]:
    found = [item.quantity for item in find(sentence, 0, len(sentence))]
    return [(q.kind, q.value, q.bound, q.unit) for q in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The blast killed at least 17 people.", [("killed", 17, "at_least", P)]),
        ("It killed 17 people and injured over 200.", [("killed", 17, "exact", P), ("injured", 200, "at_least", P)]),
        ("Two people died and about 30 were wounded.", [("killed", 2, "exact", P), ("injured", 30, "about", P)]),
        ("The attack took two more lives.", [("killed", 2, "exact", P)]),
        ("The fire left three people dead.", [("killed", 3, "exact", P)]),
        ("The death toll rose to 1,204.", [("killed", 1204, "exact", P)]),
        ("That brought the death toll to at least 45.", [("killed", 45, "at_least", P)]),
        ("The death toll from Monday's earthquake in Arden rose to 45.", [("killed", 45, "exact", P)]),
        ("The toll stands at 45.", [("killed", 45, "exact", P)]),
        ("A landslide swept a bus away, killing 12.", [("killed", 12, "exact", P)]),
        ("A gunman shot and killed nine worshippers.", [("killed", 9, "exact", P)]),
        ("17 dead and 200 injured in Arden.", [("killed", 17, "exact", P), ("injured", 200, "exact", P)]),
        ("Twelve were shot dead.", [("killed", 12, "exact", P)]),
        ("The flood claimed the lives of 31 people.", [("killed", 31, "exact", P)]),
        ("The flood claimed 31 lives.", [("killed", 31, "exact", P)]),
        ("Seven people drowned.", [("killed", 7, "exact", P)]),
        ("One man was killed.", [("killed", 1, "exact", P)]),
        ("The epidemic caused 4,000 deaths.", [("killed", 4000, "exact", P)]),
        ("12 people, including three children, were killed.", [("killed", 12, "exact", P)]),
        ("It killed 17 people, 12 of them children.", [("killed", 17, "exact", P)]),
        ("Thirty people died, among them 12 children.", [("killed", 30, "exact", P)]),
        ("Dozens of people were killed.", [("killed", 24, "at_least", P)]),
        ("Hundreds were injured.", [("injured", 200, "at_least", P)]),
        ("Tens of thousands fled.", [("displaced", 20_000, "at_least", P)]),
        ("Several people were hurt.", [("injured", 3, "at_least", P)]),
        ("Twenty-three people were injured.", [("injured", 23, "exact", P)]),
        ("Two dozen people were injured.", [("injured", 24, "exact", P)]),
        ("Half a dozen people were injured.", [("injured", 6, "exact", P)]),
        ("A hundred people were injured.", [("injured", 100, "exact", P)]),
        ("Two hundred and five people were injured.", [("injured", 205, "exact", P)]),
        ("Three thousand five hundred people were displaced.", [("displaced", 3500, "exact", P)]),
        ("Half a million people were displaced.", [("displaced", 500_000, "exact", P)]),
        ("More than 12,000 people were displaced.", [("displaced", 12_000, "at_least", P)]),
        ("The war displaced 2.5 million people.", [("displaced", 2.5e6, "exact", P)]),
        ("The fire forced 400 residents to flee.", [("displaced", 400, "exact", P)]),
        ("Some 400 residents were evacuated.", [("displaced", 400, "about", P)]),
        ("Up to 50 people were injured.", [("injured", 50, "at_most", P)]),
        ("As many as 50 people were injured.", [("injured", 50, "at_most", P)]),
        ("Fewer than 50 people were injured.", [("injured", 50, "at_most", P)]),
        ("No fewer than 50 people were injured.", [("injured", 50, "at_least", P)]),
        ("Well over 50 people were injured.", [("injured", 50, "at_least", P)]),
        ("Just under 50 people were injured.", [("injured", 50, "at_most", P)]),
        ("An estimated 50 people were injured.", [("injured", 50, "about", P)]),
        ("Fifty or so people were injured.", [("injured", 50, "about", P)]),
        ("50 or more people were injured.", [("injured", 50, "at_least", P)]),
        ("Between 30 and 40 people were injured.", [("injured", 30, "at_least", P), ("injured", 40, "at_most", P)]),
        ("30 to 40 people were injured.", [("injured", 30, "at_least", P), ("injured", 40, "at_most", P)]),
        ("30-40 people were injured.", [("injured", 30, "at_least", P), ("injured", 40, "at_most", P)]),
        ("It injured 12 and 30 were detained.", [("injured", 12, "exact", P), ("detained", 30, "exact", P)]),
        ("Police arrested nearly forty protesters.", [("detained", 40, "about", P)]),
        ("Police made 14 arrests.", [("detained", 14, "exact", P)]),
        ("Eleven men were taken into custody.", [("detained", 11, "exact", P)]),
        ("Gunmen kidnapped 200 pupils.", [("detained", 200, "exact", P)]),
        ("No one was hurt.", [("injured", 0, "exact", P)]),
        ("There were no injuries.", [("injured", 0, "exact", P)]),
        ("There were no casualties.", [("killed", 0, "exact", P), ("injured", 0, "exact", P)]),
        ("Nobody was killed.", [("killed", 0, "exact", P)]),
        ("No arrests were made.", [("detained", 0, "exact", P)]),
        ("28 shells killed 22 prisoners.", [("other", 28, "exact", "shells"), ("killed", 22, "exact", P)]),
        ("It raised $144 m for the poor.", [("money", 1.44e8, "exact", "USD")]),
        ("The deal is worth $2.4 billion.", [("money", 2.4e9, "exact", "USD")]),
        ("It cost up to €90 million.", [("money", 9e7, "at_most", "EUR")]),
        ("It cost €300m.", [("money", 3e8, "exact", "EUR")]),
        ("It cost £1.5bn.", [("money", 1.5e9, "exact", "GBP")]),
        ("They paid 5 million dollars.", [("money", 5e6, "exact", "USD")]),
        ("They paid 40 mln dlrs.", [("money", 4e7, "exact", "USD")]),
        ("They paid more than two million euros.", [("money", 2e6, "at_least", "EUR")]),
        ("They paid Rs 500 crore.", [("money", 5e9, "exact", "INR")]),
        ("They paid US$5 million.", [("money", 5e6, "exact", "USD")]),
        ("It pays $30,000 to $40,000.", [("money", 30_000, "exact", "USD"), ("money", 40_000, "exact", "USD")]),
        ("It will cost between $2 and $3 billion.",
         [("money", 2, "exact", "USD"), ("money", 3e9, "exact", "USD")]),
        ("It pays $2-3 billion.", [("money", 2e9, "at_least", "USD"), ("money", 3e9, "at_most", "USD")]),
        ("Prices rose by less than 3.5 percent.", [("percent", 3.5, "at_most", "%")]),
        ("They spend at least 5% of GDP.", [("percent", 5, "at_least", "%")]),
        ("Shares rose 3 per cent to 110.", [("percent", 3, "exact", "%")]),
        ("It grew from 3 to 5 percent.", [("percent", 3, "exact", "%"), ("percent", 5, "exact", "%")]),
        ("Rates rose 0.25 percentage points.", [("percent", 0.25, "exact", "percentage points")]),
        ("Rates rose 25 basis points.", [("other", 25, "exact", "basis points")]),
        ("A third of voters stayed at home.", [("percent", 33.3, "about", "%")]),
        ("More than half of voters stayed at home.", [("percent", 50, "at_least", "%")]),
        ("Three quarters of the crop was lost.", [("percent", 75, "about", "%")]),
        ("Two men charged in the death of a girl appeared.", [("other", 2, "exact", "men")]),
        ("The storm cut power to 300 homes.", [("other", 300, "exact", "homes")]),
        ("About 5,000 protesters marched.", [("other", 5000, "about", "protesters")]),
        ("Russia launched 40 Shahed drones.", [("other", 40, "exact", "drones")]),
        ("Twelve people are missing.", [("other", 12, "exact", "missing")]),
        ("The firm will cut 1,200 jobs.", [("other", 1200, "exact", "jobs")]),
        ("Fires burned 40,000 hectares.", [("other", 40_000, "exact", "hectares")]),
    ],
)  # fmt: skip
def test_quantities(sentence: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert quantities(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "He was killed in 2014.", "Nobody came.", "Lee, 45, was killed.", "Lee was aged 45.",
        "A 45-year-old was killed.",
        "He was jailed for 12 years.", "She was jailed 12 years ago.", "He was killed on May 17.",
        "He was killed on 17 May.", "Arden won 2-1.", "The vote was 5-3.", "He lives at 10 Downing Street.",
        "A Boeing 737 crashed.", "An F-16 crashed.", "MH17 crashed.", "Article 5 was invoked.", "The G7 met.",
        "Flight 370 vanished.", "It began at 10:30.", "He came 2nd.", "He ran the 300m.", "She won the 800 metres.",
        "Room 101 burned.", "It happened three times.", "He ran 300 m.",
        "The 2014 protesters marched again.", "Version 2.5 was released.",
        "One of the reasons is the cost.", "Boeing 737 planes were grounded.", "He has two reasons.",
        "Route 66 closed.",
        "Call 555-0100.", "It measured 5.6.",
    ],
)  # fmt: skip
def test_what_counts_nothing(sentence: str) -> None:
    assert quantities(sentence) == []


def test_the_examples_of_the_table_are_found() -> None:
    table = read("en", "quantities")
    for kind, group in table["cues"].items():
        assert quantities(group["example"])[0][0] == kind
    assert quantities(table["things"]["example"]) == [("other", 300, "exact", "homes")]
    assert quantities(table["none"]["example"]) == [("injured", 0, "exact", P)]
    assert quantities(table["traps"]["example"]) == []


@given(st.text(alphabet=st.sampled_from("12 ,.-$€%twohundrednityksleap"), max_size=120))
def test_any_text_can_be_read_and_spans_lie_within_it(text: str) -> None:
    for item in find(text, 0, len(text)):
        assert 0 <= item.start < item.end <= len(text)
        assert item.quantity.value >= 0
