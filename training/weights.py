"""Make `lexis/weights.tsv` from two sources of word frequencies, both CC BY-SA 4.0; run by hand, see the table's head.

    python -m training.weights SMALL_EN.msgpack.gz CURRENT_EVENTS.jsonl.gz > lexis/weights.tsv

The first is the English list of wordfreq 3.1 (Robyn Speer; in its wheel, wordfreq/data/): a gzipped MessagePack list of
word lists, the n-th of which holds the words of frequency 10^(-n/100). The second holds JSON rows {"text"}: the
one-sentence events of Wikipedia's Portal:Current events. A word is as telling as the source in which it is commoner
says: the first knows what is common in articles, the second what is common in news.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter, defaultdict

import msgpack

from lexis.stems import stem, stems
from lexis.weights import UNKNOWN

ARTICLE = 300
"""Words of an article, to turn the frequency of a word into the share of articles that have it."""

_HEAD = """\
# Inverse document frequency of English stems in news, in nats. Made by training/weights.py.
# Sources, both CC BY-SA 4.0, as is this table: wordfreq 3.1 by Robyn Speer (github.com/rspeer/wordfreq), built on
# Wikipedia, OPUS OpenSubtitles, NewsCrawl, GlobalVoices and others; Wikipedia, Portal:Current events, 2007-2018.
"""


def main(frequencies: str, events: str) -> None:
    """Print the table."""
    shares: dict[str, float] = defaultdict(float)
    with gzip.open(frequencies) as packed:
        for rank, words in enumerate(msgpack.load(packed, raw=False)[1:]):
            for word in words:
                if not any(c.isdigit() for c in word):  # digits stand there as 0: "0000" is every year
                    shares[stem(word)] += 10 ** (-rank / 100)
    sentences: Counter[str] = Counter()
    count = 0
    with gzip.open(events, "rt", encoding="utf-8") as rows:
        for row in rows:
            sentences.update(set(stems(json.loads(row)["text"])))
            count += 1
    sys.stdout.write(_HEAD)
    for word in sorted(shares.keys() | sentences.keys()):
        in_articles = -math.log(1 - (1 - shares[word]) ** ARTICLE) if word in shares else UNKNOWN
        in_events = math.log((count + 1) / (sentences[word] + 1))
        value = min(in_articles, in_events)
        if value < UNKNOWN - 0.3 and len(word) > 1:
            sys.stdout.write(f"{word}\t{value:.1f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
