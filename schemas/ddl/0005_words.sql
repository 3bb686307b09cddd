-- Which rows hold a word: names and texts are kept as words between single spaces (store/words.py). An event is then found
-- by its actor, its place or its words without reading those of all others.
ALTER TABLE events
    ADD INDEX IF NOT EXISTS words_of_actors actors TYPE text(tokenizer = splitByString([' '])),
    ADD INDEX IF NOT EXISTS words_of_places places TYPE text(tokenizer = splitByString([' '])),
    ADD INDEX IF NOT EXISTS words_of_search search TYPE text(tokenizer = splitByString([' ']));

ALTER TABLE events MATERIALIZE INDEX words_of_actors;

ALTER TABLE events MATERIALIZE INDEX words_of_places;

ALTER TABLE events MATERIALIZE INDEX words_of_search;
