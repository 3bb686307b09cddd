"""One module per kind of source, and the publisher that puts articles on Kafka.

What is named to what is read
    sources, files, web, kafka_topic, watched: what a name on the command line leads to.
    peeking, compressed, sniff, documents: the first bytes tell what a document is, and who reads it.
    json_rows, csv_rows, warc: documents that are read row by row.
    feed, feed_xml, feed_json, feed_item, feed_rows, feed_dates, fragment: feeds and their entries.
    opml, sitemap, url_list: documents that lead to others.
    items: what all of them give.
    decoding, safe_xml: text and XML that are not as they say.

From row to article
    mapping, rows, identity, hosts: what an article needs, and which one it is.
    page_rows, page, page_tree, language: rows that hold a page.
    structured_data, visible_dates, script_dates, written_dates, stated: the dates that a page states, and where.
    stated_dates, publication_date: in which order they are trusted, and which is believed.

Onto Kafka
    push, sent_before, tally, rejects: one push, counted.
    publisher: the one way onto the topic.

Named feeds
    source_state, schedule, feed_poller: which, when, and what was pushed already.

From the web
    fetch, guard, politeness: never into one's own network, never more than a server allows.
"""
