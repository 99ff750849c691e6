"""One answer of a site, and the strict ways to read its body.

Everything from outside is hostile until parsed: nothing here executes, expands entities, follows
references or unpacks without bounds. A body that is not what it claims raises PageChanged.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import msgspec
from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from lxml import etree

from spiders.reading import PageChanged, columns

T = TypeVar("T")

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_RATIO = 200
_MAX_MEMBERS = 50_000
# All that zipfile raises where offsets, sizes, methods or flags of an archive lie.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError)
_MAX_FIELD = 2_000_000


@dataclass(frozen=True)
class Answer:
    """`body` is as decoded from transfer; `context` is what the request was given to carry."""

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def asked(self, name: str) -> str:
        """The only value of that name in the query of the address."""
        values = parse_qs(urlsplit(self.url).query).get(name, [])
        if len(values) != 1:
            raise PageChanged(f"one `{name}` in the address", self.url)
        return values[0]

    def carried(self, name: str) -> str:
        """What the request was given to carry, where the page itself does not say it."""
        found = self.context.get(name)
        if not isinstance(found, str):
            raise PageChanged("a page asked for as of a measure", f"nothing about its {name}")
        return found

    def named(self) -> dict[str, Any]:
        """The measure that a page was asked for as of: jurisdiction, session and identifier."""
        return {name: self.carried(name) for name in ("jurisdiction", "session", "identifier")}

    def text(self, encoding: str = "") -> str:
        """The body as text in the given, declared or UTF-8 encoding; wrong bytes raise."""
        named = encoding or self._declared() or "utf-8-sig"
        try:
            return self.body.decode("utf-8-sig" if named.lower() in {"utf-8", "utf8"} else named)
        except (UnicodeDecodeError, LookupError) as error:
            raise PageChanged(f"text in {named}", str(error)) from error

    def _declared(self) -> str:
        in_header = _CHARSET.search(self.headers.get("content-type", ""))
        if in_header:
            return in_header.group(1)
        in_page = _META_CHARSET.search(self.body[:4096])
        return in_page.group(1).decode("ascii", "replace") if in_page else ""

    def soup(self, *, whole: bool = True) -> BeautifulSoup:
        """The page as a tree. A page must end with `</html>`: parsers mend a page that was cut off,
        and would read less without a word; `whole=False` is for fragments."""
        if b"<" not in self.body[:4096]:
            raise PageChanged("an HTML page", _beginning(self.body))
        if whole and b"</html>" not in self.body[-4096:].lower():
            raise PageChanged("a whole page, ended by </html>", repr(self.body[-120:]))
        with warnings.catch_warnings():
            # XHTML begins like XML; that the page is the right one is shown by its landmark.
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            return BeautifulSoup(self.text(), "lxml")

    def json(self, form: type[T]) -> T:
        """The body as a value of the given msgspec type; raises where a field is not as typed."""
        return from_json(self.body, form)

    def xml(self) -> etree._Element:
        return parse_xml(self.body)

    def elements(self, name: str) -> Iterator[etree._Element]:
        """Elements of that local name, one at a time and then forgotten: for lists of many MB."""
        found = etree.iterparse(
            io.BytesIO(self.body),
            tag=f"{{*}}{name}",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            for _, element in found:
                _refuse_entities(element)
                yield element
                element.clear(keep_tail=False)
        except etree.XMLSyntaxError as error:
            raise PageChanged("well-formed XML", f"{error}: {_beginning(self.body)}") from error

    def rows(self, required: Sequence[str], *, encoding: str = "") -> Iterator[dict[str, str]]:
        """Rows of a CSV with a header; blanks around names and values are taken away.

        Raises where a required column is missing or a row has more or fewer cells than the head.
        """
        reader = csv.reader(io.StringIO(self.text(encoding), newline=""), skipinitialspace=True)
        csv.field_size_limit(_MAX_FIELD)
        head = [name.strip() for name in next(reader, [])]
        columns(head, required)
        for row in reader:
            if not row:
                continue
            if len(row) != len(head):
                raise PageChanged(
                    f"{len(head)} cells in line {reader.line_num}", f"{len(row)}: {row[:3]}"
                )
            yield {name: cell.strip() for name, cell in zip(head, row, strict=True)}

    def zip_member(self, suffix: str) -> bytes:
        """The only member of a ZIP with that ending, unpacked within bounds."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.body)) as archive:
                members = [m for m in archive.infolist() if m.filename.lower().endswith(suffix)]
                if len(members) != 1:
                    raise PageChanged(f"one {suffix} in the ZIP", f"{len(members)} of them")
                return _unpack(archive, members[0])
        except _BROKEN_ZIP as error:
            raise PageChanged("a ZIP file", f"{error}: {_beginning(self.body)}") from error

    def zip_members(self, suffix: str) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of each member of a ZIP with that ending, one at a time, within bounds."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.body)) as archive:
                members = [m for m in archive.infolist() if m.filename.lower().endswith(suffix)]
                whole = sum(member.file_size for member in members)
                if len(members) > _MAX_MEMBERS or whole > _MAX_RATIO * len(self.body):
                    raise PageChanged(
                        f"at most {_MAX_MEMBERS} members, packed at most {_MAX_RATIO} to 1",
                        f"{len(members)} members of {whole} bytes",
                    )
                for member in members:
                    yield member.filename, _unpack(archive, member)
        except _BROKEN_ZIP as error:
            raise PageChanged("a ZIP file", f"{error}: {_beginning(self.body)}") from error


def from_json(body: bytes | msgspec.Raw, form: type[T]) -> T:
    """JSON of the given msgspec type; raises PageChanged where it is not."""
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.DecodeError, RecursionError) as error:
        raise PageChanged(
            "JSON in the known form", f"{error}: {_beginning(bytes(body))}"
        ) from error
    except UnicodeDecodeError as error:
        raise PageChanged("JSON in UTF-8", str(error)) from error


def parse_xml(body: bytes) -> etree._Element:
    """Well-formed XML without entities or network; raises PageChanged on anything else."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PageChanged("well-formed XML", f"{error}: {_beginning(body)}") from error
    _refuse_entities(root)
    return root


def _refuse_entities(element: etree._Element) -> None:
    if any(isinstance(node, etree._Entity) for node in element.iter(etree.Entity)):
        raise PageChanged("XML without entities of its own", "an entity reference")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.file_size > _MAX_UNPACKED or member.file_size > _MAX_RATIO * max(
        member.compress_size, 1
    ):
        raise PageChanged(
            f"at most {_MAX_UNPACKED} bytes, packed at most {_MAX_RATIO} to 1",
            f"{member.file_size} bytes packed into {member.compress_size}",
        )
    with archive.open(member) as file:
        data = file.read(_MAX_UNPACKED + 1)
    if len(data) != member.file_size:
        raise PageChanged(f"{member.file_size} bytes in {member.filename}", f"{len(data)}")
    return data


def _beginning(body: bytes) -> str:
    return repr(body[:120]) if body else "an empty body"
