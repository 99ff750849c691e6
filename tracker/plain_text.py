"""The words of a bill's text, from the HTML, XML, PDF or plain text a legislature serves.

Struck-through words are left out and inserted ones kept, as far as the mark-up says so (in a PDF
a stroke is a drawn line, so what it strikes stays). Paragraphs are parted by an empty line; inside
one, white space is folded. Documents are hostile until read: no entity is resolved, nothing is
fetched, sizes are bounded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

import pypdfium2  # type: ignore[import-untyped]
from bs4.dammit import EncodingDetector, UnicodeDammit
from lxml import etree

from tracker.errors import TrackerError

# Bytes of mark-up for one character of text, at most: Word's HTML has about twenty.
_MAX_BYTES_PER_CHARACTER = 8
_MAX_PAGES = 3_000
_PDF_HEAD = 1_024

_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_XML_TYPES = {"text/xml", "application/xml"}
_SNIFFED = {"", "application/octet-stream", "binary/octet-stream"}

_SKIPPED = {
    "script",
    "style",
    "nav",
    "head",
    "template",
    "noscript",
    "metadata",
    "button",
    "select",
}
_STRUCK_TAGS = {"s", "strike", "del", "deleted-phrase", "deleted"}
_STRUCK_NAMES = "del delete deleted remove removed strike stricken strikeout strikethrough struck"
_STRUCK_CLASSES = frozenset(_STRUCK_NAMES.split())
# "New text begin", said to those who can't see that it is underlined (Minnesota).
_FOR_LISTENERS = {"sr-only", "visually-hidden"}
# Federal bills mark deleted parts by `changed`, Utah's by `ea`.
_STRUCK_ATTRIBUTES = {("changed", "deleted"), ("ea", "erase")}
_STRUCK_STYLE = re.compile(r"line-through|strikethrough", re.IGNORECASE)
_STRUCK_RULE = re.compile(r"([.\w-]{1,60})\s*\{[^{}]{0,400}?line-through", re.IGNORECASE)
_INLINE_NAMES = """
    a abbr acronym amend amendoutstart amendoutend b big bold cite code del display dfn em
    enum external-xref font header i inline ins internal-xref italic ln label mark o q s
    strike quote short-title small smallcaps span strong sub subheader sup tab term text tt
    u underline var wbr xref
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_LABELS = {
    "enum",
    "header",
    "label",
    "td",
    "th",
}  # inline, but never grown together with their neighbours
_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
# PDFium's mark for a hyphen at the end of a line, and the number of the next line after it.
_BROKEN_WORD = re.compile(r"\ufffe(?:\d{1,4} )?")
_NUMBERED = re.compile(r"[^\S\n]*(\d{1,4})(?=[^\S\n]|$)")


class UnreadableText(TrackerError):
    """A document can't be read; the message says why."""


def plain_text(body: bytes, media_type: str, *, limit: int = 8_000_000) -> str:
    """The text of a document, at most `limit` characters.

    Raises UnreadableText where the body is empty, broken, encrypted, larger than `limit` allows,
    not of the type it is said to be, or of a type that holds no text.
    """
    if not body.strip():
        raise UnreadableText("the document is empty")
    if len(body) > limit * _MAX_BYTES_PER_CHARACTER:
        raise UnreadableText(f"the document has {len(body)} bytes, too many for one text")
    text = _reader(body, media_type)(body)
    paragraphs = (_SPACE.sub(" ", part).strip() for part in _PARAGRAPH.split(text))
    text = "\n\n".join(part for part in paragraphs if part)
    if not text:
        raise UnreadableText("the document holds no words (a scanned image, or an empty page)")
    if len(text) > limit:
        raise UnreadableText(f"the text has {len(text)} characters, more than {limit}")
    return text


def _reader(body: bytes, media_type: str) -> Callable[[bytes], str]:
    kind = media_type.partition(";")[0].strip().lower()
    if kind in _SNIFFED:
        kind = _sniffed(body)
    is_pdf = b"%PDF-" in body[:_PDF_HEAD]
    if is_pdf != (kind == "application/pdf"):
        raise UnreadableText(f"said to be {kind}, but is {'' if is_pdf else 'not '}a PDF")
    if kind == "application/pdf":
        return _pdf
    if kind in _HTML_TYPES:
        return _html
    if kind in _XML_TYPES or kind.endswith("+xml"):
        return _xml
    if kind.startswith("text/"):
        return _plain
    raise UnreadableText(f"a document of type {kind} holds no text that can be read")


def _sniffed(body: bytes) -> str:
    start = body[:_PDF_HEAD].lstrip().lower()
    if b"%pdf-" in start:
        return "application/pdf"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "text/html"
    if start.startswith(b"<"):
        return "text/xml"
    return "text/plain"


def _pdf(body: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise UnreadableText(f"a PDF that can't be opened (broken or locked): {error}") from error
    try:
        if len(document) > _MAX_PAGES:
            raise UnreadableText(f"a PDF of {len(document)} pages")
        return "\n\n".join(_without_line_numbers(page) for page in _pages(document))
    except pypdfium2.PdfiumError as error:
        raise UnreadableText(f"a PDF with a broken page: {error}") from error
    finally:
        document.close()


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in document:
        words = page.get_textpage()
        yield _BROKEN_WORD.sub("", words.get_text_bounded().replace("\r", ""))
        words.close()
        page.close()


def _without_line_numbers(page: str) -> str:
    """Printed bills number their lines; a number that only counts on is not part of the text."""
    lines: list[str] = []
    expected = 0
    for line in page.split("\n"):
        number = _NUMBERED.match(line)
        if number and 0 <= int(number[1]) - (expected or 1) <= (2 if expected else 0):
            lines.append(line[number.end() :])
            expected = int(number[1]) + 1
        else:
            lines.append(line)
    return "\n".join(lines)


def _plain(body: bytes) -> str:
    return _decoded(body, is_html=False)


def _decoded(body: bytes, *, is_html: bool) -> str:
    """What is valid UTF-8 is UTF-8, whatever a page says of itself (Hawaii, Iowa)."""
    try:
        text: str | None = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = UnicodeDammit(body, is_html=is_html).unicode_markup
    if text is None or "\x00" in text:
        raise UnreadableText("in no known encoding, or not a text")
    return text


def _html(body: bytes) -> str:
    text = _decoded(body, is_html=True)
    parser = etree.HTMLParser(no_network=True, encoding="utf-8", remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableText("HTML nested too deep or grown too large to be read in whole")
    if root is None:
        raise UnreadableText("HTML without any element")
    struck = frozenset(_selected(rule) for rule in _STRUCK_RULE.findall(text))
    return "".join(_words(root, struck))


def _selected(rule: str) -> str:
    """`.gone` for `span.gone` and `.gone`, `s` for `s`: what a rule of a style sheet is for."""
    element, dot, name = rule.lower().rpartition(".")
    return dot + name if dot else element + name


def _xml(body: bytes) -> str:
    # Utah declares UTF-16 and serves UTF-8: the bytes decide, not the declaration.
    declared = EncodingDetector.find_declared_encoding(body, is_html=False) or ""
    wrong = declared.lower().startswith("utf-16") and b"\x00" not in body[:200]
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_pis=True,
        encoding="utf-8" if wrong else None,
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableText(f"XML that is not well formed: {error}") from error
    return "".join(_words(root, frozenset()))


def _words(root: etree._Element, struck: frozenset[str]) -> Iterator[str]:
    """The text of an element without recursion: documents may be nested as deep as they like."""
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    pre = 0
    left_out = None
    for event, element in walk:
        if not isinstance(element.tag, str):
            if event != "end":
                yield _entity(element) + _folded(element.tail, pre)
            continue
        name = element.tag.rpartition("}")[2].rpartition(":")[2].lower()
        space = _space(name)
        if event == "end":
            pre -= name == "pre" and element is not left_out
            yield space + ("" if element is root else _folded(element.tail, pre))
        elif name in _SKIPPED or _is_struck(element, name, struck):
            walk.skip_subtree()
            left_out = element
        else:
            pre += name == "pre"
            yield ("" if name in ("br", "tr") else space) + _folded(element.text, pre)


def _space(name: str) -> str:
    """What stands before and after an element of this name."""
    if name in ("br", "tr"):  # printed bills are often served as a table, a line a row
        return "\n"
    if name in _LABELS:
        return " "
    return "" if name in _INLINE else "\n\n"


def _entity(element: etree._Element) -> str:
    """A character that HTML names (`&sect;`) is read; any other entity is left out unread."""
    if element.tag is not etree.Entity:
        return ""
    written = str(element.text)
    read = html.unescape(written)
    return " " if read == written else read


def _folded(text: str | None, pre: int) -> str:
    if not text:
        return ""
    return text if pre else _SPACE.sub(" ", text)


def _is_struck(element: etree._Element, name: str, struck: frozenset[str]) -> bool:
    if name in _STRUCK_TAGS or name in struck:
        return True
    if any(element.get(key) == value for key, value in _STRUCK_ATTRIBUTES):
        return True
    style = element.get("style", "") + element.get("reported-display-style", "")
    if _STRUCK_STYLE.search(style):
        return True
    classes = set(element.get("class", "").lower().split())
    if classes & _FOR_LISTENERS:
        return True
    return bool(classes & _STRUCK_CLASSES) or any(f".{name}" in struck for name in classes)
