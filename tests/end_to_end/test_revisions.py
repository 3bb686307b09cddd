"""A correction or withdrawal of an article takes back exactly what it had contributed."""

from __future__ import annotations

from kafka import KafkaProducer

from tests.end_to_end.conftest import Running


def titles(running: Running, word: str) -> list[str]:
    return sorted(event.title for event in running.events(q=word))


def test_a_corrected_article_is_told_anew_and_a_withdrawn_one_not_at_all(running: Running) -> None:
    ferry = "A ferry sank near Port Ellory on 4 March 2011."
    fire = "A fire destroyed the market hall of Port Ellory on 9 March 2011."
    row = {"id": "ellory", "published_at": "2011-03-10", "language": "en"}
    running.push(
        {**row, "text": f"{ferry}\n{fire}"}, {**row, "id": "ellory-2", "text": "Ellory elected a mayor in 2010."}
    )
    running.wait_quiet()
    assert {event.when.value for event in running.events(q="Ellory")} == {"2010", "2011-03-04", "2011-03-09"}

    running.push({**row, "text": fire.replace("9 March", "8 March")})
    running.wait_quiet()
    days = {event.when.value for event in running.events(q="Ellory market")}
    assert days == {"2011-03-08"}
    assert not [title for title in titles(running, "Ellory") if "ferry" in title]

    producer = KafkaProducer(bootstrap_servers=running.instance.kafka)
    producer.send("dateline.articles", key=b"ellory", value=None).get(timeout=10)
    producer.close()
    running.wait_quiet()
    assert [event.when.value for event in running.events(q="Ellory")] == ["2010"]
    assert all(
        bucket["count"] == 0 for bucket in running.get("/v1/timeline", q="Ellory", unit="day", **MARCH)["buckets"]
    )


MARCH = {"from": "2011-03", "to": "2011-04"}
