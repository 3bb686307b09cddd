"""A small ClickHouse HTTP interface over chDB, so that the server path of the store is tested without a server.

    python tests/clickhouse_front.py FOLDER [PORT]

prints the port it listens on and serves until it is ended. It speaks what clickhouse-connect uses: statements in
`query=` or the body, `param_*` parameters, inserts in Native format, compressed as Content-Encoding says.
"""

from __future__ import annotations

import re
import sys
import tempfile
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import chdb
import lz4.frame

NO_SETTINGS = {
    "query",
    "database",
    "query_id",
    "client_protocol_version",
    "wait_end_of_query",
    "session_id",
    "compress",
}
# exactly one newline: a block of ten columns begins with another
INSERT = re.compile(rb"(?P<into>INSERT\s+INTO\b.*?)\s+FORMAT\s+Native\n", re.IGNORECASE | re.DOTALL)
ARROW = re.compile(r"(?P<into>INSERT\s+INTO\b.*?)\s+FORMAT\s+Arrow\s*", re.IGNORECASE | re.DOTALL)
FORMAT = re.compile(r"\bFORMAT\s+(\w+)\s*$", re.IGNORECASE)
CODE = re.compile(r"Code: (\d+)")


class Engine:
    """A chDB path; each request has a connection of its own, so that no setting outlives it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._open: Any = chdb.connect(path)

    def answer(self, body: bytes, options: dict[str, str]) -> tuple[bytes, str]:
        """Run a statement; return its result and the format of it."""
        connection: Any = chdb.connect(self._path)
        try:
            connection.query(f"USE `{options.get('database', 'default')}`")
            for name, value in options.items():
                if name not in NO_SETTINGS and not name.startswith("param_"):
                    connection.query(f"SET {name} = '{value}'")
            insert = INSERT.match(body)
            if insert:
                return write(connection, insert["into"].decode(), body[insert.end() :], "Native"), "Native"
            asked = ARROW.fullmatch(options.get("query", ""))
            if asked:
                return write(connection, asked["into"], body, "Arrow"), "Native"
            statement = "\n".join(filter(None, (options.get("query"), body.decode())))
            parameters = {name[6:]: value for name, value in options.items() if name.startswith("param_")}
            named = FORMAT.search(statement)
            kind = named[1] if named else "TabSeparated"
            return connection.query(statement, kind, params=parameters).bytes() or b"", kind
        finally:
            connection.close()


def write(connection: Any, into: str, block: bytes, form: str) -> bytes:
    """Insert a block in some format; the answer is empty."""
    with tempfile.NamedTemporaryFile(suffix=".native") as file:
        file.write(block)
        file.flush()
        connection.query(f"{into} FROM INFILE '{file.name}' FORMAT {form}")
    return b""


class Handler(BaseHTTPRequestHandler):
    """Answers `POST /` and `GET /`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    engine: Engine

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b"".join(iter(self._chunk, b""))
        if self.headers.get("Content-Encoding") == "lz4":
            body = lz4.frame.decompress(body)
        self._answer(body)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline(), 16)
        data = self.rfile.read(size)
        self.rfile.readline()
        return data

    def _answer(self, body: bytes) -> None:
        options = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            form = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
            for part in form.get_payload():
                value = part.get_payload(decode=True).decode()
                options[str(part.get_param("name", header="content-disposition"))] = value
            body = b""
        elif kind.startswith("application/x-www-form-urlencoded"):
            options.update(parse_qsl(body.decode(), keep_blank_values=True))
            body = b""
        try:
            answer, form_of_it = self.engine.answer(body, options)
            self._send(200, answer, {"X-ClickHouse-Format": form_of_it, "X-ClickHouse-Timezone": "UTC"})
        except RuntimeError as error:
            found = CODE.search(str(error))
            self._send(500, str(error).encode(), {"X-ClickHouse-Exception-Code": found[1] if found else "1"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    Handler.engine = Engine(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Handler)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
