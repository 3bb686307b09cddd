"""Whose word a statement is: "police said", "according to the ministry", "Moscow claimed to have"."""

from __future__ import annotations

from extraction.clauses import Sentence
from extraction.lexicon import words
from extraction.names import Name
from extraction.trigger import Trigger

_TAIL = 9  # words after a reporting verb at a sentence's end: `, Anna Lee, a spokeswoman, told reporters.`
_LONGEST = 8  # words of a source: "a spokesman for the ministry of the interior"
_HEDGED = -1


def attribution(sentence: Sentence, trigger: Trigger) -> int | None:
    """Return the word that says whose word a statement is, -1 for a hedge ("allegedly"), None when nothing does."""
    lower = sentence.lower
    governor = trigger.reading.governor
    if governor in words("verbs.reported_governors"):
        return _last(lower, governor, trigger.index)
    for k, saying in _sayings(sentence):
        reports = not saying or k < trigger.index or (k > trigger.index and _closes(sentence, k))
        if reports and k != trigger.index and sentence.same_part(k, trigger.index):
            return k
    hedges = words("reporting.hedges")
    if any(word in hedges for word in lower[max(0, trigger.index - 6) : trigger.index]):
        return _HEDGED
    return None


def _sayings(sentence: Sentence) -> list[tuple[int, bool]]:
    """Return the words of a sentence that may say whose word it is, and whether each is a verb rather than a phrase."""
    known: list[tuple[int, bool]] | None = sentence.memo.get("sayings")
    if known is None:
        lower, verbs, according = sentence.lower, words("reporting.verbs"), words("reporting.according")
        known = [
            (k, word not in according)
            for k, word in enumerate(lower)
            if (word in according and lower[k + 1 : k + 2] == ["to"])
            or (word not in according and word in verbs and _is_saying(sentence, k))
        ]
        sentence.memo["sayings"] = known
    return known


def is_attribution(sentence: Sentence, index: int) -> bool:
    """Tell whether a word is the verb of an attribution at the sentence's end: ", the companies announced."."""
    return sentence.lower[index] in words("reporting.verbs") and _closes(sentence, index) and index > 3


def source_of(sentence: Sentence, trigger: Trigger, names: list[Name]) -> str | None:
    """Return who says so: the name in the source's noun phrase, else the phrase itself without its article.

    None where nobody is named: behind a hedge, a pronoun, or a quotation without its speaker in the sentence.
    """
    at = attribution(sentence, trigger)
    if at is None or at == _HEDGED:
        return None
    if sentence.lower[at] in words("reporting.according"):
        first, end = at + 2, _end(sentence, at + 2)
    else:
        first, end = _before(sentence, at)
        if first == end:  # "…, said Anna Lee of the union."
            first, end = at + 1, _end(sentence, at + 1)
    return _phrase(sentence, first, end, names)


def _phrase(sentence: Sentence, first: int, end: int, names: list[Name]) -> str | None:
    while first < end and sentence.lower[first] in words("reporting.before_source"):
        first += 1
    if first >= end or sentence.lower[first] in words("reporting.pronouns"):
        return None
    named = [n for n in names if sentence.starts[first] <= n.start < sentence.ends[end - 1] and not n.demonym]
    if named:
        return named[0].name
    phrase = " ".join(sentence.raw[first:end]).replace(" 's", "'s").replace(" ’s", "’s")
    common = (end - first > 1 and sentence.raw[first + 1].islower()) or sentence.lower[first] in words(
        "reporting.sources"
    )
    return phrase[0].lower() + phrase[1:] if first == 0 and common else phrase


def _before(sentence: Sentence, verb: int) -> tuple[int, int]:
    """Return the noun phrase before a verb as [first, end), empty when there is none."""
    lower = sentence.lower
    while verb > 0 and _qualifies(lower[verb - 1]):
        verb -= 1
    if verb > 1 and lower[verb - 1] == "," and "," in lower[: verb - 1]:
        verb = max(k for k in range(verb - 1) if lower[k] == ",")  # "Anna Lee, a lawyer, said"
    k = verb
    while k > 0 and verb - k < _LONGEST and not _bounds(sentence, k - 1):
        k -= 1
    return k, verb


def _end(sentence: Sentence, first: int) -> int:
    k = first
    while k < len(sentence.lower) and k - first < _LONGEST and not _bounds(sentence, k):
        k += 1
    return k


def _bounds(sentence: Sentence, k: int) -> bool:
    """Tell whether a word lies outside of a source's noun phrase: punctuation, a conjunction, a verb, a weekday."""
    word = sentence.lower[k]
    return (
        (not word[0].isalnum() and word != "'s")
        or word in words("reporting.bounds")
        or word in words("clauses.openers")
        or word in words("reporting.verbs")
    )


def _qualifies(word: str) -> bool:
    return word.endswith("ly") or word in ("also", "had", "has", "have", "later", "then")


def _last(lower: list[str], word: str, before: int) -> int:
    return next((k for k in range(before - 1, -1, -1) if lower[k] == word), _HEDGED)


def _is_saying(sentence: Sentence, k: int) -> bool:
    """Tell "police said" from "said to", "announced plans": content follows or came before."""
    following = sentence.lower[k + 1] if k + 1 < len(sentence.lower) else ""
    return following not in ("of", "by", "in") and sentence.lower[k] != "according"


def _closes(sentence: Sentence, k: int) -> bool:
    """Tell whether a reporting verb belongs to an attribution behind a comma or quote: ", police said Monday"."""
    if len(sentence.lower) - k > _TAIL * 2:
        return False
    return any(word in (",", '"', "”") for word in sentence.lower[max(0, k - _TAIL) : k])
