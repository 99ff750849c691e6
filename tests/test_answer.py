"""Reading bodies within bounds: many files of one ZIP, and the text of XML elements."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from spiders.answer import Answer
from spiders.reading import PageChanged, said


def packed(**members: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return body.getvalue()


def members(body: bytes) -> list[tuple[str, bytes]]:
    return list(Answer("https://example.org/all.zip", body).zip_members(".xml"))


def test_the_members_of_a_zip_with_an_ending() -> None:
    body = packed(a_xml=b"<a/>", read_txt=b"me", b_xml=b"<b/>")
    assert members(body) == [("a.xml", b"<a/>"), ("b.xml", b"<b/>")]


def test_a_member_that_unpacks_to_too_much_is_not_unpacked() -> None:
    with pytest.raises(PageChanged, match="packed at most 200 to 1"):
        members(packed(a_xml=b"0" * 5_000_000))


@pytest.mark.parametrize("place", [40, 60])
def test_a_damaged_member_raises(place: int) -> None:
    whole = packed(a_xml=bytes(range(256)) * 2)
    damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
    with pytest.raises(PageChanged, match="a ZIP file"):
        members(damaged)


def test_what_is_no_zip_raises() -> None:
    with pytest.raises(PageChanged, match="a ZIP file"):
        members(b"<html></html>")


def test_the_text_of_an_element_is_folded_and_never_missing() -> None:
    bill = etree.fromstring("<bill><title> An\n Act </title><number/></bill>")
    assert said(bill, "title") == "An Act"
    for path in ("number", "sponsor"):
        with pytest.raises(PageChanged, match=f"text in <{path}>"):
            said(bill, path)
