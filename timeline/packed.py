"""Records in memory: a third of their JSON, since they share field names and much of what stands in them."""

from __future__ import annotations

import zlib

_FAST = 1  # zlib's levels differ by a tenth in size here, and by half in time
_RAW = -zlib.MAX_WBITS  # neither header nor checksum: what is packed never leaves the process

_USUAL = (
    b'"reported_by":null,"quotes":[{"speaker":null,"unit":null,"bound":"at_least"}],"kind":"injured","money","percent",'
    b'"value":"http://https://www..com/news/2012/","category":"arts_culture","health_environment","science_tech","sport",'
    b'"business","politics","law_crime","disaster","international","conflict","open","year","month","type":"ORG","role":'
    b'"patient","type":"PER","role":"agent","type":"LOC","role":null}],"places":[{"name":"","country":"","latitude":0.0,'
    b'"longitude":0.0,"precision":"city"},{"name":"","country":null,"latitude":null,"longitude":null,"precision":null}],'
    b'"quantities":[],"modality":"planned","modality":"reported","anchor":"earlier_date_in_text","anchor":"explicit",'
    b'{"event_id":"e_","revision":1,"bucket":"2012-12-12","mention":{"article_id":"","mention_id":"m_","sentence":"The '
    b'.","start":100,"end":110,"sentence_start":100,"sentence_end":200,"when":{"start":"2012-12-12","end":"2012-12-13",'
    b'"granularity":"day","value":"2012-12-12","edtf":"2012-12-12","anchor":"publication_date","rule":"tense.past",'
    b'"alternatives":[]},"category":null,"type":null,"actors":[{"name":"","type":"PER","role":null}],"places":[],'
    b'"quantities":[],"modality":"asserted","reported_by":null,"quotes":[],"confidence":0.3,"extractor":"dateline-rules'
    b'/2","title":"","source":".com","url":"http://www..com/","published_at":"2012-12-12T00:00:00Z","language":"en",'
    b'"gist":["",""]},"held":true,"proves":{},"touches":[]}'
)  # what records have in common, the commonest last (zlib's `zdict`); nothing depends on its words but the size


def pack(content: bytes) -> bytes:
    """Return bytes from which `unpack` makes the same content again, within this process."""
    press = zlib.compressobj(_FAST, zlib.DEFLATED, _RAW, zdict=_USUAL)
    return press.compress(content) + press.flush()


def unpack(packed: bytes) -> bytes:
    """Return what was packed."""
    return zlib.decompressobj(_RAW, _USUAL).decompress(packed)
