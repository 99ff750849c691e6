"""Documents become plain text: struck words go, hostile and broken input is refused."""

import io

import pypdfium2
import pytest

from tracker.plain_text import UnreadableText, plain_text

HTML = b"""<html><head><style>.gone {text-decoration: line-through} p {margin: 0}</style></head>
<body><script>alert(1)</script><nav>Home | Bills</nav>
<p>No agency <s>may</s> <u>shall</u> assist<br>in
enforcement.</p><!-- hidden --><p>Second <span class="gone">old</span>
<span style="color:red;text-decoration:line-through">older</span><del>oldest</del> new.</p>
<pre>kept  text

next paragraph</pre></body></html>"""


def test_html_loses_struck_words_and_furniture() -> None:
    assert plain_text(HTML, "text/html; charset=utf-8") == (
        "No agency shall assist in enforcement.\n\nSecond new.\n\nkept text\n\nnext paragraph"
    )


def test_xml_of_congress_and_utah() -> None:
    body = b"""<?xml version="1.0" encoding="UTF-16"?><bill><metadata>skip</metadata>
    <section><enum>1.</enum><header>Short title</header><text>May be cited as
    <quote>A &amp; B</quote>.</text></section><section changed="deleted">gone</section>
    <amend ea="erase">old</amend></bill>"""
    assert plain_text(body, "text/xml") == "1. Short title May be cited as A & B."


def test_entities_are_not_resolved() -> None:
    body = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>before &x; after</a>'
    assert plain_text(body, "application/xml") == "before after"


def test_entities_that_html_names_are_read() -> None:
    body = b'<!DOCTYPE a SYSTEM "bill.dtd"><a>&sect; 1 &unknown; two</a>'
    assert plain_text(body, "application/xml") == "\u00a7 1 two"


def test_billion_laughs_are_refused() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE a [<!ENTITY l0 "lol">{lol}]><a>x &l11; y</a>'.encode()
    with pytest.raises(UnreadableText, match="amplification"):
        plain_text(body, "text/xml")


def test_deep_nesting_is_read_or_refused_in_whole() -> None:
    assert plain_text(b"<div>" * 200 + b"deep" + b"</div>" * 200, "text/html") == "deep"
    with pytest.raises(UnreadableText, match="too deep"):
        plain_text(b"<p>top</p>" + b"<div>" * 50_000 + b"deep", "text/html")


def test_utf8_beats_a_wrong_declaration() -> None:
    body = '<meta charset="windows-1252"><p>Section § “one”</p>'.encode()
    assert plain_text(body, "text/html") == "Section § “one”"


def test_windows_1252() -> None:
    assert plain_text(b"<p>\x93quoted\x94</p>", "text/html") == "“quoted”"


@pytest.mark.parametrize("rule", [".gone", "span.gone", "SPAN.Gone", "span"])
def test_what_a_style_sheet_strikes_out_is_no_text(rule: str) -> None:
    style = f"<style>{rule} {{color: red; text-decoration: line-through}}</style>"
    page = f'<html><head>{style}</head><body>Old <span class="gone">older </span>new</body></html>'
    assert plain_text(page.encode(), "text/html") == "Old new"


def _empty_pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "media_type", "why"),
    [
        (b"", "text/html", "empty"),
        (b"  \n", "text/plain", "empty"),
        (b"<html></html>", "text/html", "no words"),
        (b"%PDF-1.5 and then nothing", "application/pdf", "can't be opened"),
        (b"<html>Just a moment...</html>", "application/pdf", "not a PDF"),
        (b"%PDF-1.5", "text/html", "is a PDF"),
        (b"\x89PNG\r\n", "image/png", "image/png"),
        (b"<a><b></a>", "text/xml", "not well formed"),
        (b"\x00\x01\x02", "text/plain", "not a text"),
        (b"x" * 900, "text/plain", "too many"),
        (b"x" * 200, "text/plain", "more than 100"),
        (_empty_pdf(), "application/pdf", "no words"),
    ],
)
def test_refusals_say_why(body: bytes, media_type: str, why: str) -> None:
    with pytest.raises(UnreadableText, match=why):
        plain_text(body, media_type, limit=100 if len(body) < 1000 else 8_000_000)
