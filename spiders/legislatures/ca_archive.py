"""Parts of California's archive: one member of a ZIP of over a gigabyte is asked for by its bytes.

The end of a ZIP lists its members with their places; with HTTP ranges only that list and the
members that matter are fetched. A server that sends the whole of a small archive is read as well.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from spiders.answer import Answer
from spiders.reading import PageChanged

# Of the list: about 90 bytes for each of some 60,000 members.
TAIL_BYTES = 12 * 1024 * 1024
_MAX_UNPACKED = 256 * 1024 * 1024
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_SPARE = 1_024  # the header before a member may hold more than the list says of it


class Place(NamedTuple):
    """Where a member lies in the archive: its first byte, and more bytes than it can have."""

    start: int
    length: int


class _Tail(io.RawIOBase):
    """An archive of which only the end is at hand; reading before it raises."""

    def __init__(self, tail: bytes, size: int) -> None:
        self._tail, self._size, self._at = tail, size, 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def read(self, count: int = -1) -> bytes:
        begin = self._at - (self._size - len(self._tail))
        if begin < 0:
            raise zipfile.BadZipFile("its list of members begins before the part that was sent")
        found = self._tail[begin:] if count < 0 else self._tail[begin : begin + count]
        self._at += len(found)
        return found


def places(answer: Answer) -> dict[str, Place]:
    """Members that are not empty, by name, from the end of an archive (an answer 206)."""
    said = answer.headers.get("content-range", "")
    found = _RANGE.fullmatch(said)
    if found is None or int(found[2]) - int(found[1]) + 1 != len(answer.body):
        raise PageChanged(f"a Content-Range of {len(answer.body)} bytes", said or "none")
    size = int(found[3])
    try:
        with zipfile.ZipFile(_Tail(answer.body, size)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OSError) as error:
        raise PageChanged("the end of a ZIP file", str(error)) from error
    return {
        member.filename: Place(
            member.header_offset, len(member.filename) + _SPARE + member.compress_size
        )
        for member in members
        if member.file_size
    }


def byte_range(place: Place) -> str:
    return f"bytes={place.start}-{place.start + place.length - 1}"


def unpacked(answer: Answer, name: str) -> bytes:
    """A member from its bytes, checked by name, by its end and by its sum, within bounds."""
    member = _local(answer.body)
    if member.name != name:
        raise PageChanged(f"the member {name}", member.name)
    data = answer.body[member.start :]
    if member.method == _STORED:
        return data[: member.size]
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        body = inflate.decompress(data, _MAX_UNPACKED)
    except zlib.error as error:
        raise PageChanged(f"{name} as it was packed", str(error)) from error
    if not inflate.eof:
        raise PageChanged(f"the whole of {name}", f"{len(body)} bytes without its end")
    if member.crc and zlib.crc32(body) != member.crc:
        raise PageChanged(f"{name} as its sum says", f"another sum over {len(body)} bytes")
    return body


class _Local(NamedTuple):
    name: str
    method: int
    crc: int
    size: int
    start: int


def _local(body: bytes) -> _Local:
    """The header before a member (APPNOTE 4.3.7)."""
    if len(body) < _LOCAL_HEADER.size:
        raise PageChanged("a member of a ZIP", repr(body[:60]))
    mark, _, _, method, _, _, crc, size, _, name, extra = _LOCAL_HEADER.unpack_from(body)
    begin = _LOCAL_HEADER.size
    if mark != b"PK\x03\x04" or method not in {_STORED, _DEFLATED}:
        raise PageChanged("a stored or deflated member of a ZIP", repr(body[:60]))
    printed = body[begin : begin + name].decode("ascii", "replace")
    return _Local(printed, method, crc, size, begin + name + extra)


def newest(listed: Mapping[str, tuple[str, float]], whole: str) -> str:
    """The archive to read of a listing (name to time and bytes): the newest that is complete.

    Accounts differ on whether a daily archive holds the whole session or one day's changes; a part
    would look as if actions were gone. One at least half as large as the session's own is whole.
    """
    if whole not in listed:
        raise PageChanged(f"{whole} in the listing", ", ".join(sorted(listed)) or "no archive")
    least = listed[whole][1] / 2
    complete = [
        name
        for name, (_, size) in listed.items()
        if name == whole or (name.startswith("pubinfo_daily_") and size >= least)
    ]
    return max(complete, key=lambda name: (listed[name][0], name == whole))
