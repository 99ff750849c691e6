"""Puerto Rico: terms by day, how far the list is read, who acts in a step, files that are texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.pr import PuertoRico
from spiders.legislatures.pr_page import chamber_of, kind_of, measure_of, row_of, session_name
from spiders.reading import PageChanged
from tracker.model import Measure, Version
from tracker.stages import shipped_stages

SITE = "https://sutra.oslpr.org"
LIST = f"{SITE}/medidas?cuatrienio_id=2025&autores=&comision_id=&page=1"
ON_TOPIC = (
    "[Ficticio] Para prohibir la colaboración con el Servicio de Inmigración y Control de Aduanas"
)


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-12", ["2021"]),
        ("2025-01-13", ["2021", "2025"]),
        ("2025-02-01", ["2025"]),
        ("2026-01-20", ["2025"]),
        ("2027-01-11", ["2025"]),
        ("2028-12-31", ["2025"]),
        ("2029-01-07", ["2025"]),
        ("2029-01-08", ["2025", "2029"]),
    ],
)
def test_the_terms_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    source = PuertoRico(today=day)
    assert source.sessions(day) == sessions
    assert [request.url for request in source.begin()] == [
        f"{SITE}/medidas?cuatrienio_id={session}&autores=&comision_id=&page=1"
        for session in sessions
    ]
    assert session_name(2025) == "2025-2028"


def test_letters_tell_chamber_and_kind() -> None:
    for identifier, chamber, kind in (
        ("PC 205", "lower", "bill"),
        ("PS 123", "upper", "bill"),
        ("RCC 1", "lower", "resolution"),
        ("RKS 2", "upper", "resolution"),
    ):
        assert (chamber_of(identifier), kind_of(identifier)) == (chamber, kind)
    with pytest.raises(PageChanged):
        kind_of("HB 1")


@pytest.mark.parametrize(
    "inner",
    [
        "<p>Medida: PC0205</p><p>Radicada: 01/02/2025</p><p>Título: Para una ley</p>",
        "<b>Título:</b> Para una ley <b>Autor:</b> Uno <b>Medida:</b> PC 0205",
        "<b>Autores:</b> Uno, Dos <b>Medida :</b> PC0205 <b>Título :</b> Para una ley",
    ],
)
def test_labels_may_stand_in_any_order(inner: str) -> None:
    link = BeautifulSoup(f'<a href="/medidas/152982">{inner}</a>', "lxml").a
    assert link
    found = row_of(link, LIST)
    assert found == ("PC 205", "Para una ley", f"{SITE}/medidas/152982")


def listed(*rows: tuple[int, str, str], pages: int = 9) -> Answer:
    links = "".join(
        f'<a href="/medidas/{number}">Medida: {code} Radicada: 01/02/2025 Título: {title}</a>'
        for number, code, title in rows
    )
    pager = f'<span class="items-baseline"><a aria-label="Página {pages}">{pages}</a></span>'
    body = f'<html><body><ul class="list-none">{links}</ul>{pager}</body></html>'
    return Answer(LIST, body.encode())


def asked(source: PuertoRico, answer: Answer) -> list[str]:
    sifted = [one for thing in source.read(answer) for one in source.sift(thing)]
    return list(dict.fromkeys(one.url for one in sifted if isinstance(one, Request)))


OLD, NEW = (152000, "PC0001", "[Ficticio] Para un puente"), (160000, "PC0900", ON_TOPIC)
NEXT = LIST.replace("page=1", "page=2")


@pytest.mark.parametrize(
    ("today", "rows", "known", "wanted"),
    [
        ("2026-02-03", [OLD], {}, [NEXT]),
        ("2026-02-03", [OLD], {"us-pr/2025-2028/PC 1": "00"}, []),
        ("2026-02-02", [OLD], {"us-pr/2025-2028/PC 1": "00"}, [NEXT]),
        ("2026-02-03", [NEW], {"us-pr/2025-2028/PC 900": "00"}, [f"{SITE}/medidas/160000"]),
        ("2026-02-03", [NEW, OLD], {}, [f"{SITE}/medidas/160000", NEXT]),
    ],
)
def test_how_far_the_list_is_read(
    today: str, rows: list[Any], known: dict[str, str], wanted: list[str]
) -> None:
    source = PuertoRico(today=dt.date.fromisoformat(today), known=Known(prints=known))
    assert asked(source, listed(*rows)) == wanted


def test_the_last_page_leads_nowhere() -> None:
    assert asked(PuertoRico(), listed(OLD, pages=1)) == []


def test_terms_have_numbers_of_their_own() -> None:
    source = PuertoRico(today=dt.date(2029, 1, 9))
    before, after = listed(OLD), listed((170000, "PC0001", "[Ficticio] Para otro puente"))
    later = Answer(after.url.replace("=2025&", "=2029&"), after.body)
    asked(source, before)
    asked(source, later)
    assert source.listed == {"us-pr/2025-2028/PC 1", "us-pr/2029-2032/PC 1"}
    assert source.rejected == {}


def measure(*steps: str, code: str = "PC0900") -> Measure:
    items = "".join(
        f"<li><h2><span class='text-sutra-primary'>{words}</span></h2>"
        f"<p><span>Fecha:</span> 01/{number:02}/2026</p></li>"
        for number, words in enumerate(steps, 1)
    )
    body = (
        f"<html><body><main><h1>{code}</h1><span>Cuatrienio: 2025</span>"
        "<p><span><strong>Título:</strong></span><span>[Ficticio] Una ley</span></p>"
        f'<ul role="list">{items}</ul></main></body></html>'
    )
    return measure_of(Answer(f"{SITE}/medidas/160000", body.encode()), lambda _: None)


def test_who_acts_in_a_step() -> None:
    found = measure(
        "Radicado",
        "Aprobado por Cámara en Votación Final",
        "Texto de Aprobación Final enviado al Senado",
        "Aparece en Primera Lectura del Senado",
        "Referido a Comisión(es)",
        "Aprobado por el Senado en Votación Final",
        "Cuerpo de Origen concurre con enmiendas",
        "Enviado al Gobernador",
        "Ley Núm. 900-2026",
    )
    assert [action.chamber for action in found.actions or ()] == [
        *["lower"] * 3,
        *["upper"] * 3,
        "lower",
        "executive",
        "executive",
    ]
    assert shipped_stages().derive("us-pr", "bill", found.actions or []).stage == "enacted"


def test_only_files_that_can_be_read_are_asked_for() -> None:
    source = PuertoRico()
    files = ("a.docx", "b.DOC", "c.rtf", "d.pdf")
    found = Measure(
        jurisdiction="us-pr",
        session="2025-2028",
        identifier="PC 900",
        versions=[Version(note=name, url=f"{SITE}/files/{name}") for name in files],
    )
    assert [request.url for request in source.version_requests(found)] == [
        f"{SITE}/files/a.docx",
        f"{SITE}/files/d.pdf",
    ]
    assert source.rejected == {"text in an old form of Word": 2}
