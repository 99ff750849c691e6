"""Small workbooks in the form of ICE's, and the recorded ones with what is known of them."""

from __future__ import annotations

import datetime as dt
import functools
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from openpyxl import Workbook

from spiders.federal.ice_workbook import read_workbook
from tests.shared import shared
from tracker.model import Agreement, AgreementList

CATALOG = "catalog/ice-287g.yaml"
RECORDINGS = "recordings/ice-287g"
PENDING = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE")
PARTICIPATING = (*PENDING, "SIGNED", "MOA", "ADDENDUM")


def workbook(
    header: Sequence[str | None],
    *rows: Sequence[Any],
    links: Mapping[str, str] | None = None,
    hidden: Sequence[int] = (),
) -> bytes:
    """The bytes of a workbook: header in row 1, `links` by cell, `hidden` row numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(list(row))
    for cell, target in (links or {}).items():
        sheet[cell].hyperlink = target
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(body: bytes, name: str, data: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return out.getvalue()


def part(body: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read(name)


@functools.cache
def catalog() -> dict[str, Any]:
    text = shared(CATALOG).read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, loader)  # type: ignore[no-any-return]


def recorded_names() -> list[str]:
    return sorted(path.name for path in shared(RECORDINGS).glob("*.xlsx"))


@functools.cache
def recorded(name: str) -> tuple[AgreementList, list[Agreement]]:
    """The recorded workbook read as what it holds, on the day it was recorded."""
    day = dt.date.fromisoformat(catalog()["snapshots"][name]["recorded_on"])
    body = (shared(RECORDINGS) / name).read_bytes()
    return read_workbook(body, list_name=None, as_of=day, file_name=name)
