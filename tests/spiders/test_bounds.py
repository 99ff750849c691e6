"""Nothing from outside is without bounds: size, time, memory; and no certificate goes unverified."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.spiders.fictional import BRIDGES, bill_list
from tests.spiders.loopback import Reply, crawl, site

LIST = bill_list((1, BRIDGES, "First Reading"))
SMALL = {"max_bytes": 100_000}


def test_a_body_within_the_limit_is_read(tmp_path: Path) -> None:
    with site({"/list": LIST.replace("</table>", "</table>" + " " * 90_000)}) as server:
        done = crawl(server.url, tmp_path / "run", facts=SMALL)
    assert done.ended == ("ok", "1 listed, 0 read")


def test_a_body_over_the_limit_is_refused(tmp_path: Path) -> None:
    with site({"/list": LIST.replace("</table>", "</table>" + " " * 110_000)}) as server:
        done = crawl(server.url, tmp_path / "run", facts=SMALL)
    assert done.record.verdict == "failed"
    assert done.record.reason.startswith(f"{server.url}/list: expected an answer, found Download")
    assert done.items == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_unpacks_over_the_limit_is_refused(tmp_path: Path, encoding: str) -> None:
    bomb = packed(encoding, b"<html><h1>Bills</h1>" + b"0" * 200_000_000)
    assert len(bomb) < SMALL["max_bytes"] * 10
    answer = Reply(bomb, headers={"Content-Encoding": encoding})
    with site({"/list": answer}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"max_bytes": 1_000_000}, memory_mb=0)
    assert done.record.verdict == "failed"
    assert "exceeded" in done.record.reason
    assert done.items == []
    assert sum(path.stat().st_size for path in done.folder.iterdir()) < 20_000


def packed(encoding: str, body: bytes) -> bytes:
    import zlib

    import brotli
    from backports import zstd

    return {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=1),
        "zstd": zstd.compress,
    }[encoding](body)


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with site({"/list": Reply(held=True)}) as server:
        done = crawl(server.url, tmp_path / "run", timeout=1)
    assert done.record.verdict == "failed"
    assert "DownloadTimeoutError" in done.record.reason
    assert server.paths() == ["/list"] * 3


def test_a_body_that_is_cut_off_is_not_read(tmp_path: Path) -> None:
    answer = Reply(LIST, headers={"Content-Length": str(len(LIST) + 1_000)})
    with site({"/list": answer}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.record.verdict == "failed"
    assert "DataLoss" in done.record.reason


def test_memory_is_bounded_in_the_child(tmp_path: Path) -> None:
    with site({"/greedy": "greedy"}) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/greedy",)}, memory_mb=1_500)
    assert done.record.verdict == "changed"
    assert "MemoryError" in done.record.reason


def self_signed(folder: Path, name: str) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with site({"/list": LIST}, tls=self_signed(tmp_path, "localhost")) as server:
        url = server.url.replace("127.0.0.1", "localhost")
        done = crawl(url, tmp_path / "run", facts={"hosts": ("localhost",)})
    assert done.record.verdict == "failed"
    assert "certificate verify failed" in done.record.reason
    assert (server.asked, done.items) == ([], [])
