from __future__ import annotations

from schemas.export import FOLDER, documents, text_of


def test_the_published_documents_are_those_of_the_records() -> None:
    expected = {name: text_of(document) for name, document in documents().items()}
    published = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
    assert published == expected, "run: python -m schemas.export"


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = documents()["asyncapi.json"]
    for channel in document["channels"].values():
        for reference in channel["messages"].values():
            kind = reference["$ref"].removeprefix("#/components/messages/")
            payload = document["components"]["messages"][kind]["payload"]["schema"]["$ref"]
            assert (FOLDER / payload).is_file()
    for operation in document["operations"].values():
        assert operation["channel"]["$ref"].removeprefix("#/channels/") in document["channels"]
