"""What a paper's server sees of a crawl: who comes, how often, and how patiently."""

from __future__ import annotations

import ipaddress
import itertools
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from newsarchive import settings
from tests.crawl.crawling import QUICK, crawl, project, publish, story
from tests.server import Answer, Site


def gaps(site: Site) -> list[float]:
    times = [request.time for request in site.requests if request.path.startswith("/story")]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_robots_txt_is_obeyed_and_its_crawl_delay_kept(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 104))
    site.answers["/robots.txt"] = Answer(
        body=b"User-agent: *\nDisallow: /story/1/101\nCrawl-delay: 0.8\n", content_type="text/plain"
    )
    project(tmp_path, site)
    for autothrottle in ("AUTOTHROTTLE_ENABLED=False", "AUTOTHROTTLE_ENABLED=True"):
        site.requests.clear()
        done = crawl(
            tmp_path,
            "-a",
            "urls=" + ",".join(f"{site.url}/story/1/{number}" for number in range(100, 104)),
            settings=(*QUICK, autothrottle, "AUTOTHROTTLE_START_DELAY=0"),
        )
        assert "/story/1/101" not in site.paths
        assert done.outcome("/story/1/101") == "robots_denied"
        # On a busy machine a request may come late, and the next then seems early; without a delay it comes at once.
        assert min(gaps(site)) >= 0.4, autothrottle


def test_the_user_agent_says_who_it_is_and_whom_to_ask(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    project(tmp_path, site)
    crawl(tmp_path)
    assert {request.headers["user-agent"] for request in site.requests} == {settings.USER_AGENT}
    assert "+https://" in settings.USER_AGENT
    assert not any("cookie" in request.headers for request in site.requests)


def test_retry_after_is_waited_for_from_the_answer_on(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    site.answers["/story/1/100"] = [
        Answer(status=429, headers=(("Retry-After", "1"),), wait=0.8),
        Answer(body=story(100).encode()),
    ]
    project(tmp_path, site)
    done = crawl(tmp_path)
    assert done.outcome("/story/1/100") == "new"
    assert gaps(site)[0] >= 1.75


def test_a_paper_that_asks_for_hours_is_left_alone(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    site.answers["/story/1/100"] = Answer(status=429, headers=(("Retry-After", "7200"),))
    project(tmp_path, site)
    done = crawl(tmp_path)
    assert site.paths.count("/story/1/100") == 1
    assert done.outcome("/story/1/100") == "rate_limited"
    assert done.outcome("/story/1/101") == "new"


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_a_server_that_cannot_prove_its_name_is_not_asked(tmp_path: Path) -> None:
    with Site(tls=self_signed(tmp_path)) as impostor:
        publish(impostor, range(100, 101))
        project(tmp_path, impostor)
        url = f"urls={impostor.url}/story/1/100"
        refused = crawl(tmp_path, "-a", url)
        assert impostor.requests == []
        assert refused.outcome("/story/1/100") == "unreachable"
        assert "certificate verify failed" in refused.log
        assert "Traceback" not in refused.log
        crawl(tmp_path, "-a", url, settings=(*QUICK, "DOWNLOAD_VERIFY_CERTIFICATES=False"))
        assert impostor.paths == ["/story/1/100"]


def test_the_settings_are_polite_and_closed() -> None:
    assert settings.ROBOTSTXT_OBEY
    assert settings.AUTOTHROTTLE_ENABLED
    assert settings.DOWNLOAD_DELAY >= 1
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES
    assert settings.DOWNLOAD_MAXSIZE <= 64 * 1024 * 1024
    assert settings.DOWNLOAD_TIMEOUT <= 60
    assert not settings.TELNETCONSOLE_ENABLED
    assert not settings.REMOTE_CONTROL_ENABLED
    assert not settings.COOKIES_ENABLED
    assert {scheme for scheme, handler in settings.DOWNLOAD_HANDLERS.items() if handler is None} == {
        "data",
        "file",
        "ftp",
        "s3",
    }
