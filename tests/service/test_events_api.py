"""`/v1/events`, `/v1/facets` and `/v1/timeline` over a real store and real HTTP."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from service.position import parse
from store.query import Origin
from tests.service import timeline_samples as samples
from tests.service.conftest import Api


@pytest.fixture(scope="module", autouse=True)
def _filled(api: Api) -> None:
    samples.fill(api.store)


def ids(api: Api, **parameters: Any) -> list[str]:
    answer = api.get("/v1/events", params={name.rstrip("_"): value for name, value in parameters.items()})
    assert answer.status_code == 200, answer.text
    return [event["event_id"] for event in answer.json()["events"]]


ALL = [event.event_id for event in samples.EVENTS]


def test_all_events_come_in_the_order_of_time_as_they_were_written(api: Api) -> None:
    events = api.get("/v1/events").json()["events"]
    assert events == [event.model_dump(mode="json") for event in samples.EVENTS]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"from_": "-0043", "to": "-0042"}, ["e_caesar"]),
        ({"from_": "1066", "to": "1913"}, ["e_hastings", "e_titanic"]),
        ({"from_": "2025-03-15", "to": "2025-03-16"}, ["e_dispute", "e_cable"]),
        ({"from_": "2025-03-15", "to": "2025-04", "match": "within"}, []),
        ({"from_": "9999"}, ["e_dispute", "e_clock"]),
        ({"granularity": "month"}, ["e_cable"]),
        ({"category": ["conflict", "disaster"]}, ["e_hastings", "e_titanic"]),
        ({"type": "ASSAULT"}, ["e_hastings"]),
        ({"actor": "united nations"}, ["e_summit"]),
        ({"place": "Geneva"}, ["e_cable", "e_summit"]),
        ({"country": "fj"}, ["e_cable"]),
        ({"bbox": "170,-30,-170,0"}, ["e_cable"]),
        ({"bbox": "5.9,45.8,10.5,47.8"}, ["e_cable", "e_summit"]),
        ({"near": "46.5,6.6", "radius": "50"}, ["e_cable", "e_summit"]),
        ({"near": "46.5,6.6", "radius": "20"}, []),
        ({"source": "NEWS.example"}, ["e_summit"]),
        ({"language": "en"}, ["e_summit"]),
        ({"modality": "planned"}, ["e_oldplan", "e_colony", "e_clock"]),
        ({"min_sources": "3"}, ["e_titanic"]),
        ({"q": "geneva SUMMIT"}, ["e_summit"]),
        ({"as_of": "2025-06-15T15:06:41Z"}, ["e_oldplan", "e_caesar"]),
        ({"changed_since": "2025-06-15T15:06:48Z"}, ["e_clock"]),
        ({"sort": "-time", "limit": "2"}, ["e_clock", "e_colony"]),
        ({"sort": "-changed", "limit": "1"}, ["e_clock"]),
        ({"sort": "-importance", "limit": "1"}, ["e_titanic"]),
    ],
)
def test_each_filter_and_order(api: Api, parameters: dict[str, Any], expected: list[str]) -> None:
    assert ids(api, **parameters) == expected


def test_pages_follow_each_other_and_say_where_to_follow_live(api: Api) -> None:
    first = api.get("/v1/events", params={"limit": "4"})
    second = api.client.get(first.links["next"]["url"])
    third = api.get("/v1/events", params={"limit": "4", "cursor": second.json()["next"]})
    found = [event["event_id"] for page in (first, second, third) for event in page.json()["events"]]
    assert found == ALL
    assert third.json()["next"] is None
    assert "next" not in third.links
    position = first.json()["live"]
    assert parse(position)[("e", 0)] == 32  # type: ignore[index] # a partition is a pair
    assert {page.json()["live"] for page in (second, third)} == {position}
    assert {page.headers["dateline-live"] for page in (first, second, third)} == {position}


def test_fields_choose_what_is_told(api: Api) -> None:
    events = api.get("/v1/events", params={"fields": "title,event_id", "category": "disaster"}).json()["events"]
    assert events == [{"event_id": "e_titanic", "title": "The Titanic sank"}]


@pytest.mark.parametrize(
    ("path", "parameters", "parameter", "says"),
    [
        ("/v1/events", {"from": "yesterday"}, "from", "for example from=2015"),
        ("/v1/events", {"from": "2025-02-30"}, "from", "does not exist"),
        ("/v1/events", {"from": "2025", "to": "2025"}, "to", "exclusive"),
        ("/v1/events", {"bbox": "1,2,3"}, "bbox", "bbox=5.9,45.8,10.5,47.8"),
        ("/v1/events", {"bbox": "0,50,1,40"}, "bbox", "south"),
        ("/v1/events", {"near": "95,0"}, "near", "latitude 95"),
        ("/v1/events", {"near": "nan,0"}, "near", "near=46.2,6.15"),
        ("/v1/events", {"radius": "5"}, "radius", "near=46.2,6.15&radius=25"),
        ("/v1/events", {"country": "Fiji"}, "country", "country=CH"),
        ("/v1/events", {"language": "english!"}, "language", "language=en"),
        ("/v1/events", {"sort": "size"}, "sort", "sort=-importance"),
        ("/v1/events", {"limit": "0"}, "limit", "limit=100"),
        ("/v1/events", {"limit": "1001"}, "limit", "limit=1000"),
        ("/v1/events", {"cursor": "abc"}, "cursor", "next"),
        ("/v1/events", {"fields": "event_id,colour"}, "fields", "fields=event_id,when,title"),
        ("/v1/events", {"fields": "title", "format": "ics"}, "fields", "format=json"),
        ("/v1/events", {"format": "pdf"}, "format", "format=csv"),
        ("/v1/events", {"as_of": "now"}, "as_of", "as_of=2025-06-26T12:00:00Z"),
        ("/v1/events", {"colour": "red"}, "colour", "known are from, to"),
        ("/v1/timeline", {"unit": "aeon"}, "unit", "unit=month"),
        ("/v1/timeline", {"group_by": "colour"}, "group_by", "group_by=country"),
        ("/v1/facets", {"facet": "colour"}, "facet", "facet=category"),
        ("/v1/facets", {"values": "0"}, "values", "values=10"),
    ],
)
def test_bad_parameters_are_named_with_one_that_works(
    api: Api, path: str, parameters: dict[str, str], parameter: str, says: str
) -> None:
    answer = api.get(path, params=parameters)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["parameter"] == parameter
    assert error["message"].startswith(f"{parameter}: ")
    assert says in error["message"]


def test_a_cursor_of_another_query_is_refused(api: Api) -> None:
    cursor = api.get("/v1/events", params={"limit": "1"}).json()["next"]
    answer = api.get("/v1/events", params={"limit": "1", "category": "politics", "cursor": cursor})
    assert (answer.status_code, answer.json()["error"]["parameter"]) == (422, "cursor")


def test_an_event_comes_with_mentions_sentences_sources_and_history(api: Api) -> None:
    answer = api.get("/v1/events/e_summit").json()
    assert answer["event"] == samples.SUMMIT.model_dump(mode="json")
    assert [mention["sentence"] for mention in answer["mentions"]] == [samples.MENTION.sentence]
    assert [source["url"] for source in answer["sources"]] == ["https://news.example/1"]
    assert [(one["recorded"], one["event"]["revision"]) for one in answer["history"]] == [("2025-06-15T15:06:46Z", 1)]


def test_an_article_in_the_words_of_another_is_marked(api: Api) -> None:
    wire = "A ferry with two hundred passengers sank off Batangas in heavy seas on Friday night"
    told = (
        ("m_wire", "a_wire", "wire.example", "2026-05-02T06:00:00Z", wire),
        ("m_print", "a_print", "print.example", "2026-05-02T09:00:00Z", wire.replace("Friday", "Saturday")),
        ("m_own", "a_own", "own.example", "2026-05-02T10:00:00Z", "Rescuers near Batangas searched for the lost"),
    )  # fmt: skip
    mentions = [
        samples.MENTION.model_copy(update={
            "mention_id": mention, "article_id": article, "source": source, "published_at": at, "sentence": words,
        })
        for mention, article, source, at, words in told
    ]  # fmt: skip
    ferry = samples.an_event("e_ferry", samples.a_when("2026-05-01", "2026-05-02", "day", "2026-05-01"), "A ferry sank",
        mention_ids=tuple(mention.mention_id for mention in mentions))  # fmt: skip
    api.store.write_mentions(
        [(one, Origin("dateline.mentions", 0, 70 + n, samples.SENT)) for n, one in enumerate(mentions)]
    )
    samples.write(api.store, ferry, first=70)
    sources = api.get("/v1/events/e_ferry").json()["sources"]
    samples.write(api.store, ferry.model_copy(update={"revision": 2, "retracted": True}), first=71)
    assert {one["article_id"]: one["same_source_as"] for one in sources} == {
        "a_wire": None, "a_print": "a_wire", "a_own": None,
    }  # fmt: skip


def test_history_tells_what_an_event_was(api: Api) -> None:
    plan = samples.an_event("e_vote", samples.a_when("2026-05-01", "2026-06-01", "month", "2026-05"), "A vote is due",
        modality="planned")  # fmt: skip
    held = plan.model_copy(update={"revision": 2, "title": "The vote was held", "modality": "asserted",
        "when": samples.a_when("2026-05-09", "2026-05-10", "day", "2026-05-09")})  # fmt: skip
    samples.write(api.store, plan, first=40)
    samples.write(api.store, held, first=50)
    samples.write(api.store, held.model_copy(update={"revision": 3, "retracted": True}), first=60)
    then = api.get("/v1/events/e_vote", params={"as_of": "2025-06-15T15:07:30Z"}).json()
    assert [one["event"]["title"] for one in then["history"]] == ["A vote is due", "The vote was held"]
    assert then["event"]["when"]["start"] == "2026-05-09"
    assert api.get("/v1/events/e_vote", params={"as_of": "2025-06-15T15:00:00Z"}).status_code == 404
    gone = api.get("/v1/events/e_vote")
    assert (gone.status_code, gone.json()["error"]["code"]) == (410, "retracted")
    assert "2025-06-15T15:07:40Z" in gone.json()["error"]["message"]


def test_a_retracted_event_is_gone_a_merged_one_redirects_an_unknown_one_is_not_found(api: Api) -> None:
    assert api.get("/v1/events/e_gone").status_code == 410
    merged = api.get("/v1/events/e_merged")
    assert (merged.status_code, merged.headers["location"]) == (308, "/v1/events/e_summit")
    assert api.get("/v1/events/e_none").json()["error"]["code"] == "not_found"
    assert not {"e_gone", "e_merged"} & set(ids(api))


def test_facets_count_what_filters_let_through(api: Api) -> None:
    answer = api.get("/v1/facets", params={"place": "geneva", "facet": ["category", "country", "actor"]}).json()
    assert answer["total"] == 2
    assert answer["facets"] == {
        "category": [{"value": "business", "count": 1}, {"value": "politics", "count": 1}],
        "country": [{"value": "CH", "count": 2}, {"value": "FJ", "count": 1}],
        "actor": [{"value": "united nations", "count": 1}],
    }


@pytest.mark.parametrize(
    ("parameters", "counts"),
    [
        ({"unit": "month", "from": "2025-02", "to": "2025-07", "group_by": "country"}, [0, 1, 0, 0, 1]),
        ({"unit": "minute", "from": "1912-04-15T02:19:00", "to": "1912-04-15T02:22:00"}, [0, 1, 0]),
        ({"unit": "century", "from": "-0100", "to": "0100"}, [2, 0]),
        ({"unit": "day", "from": "1066-10-13", "to": "1066-10-16", "group_by": "none"}, [0, 1, 0]),
    ],
)
def test_the_timeline_zooms_and_fills_gaps(api: Api, parameters: dict[str, str], counts: list[int]) -> None:
    answer = api.get("/v1/timeline", params=parameters).json()
    assert [bucket["count"] for bucket in answer["buckets"]] == counts


def test_groups_and_what_is_too_coarse_for_a_bucket(api: Api) -> None:
    answer = api.get("/v1/timeline", params={"unit": "month", "from": "2014", "to": "2014-02"}).json()
    assert (answer["coarser"], answer["group_by"]) == (1, "category")
    by_country = {"unit": "month", "from": "2025-03", "to": "2025-04", "group_by": "country"}
    assert api.get("/v1/timeline", params=by_country).json()["buckets"][0]["groups"] == {"CH": 1, "FJ": 1}


def test_a_page_has_a_tag_by_which_it_is_not_sent_again(api: Api) -> None:
    first = api.get("/v1/events", params={"limit": "3"})
    tag = first.headers["etag"]
    again = api.get("/v1/events", params={"limit": "3"}, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["dateline-live"]
    other = api.get("/v1/events", params={"limit": "2"}, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_large_answers_are_compressed_for_those_who_can_read_it(api: Api) -> None:
    for format_ in ("json", "ndjson"):
        with api.client.stream("GET", "/v1/events", params={"format": format_}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            packed = b"".join(answer.iter_raw())
        plain = api.get("/v1/events", params={"format": format_}, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert gzip.decompress(packed) == plain.content


def test_the_description_names_every_parameter_and_its_examples_work(api: Api) -> None:
    paths = api.get("/openapi.json").json()["paths"]
    for path in ("/v1/events", "/v1/timeline", "/v1/facets"):
        for parameter in paths[path]["get"]["parameters"]:
            name, schema = parameter["name"], parameter["schema"]
            assert parameter["description"]
            examples = parameter.get("examples") or schema.get("examples") or []
            assert examples or name == "cursor"
            for example in examples:
                extra = {"near": "46.2,6.15"} if name == "radius" else {}
                answer = api.get(path, params={name: example, **extra})
                assert answer.status_code == 200, (path, name, example, answer.text)
