"""Run folders with a real archive of captures, for the tests that damage them."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import msgspec
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tracker.runs import CAPTURES, Capture, read_record, write_record


def archive(folder: Path, bodies: list[bytes]) -> None:
    """Give a finished run the captures it names: `bodies` in a WARC, and their hashes in the record."""
    record = read_record(folder)
    with (folder / CAPTURES).open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, body in enumerate(bodies):
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"
            )
            writer.write_record(
                writer.create_warc_record(
                    f"https://va.example/{number}",
                    "response",
                    payload=io.BytesIO(body),
                    http_headers=headers,
                )
            )
    captures = [
        Capture(
            sha256=sha256(body).hexdigest(),
            url=f"https://va.example/{number}",
            fetched_at=record.started_at,
            status=200,
            media_type="text/html",
            bytes=len(body),
        )
        for number, body in enumerate(bodies)
    ]
    write_record(folder, msgspec.structs.replace(record, captures=captures))
