"""How well and how fast mentions are merged into events.

    python -m benchmarks.corroboration gold DOCUMENTS.jsonl[.gz] [--orders N] [--predictions FILE] [--json]
    python -m benchmarks.corroboration orders ARTICLES.jsonl [--json]
    python -m benchmarks.corroboration speed [--sizes 10000,100000,1000000] [--json]

gold   documents {"doc_id", "text", "mentions": [{"start", "end", "instance"}]}: each annotated span becomes a mention,
       with what the extraction says of its sentence, and the Corroborator merges them. Prints B-cubed and pairwise
       precision, recall and F1 against the instances, and the B-cubed F1 between the outcomes of two orders.
orders articles as `dateline push` takes them: their extracted mentions are merged article by article, in the order of
       the file, in another one, backwards, and with all mentions shuffled; prints the B-cubed F1 of each outcome
       against the first.
speed  generated mentions: how many are merged a second once the given number of events is in memory.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.date_selection import read_articles
from extraction.mentions import extract
from extraction.sentences import split
from lexis.gist import gist_of
from lexis.stems import stem
from schemas.article import Article
from schemas.civil import format_day
from schemas.mention import Mention, Place
from schemas.record import stable_id
from schemas.when import When
from timeline.corroborate import Corroborator
from timeline.revision import revise

DAY = When(
    start="2000-01-01", end="2000-01-02", granularity="day", value="2000-01-01", edtf="2000-01-01",
    anchor="none", rule="benchmark",
)  # fmt: skip
"""Of all annotated mentions: without publication dates most would be unresolved, so When is not measured here."""


def main() -> None:
    """Run one of the benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    gold = verbs.add_parser("gold")
    gold.add_argument("documents", type=Path)
    gold.add_argument("--orders", type=int, default=0, help="further orders to compare the outcome with")
    gold.add_argument("--predictions", type=Path, help="write {id, cluster} a line, for a scorer of your own")
    orders = verbs.add_parser("orders")
    orders.add_argument("articles", type=Path)
    speed = verbs.add_parser("speed")
    speed.add_argument("--sizes", default="10000,100000", help="events in memory when the clock starts")
    for one in (gold, orders, speed):
        one.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if arguments.verb == "gold":
        result = against_gold(arguments.documents, arguments.orders, arguments.predictions)
    elif arguments.verb == "orders":
        result = in_orders(list(read_articles(arguments.articles)))
    else:
        result = {size: at_speed(int(size)) for size in arguments.sizes.split(",")}
    if arguments.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:24}", value if not isinstance(value, float) else f"{value:.3f}")


def against_gold(path: Path, orders: int, predictions: Path | None) -> dict[str, Any]:
    """Merge the annotated mentions of documents and compare with the annotation."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    documents = [json.loads(line) for line in text.split("\n") if line.strip()]
    mentions: dict[str, Mention] = {}
    gold: dict[str, str] = {}
    for document in documents:
        for span, mention in at_spans(document):
            name = f"{document['doc_id']}:{span['start']}-{span['end']}"
            mentions[name], gold[name] = mention, span["instance"]
    found = merged(mentions, list(mentions))
    if predictions is not None:
        rows = (json.dumps({"id": name, "cluster": event}) + "\n" for name, event in found.items())
        predictions.write_text("".join(rows), encoding="utf-8")
    result: dict[str, Any] = {"mentions": len(gold), **scores(gold, found)}
    chance = random.Random(0)
    for number in range(orders):
        other = merged(mentions, chance.sample(list(mentions), len(mentions)))
        result[f"order {number + 1}"] = scores(found, other)["b3 f1"]
        result[f"order {number + 1}, against gold"] = scores(gold, other)["b3 f1"]
    return result


def in_orders(articles: Sequence[Article]) -> dict[str, Any]:
    """Merge what is extracted from articles in several orders, and compare the outcomes."""
    mentions: dict[str, Mention] = {}
    by_article: list[list[str]] = []
    for article in articles:
        sent = [keyed.record for keyed in revise(article.article_id, None, "", extract(article))[1]]
        said = {record.mention_id: record for record in sent if isinstance(record, Mention)}
        mentions |= said
        by_article.append(list(said))
    chance = random.Random(0)
    orders = {
        "articles shuffled": list(chain(*chance.sample(by_article, len(by_article)))),
        "articles backwards": list(chain(*reversed(by_article))),
        "mentions shuffled": chance.sample(list(mentions), len(mentions)),
    }
    first = merged(mentions, list(mentions))
    outcomes = {name: scores(first, merged(mentions, order))["b3 f1"] for name, order in orders.items()}
    return {"mentions": len(first), "events": len(set(first.values())), **outcomes}


def at_spans(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mention]]:
    """Yield a mention for each annotated span, as the extraction would describe it.

    Places and kind are those of the mention that `extract` finds at the span, else the places of the first of the
    sentence. Each span counts as an article of its own, since the annotation tells apart what one sentence tells.
    """
    text = document["text"]
    article = Article(article_id=document["doc_id"], text=text)
    found = extract(article)
    gist = gist_of(None, text)
    for span in document["mentions"]:
        sentence = next(s for s in split(text) if s.start <= span["start"] < s.end)
        here = [m for m in found if sentence.start <= m.start < sentence.end]
        own = next((m for m in here if m.start < span["end"] and span["start"] < m.end), None)
        near = own or next(iter(here), None)
        yield (
            span,
            Mention(
                article_id=f"{document['doc_id']}:{span['start']}",
                mention_id=stable_id("m", document["doc_id"], str(span["start"]), str(span["end"])),
                sentence=text[sentence.start : max(sentence.end, span["end"])],
                start=span["start"],
                end=span["end"],
                sentence_start=sentence.start,
                sentence_end=max(sentence.end, span["end"]),
                when=DAY,
                category=own.category if own else None,
                type=own.type if own else None,
                places=near.places if near else (),
                modality=own.modality if own else "asserted",
                confidence=0.9,
                extractor="benchmark",
                title="",
                gist=gist,
            ),
        )


def merged(mentions: Mapping[str, Mention], order: Sequence[str]) -> dict[str, str]:
    """File mentions in an order; return the event that each belongs to in the end."""
    corroborator = Corroborator()
    filed = [name for name in order if corroborator.file(mentions[name]) is not None]
    return {name: corroborator.event_of(mentions[name].mention_id) for name in filed}


def scores(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Return B-cubed (Bagga & Baldwin 1998) and pairwise precision, recall and F1 of clusters by item."""
    both = Counter((gold[item], found[item]) for item in gold)
    events, clusters = Counter(gold.values()), Counter(found[item] for item in gold)
    b3 = (
        sum(n * n / clusters[cluster] for (_, cluster), n in both.items()) / len(gold),
        sum(n * n / events[event] for (event, _), n in both.items()) / len(gold),
    )
    right, predicted, wanted = (sum(n * (n - 1) for n in sizes.values()) for sizes in (both, clusters, events))
    pairs = (right / predicted if predicted else 0.0, right / wanted if wanted else 0.0)
    named: dict[str, float] = {}
    for name, (precision, recall) in (("b3", b3), ("pairwise", pairs)):
        total = precision + recall
        f1 = 2 * precision * recall / total if total else 0.0
        named |= {f"{name} precision": precision, f"{name} recall": recall, f"{name} f1": f1}
    return named


def at_speed(size: int) -> dict[str, float]:
    """Fill a corroborator with events, then time the filing of further mentions, and the folding of their events."""
    chance = random.Random(size)
    corroborator = Corroborator()
    events: set[str] = set()
    number = 0
    while len(events) < size:
        entry = corroborator.file(generated(number, chance))
        if entry is not None:
            events.add(entry.event_id)
        number += 1
    gc.freeze()  # as a long-running worker does after reading its state: a full collection in between would be timed
    more = [generated(number + k, chance) for k in range(FILED)]
    start = time.process_time()
    entries = [corroborator.file(mention) for mention in more]
    filed = time.process_time() - start
    start = time.process_time()
    for entry in entries:
        if entry is not None:
            for event_id in corroborator.changed(entry):
                corroborator.event(event_id)
    folded = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "mentions in memory": number,
        "filed a second": round(FILED / filed),
        "filed and folded a second": round(FILED / (filed + folded)),
        "peak MB": round(memory),
    }


FILED = 3_000
"""Mentions that are timed."""

_VERBS = (
    "killed", "arrested", "crashed", "won", "signed", "flooded", "burned", "elected", "protested", "resigned", "bought",
    "launched", "sued", "kidnapped", "approved", "warned",
)  # fmt: skip
_LINES = (
    "Police in {place} said that {a} and {b} {verb} {c} near the {d} {e} on the same morning, officials added.",
    "{a} {verb} {c} in {place} after a long dispute over the {d} {e}, the agency reported.",
)


def generated(number: int, chance: random.Random) -> Mention:
    """Return a mention of a made-up event: two reports an event on average, over two years of days."""
    event = chance.randrange(number // 2 + 1)
    facts = random.Random(event)
    words = [f"{facts.choice(_SYLLABLES)}{facts.choice(_SYLLABLES)}{facts.choice(_SYLLABLES)}" for _ in range(6)]
    place, verb = words[5].title(), facts.choice(_VERBS)
    day = facts.randrange(10_000, 10_730)
    sentence = _LINES[chance.randrange(2)].format(
        place=place, verb=verb, a=words[0].title(), b=words[1].title(), c=words[2], d=words[3], e=words[4]
    )
    at = sentence.index(f" {verb} ") + 1
    gist = (*words, stem(verb), *(f"{facts.choice(_SYLLABLES)}{facts.choice(_SYLLABLES)}" for _ in range(14)))
    when = When(
        start=format_day(day), end=format_day(day + 1), granularity="day", value=format_day(day), edtf=format_day(day),
        anchor="explicit", rule="benchmark",
    )  # fmt: skip
    return Mention(
        article_id=f"a{number}",
        mention_id=stable_id("m", str(number)),
        sentence=sentence,
        start=at,
        end=at + len(verb),
        sentence_start=0,
        sentence_end=len(sentence),
        when=when,
        category="conflict",
        places=(Place(name=place),),
        confidence=0.9,
        extractor="benchmark",
        title=sentence,
        source=f"outlet{number % 500}.example",
        published_at=format_day(day + chance.randrange(3)),
        gist=gist,
    )


_SYLLABLES = [a + b for a in "bcdfghjklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "or")]


if __name__ == "__main__":
    main()
