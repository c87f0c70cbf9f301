"""Nothing but the public web is asked for anything, however it is written."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest

from newsarchive.crawl.public_addresses import AllowedAddresses, literal_address
from tests.crawl.crawling import QUICK, crawl, project, publish
from tests.server import Site, redirect

PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    assert not AllowedAddresses().allow(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert AllowedAddresses().allow(ipaddress.ip_address(address))


def test_exceptions_are_addresses_and_networks() -> None:
    allowed = AllowedAddresses(["127.0.0.1", "10.1.0.0/16", "::1"])
    assert [
        allowed.allow(ipaddress.ip_address(a)) for a in ("127.0.0.1", "127.0.0.2", "10.1.9.9", "10.2.0.1", "::1")
    ] == [
        True,
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "0x7f000001", "127.0.0.1."]
)
def test_an_address_in_any_notation_is_recognised(host: str) -> None:
    assert literal_address(host) == ipaddress.ip_address("127.0.0.1")


def test_a_name_is_no_address() -> None:
    assert literal_address("paper.example") is None
    assert literal_address("新聞.example") is None


def test_arguments_listings_redirects_and_names_reach_no_private_address(site: Site, tmp_path: Path) -> None:
    """A second server on this machine, by whatever name, must not be asked for anything."""
    with Site() as hidden:
        publish(hidden, range(100, 101))
        publish(site, range(100, 102))
        spellings = [
            f"http://{host}:{hidden.port}/page/{number}"
            for number, host in enumerate(("localhost", "127.0.0.2", "[::1]", "0x7f.0.0.2", "2130706434"), start=200)
        ]
        for number, address in enumerate(spellings, start=300):
            site.answers[f"/story/1/{number}"] = redirect(address)
        project(
            tmp_path,
            site,
            f'feeds = ("http://localhost:{hidden.port}/feed",); fronts = ("http://127.0.0.2:{hidden.port}/",)',
        )
        settings = ("ALLOW_PRIVATE_ADDRESSES=127.0.0.5", *QUICK[1:])
        own = [f"{site.url}/story/1/{number}" for number in range(300, 305)]
        refused = crawl(tmp_path, "-a", f"urls={','.join(own + spellings)}", settings=settings)
        assert site.requests == []
        assert hidden.requests == []
        assert refused.status == 1
        assert refused.rows("select distinct outcome from visits") == [("unreachable",)]
        assert "localhost is 127.0.0.1, no public address" in refused.log
        assert "Traceback" not in refused.log
        # The paper's own address allowed: it is fetched, and what it redirects to is not, except for the one name that
        # is the same address.
        settings = ("ALLOW_PRIVATE_ADDRESSES=127.0.0.1", *QUICK[1:])
        done = crawl(tmp_path, "-a", f"urls={','.join(own[1:])}", settings=settings)
        assert hidden.requests == []
        assert sorted(request.path for request in site.requests if "story" in request.path) == [
            f"/story/1/{number}" for number in range(301, 305)
        ]
        assert "127.0.0.2 is no public address" in done.log
        done = crawl(tmp_path, settings=settings)
        assert f"listing http://127.0.0.2:{hidden.port}/: 127.0.0.2 is no public address" in done.log
