from __future__ import annotations

import pytest

from extraction.quantities import find


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The blast killed at least 17 people.", [("killed", 17, "at_least", "people")]),
        ("It killed 17 people and injured over 200.",
         [("killed", 17, "exact", "people"), ("injured", 200, "at_least", "people")]),
        ("Two people died and about 30 were wounded.",
         [("killed", 2, "exact", "people"), ("injured", 30, "about", "people")]),
        ("The attack took two more lives.", [("killed", 2, "exact", "people")]),
        ("The fire left three people dead.", [("killed", 3, "exact", "people")]),
        ("The storm left 300 homes without power.", []),
        ("The death toll rose to 1,204.", [("killed", 1204, "exact", "people")]),
        ("Police arrested nearly forty protesters.", [("detained", 40, "about", "people")]),
        ("More than 12,000 people were displaced.", [("displaced", 12_000, "at_least", "people")]),
        ("Dozens of people were killed.", [("killed", 24, "at_least", "people")]),
        ("Twenty-three people were injured.", [("injured", 23, "exact", "people")]),
        ("The deal is worth $2.4 billion.", [("money", 2.4e9, "exact", "USD")]),
        ("It cost up to €90 million.", [("money", 9e7, "at_most", "EUR")]),
        ("They paid 5 million dollars.", [("money", 5e6, "exact", "USD")]),
        ("Prices rose by less than 3.5 percent.", [("percent", 3.5, "at_most", "%")]),
        ("They spend at least 5% of it.", [("percent", 5, "at_least", "%")]),
        ("He was killed in 2014.", []),
        ("Nobody came.", []),
    ],
)  # fmt: skip
def test_quantities(sentence: str, expected: list[tuple[str, float, str, str]]) -> None:
    found = [item.quantity for item in find(sentence, 0, len(sentence))]
    assert [(q.kind, q.value, q.bound, q.unit) for q in found] == expected
