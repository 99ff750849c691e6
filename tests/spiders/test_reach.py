"""Where a spider connects: only to its own hosts, over http(s), at public addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.network import PrivateAddress, refuse_private
from tests.spiders.fictional import BRIDGES, bill_list
from tests.spiders.loopback import Reply, crawl, site

LIST = bill_list((1, BRIDGES, "First Reading"))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::7f00:1",
    ],
)
def test_what_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(PrivateAddress, match="is not a public address"):
        refuse_private(address, allow_loopback=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.67", "2606:4700::6810:84e5"])
def test_public_addresses_are_reached(address: str) -> None:
    assert refuse_private(address, allow_loopback=False) == address


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_loopback_allowed_allows_nothing_else(address: str) -> None:
    with pytest.raises(PrivateAddress):
        refuse_private(address, allow_loopback=True)


def test_a_literal_loopback_address_is_not_asked(tmp_path: Path) -> None:
    with site({"/list": LIST}) as server:
        done = crawl(server.url, tmp_path / "run", allow_loopback=False)
    assert done.ended == (
        "failed",
        f"{server.url}/list: expected a public address, found 127.0.0.1 is not a public address",
    )
    assert (server.asked, done.items) == ([], [])


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1"])
def test_a_name_that_resolves_to_loopback_is_not_asked(tmp_path: Path, host: str) -> None:
    with site({"/list": LIST}) as server:
        url = f"http://{host}:{server.server_port}"
        done = crawl(url, tmp_path / "run", facts={"hosts": (host,)}, allow_loopback=False)
    assert done.ended == (
        "failed",
        f"{url}/list: expected a public address, found 127.0.0.1 is not a public address",
    )
    assert (server.asked, done.items) == ([], [])


@pytest.mark.parametrize(
    ("target", "kind", "found"),
    [
        ("http://10.0.0.1/list", "failed", "10.0.0.1 is not a public address"),
        ("http://169.254.169.254/latest/meta-data/", "failed", "169.254.169.254 is not a public"),
        ("http://[::1]:{port}/list", "changed", "::1 is not one of 127.0.0.1"),
        ("http://example.org/list", "changed", "example.org is not one of 127.0.0.1"),
        ("http://localhost:{port}/list", "changed", "localhost is not one of 127.0.0.1"),
        ("http://evil127.0.0.1/list", "changed", "evil127.0.0.1 is not one of"),
        ("http://127.0.0.1.example.org/list", "changed", "is not one of 127.0.0.1"),
        ("ftp://127.0.0.1/list", "failed", "HTTP 302"),
        ("file:///etc/passwd", "failed", "HTTP 302"),
        ("data:text/html,<h1>Bills", "failed", "HTTP 302"),
    ],
)
@pytest.mark.parametrize("first", ["at once", "after a retry"])
def test_a_redirect_is_followed_only_to_the_source_itself(
    tmp_path: Path, target: str, kind: str, found: str, first: str
) -> None:
    pages: dict = {"/list": [Reply(status=503)] if first == "after a retry" else []}
    with site(pages) as server:
        location = target.format(port=server.server_port)
        pages["/list"].append(Reply(status=302, headers={"Location": location}))
        done = crawl(server.url, tmp_path / "run")
    assert done.record.verdict == kind
    assert found in done.record.reason
    assert server.paths() == ["/list"] * (1 if first == "at once" else 2)
    assert done.items == []


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("ftp://127.0.0.1/list", "ftp is not read"),
        ("file:///etc/passwd", "file is not read"),
        ("data:text/html,<h1>Bills", "data is not read"),
        ("s3://bucket/list", "s3 is not read"),
        ("http://example.org/list", "example.org is not one of 127.0.0.1"),
        ("http://127.0.0.1@example.org/list", "example.org is not one of 127.0.0.1"),
    ],
)
def test_a_link_of_a_page_is_followed_only_to_the_source_itself(
    tmp_path: Path, address: str, found: str
) -> None:
    page = bill_list(
        (1, BRIDGES, "First Reading"), more=f'<a class="next" href="{address}">Next</a>'
    )
    with site({"/list": page}) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.record.verdict == "changed"
    assert done.record.reason.endswith(f"expected an address of this source's hosts, found {found}")


def test_redirects_within_the_source_are_followed(tmp_path: Path) -> None:
    pages = {
        "/list": Reply(status=301, headers={"Location": "/list/2"}),
        "/list/2": LIST,
    }
    with site(pages) as server:
        done = crawl(server.url, tmp_path / "run")
    assert done.ended == ("ok", "1 listed, 0 read")


@pytest.mark.parametrize(("redirects", "verdict"), [(5, "ok"), (6, "failed")])
def test_at_most_five_redirects(tmp_path: Path, redirects: int, verdict: str) -> None:
    pages = {
        f"/list/{n}": Reply(status=302, headers={"Location": f"/list/{n + 1}"}) for n in range(9)
    }
    pages[f"/list/{redirects}"] = Reply(LIST)
    with site(pages) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/list/0",)})
    assert done.record.verdict == verdict
    assert len(server.paths()) == 6
    if verdict == "failed":
        assert "max redirections reached" in done.record.reason


def test_a_redirect_to_another_kind_of_page_is_not_what_was_asked_for(tmp_path: Path) -> None:
    """A bill's page that leads back to the list would else be lost without a word."""
    pages = {"/bill/1": Reply(status=302, headers={"Location": "/list"}), "/list": LIST}
    with site(pages) as server:
        done = crawl(server.url, tmp_path / "run", facts={"begins": ("/bill/1",)})
    assert done.ended == (
        "changed",
        f"{server.url}/bill/1: expected the page asked for, found a redirect to {server.url}/list",
    )
    assert done.items == []


def test_keys_and_validators_stay_with_the_address_they_are_for(tmp_path: Path) -> None:
    from spiders.known import Known
    from tracker.runs import Validator

    with site({"/list": LIST}) as other, site({}) as server:
        server.pages["/list"] = Reply(status=302, headers={"Location": f"{other.url}/list"})
        known = Known(validators={f"{server.url}/list": Validator(etag='"1"', last_modified="x")})
        done = crawl(server.url, tmp_path / "run", known, facts={"secret": "secret"})
    first, second = server.asked[-1], other.asked[-1]
    assert (first.headers["x-api-key"], first.headers["if-none-match"]) == ("secret", '"1"')
    assert {"x-api-key", "if-none-match", "if-modified-since"}.isdisjoint(second.headers)
    assert done.ended == ("ok", "1 listed, 0 read")
