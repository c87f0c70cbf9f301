"""Only the public web is fetched, whatever an argument, a sitemap, a redirect or a name server says.

An address may name a machine inside the network that the crawl runs in: ``http://169.254.169.254/`` gives a cloud's
passwords away. Addresses written as numbers are refused before anything is sent. Names are checked where they are
resolved, on the very address that is then connected to, so that a name server cannot answer once with a public
address and then with another.

``ALLOW_PRIVATE_ADDRESSES`` (a list of addresses and networks, ``127.0.0.1,10.1.0.0/16``) lets through what a test or
an intranet needs. In replay nothing is connected to and no name is resolved.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from newsarchive.crawl.outcomes import Refused

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# RFC 6052: IPv4 addresses as a NAT64 gateway translates them.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AllowedAddresses:
    """The rule: public addresses, and the ``exceptions`` that a setting names."""

    def __init__(self, exceptions: Iterable[str] = ()) -> None:
        self.exceptions: list[Network] = [ipaddress.ip_network(text.strip(), strict=False) for text in exceptions]

    def allow(self, address: Address) -> bool:
        """Tell whether ``address`` may be connected to; an IPv4 address inside an IPv6 one counts as itself."""
        if any(address in network for network in self.exceptions if network.version == address.version):
            return True
        if isinstance(address, ipaddress.IPv6Address):
            inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
            if not inner and address in _NAT64:
                inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
            if inner:
                return self.allow(inner)
        return address.is_global and not address.is_multicast


def literal_address(host: str) -> Address | None:
    """Return the address that ``host`` is, in any form that a system understands: ``0x7f.1`` and ``2130706433`` too."""
    host = host.partition("%")[0].removesuffix(".")
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError, ValueError):
        return None


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver of host names, which knows only names of allowed addresses.

    It is installed for the whole process by the setting ``TWISTED_DNS_RESOLVER``. ``refused`` says which names it
    would not resolve, and to what they pointed.
    """

    refused: dict[str, str] = {}  # noqa: RUF012  one reactor has one resolver

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: AllowedAddresses) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Return the resolver for a crawler's settings."""
        settings = crawler.settings
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        allowed = AllowedAddresses(settings.getlist("ALLOW_PRIVATE_ADDRESSES"))
        return cls(reactor, cache_size, settings.getfloat("DNS_TIMEOUT"), allowed)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        """Resolve ``name``; fails with ``DNSLookupError`` where its address is not allowed."""
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if self.allowed.allow(ipaddress.ip_address(address)):
            return address
        self.refused[name] = address
        raise DNSLookupError(f"{name} is {address}, no public address")


class PublicAddresses:
    """Downloader middleware: refuses requests to what is not on the public web."""

    def __init__(self, allowed: AllowedAddresses) -> None:
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware; raises ``ValueError`` where the setting is no list of networks."""
        settings = crawler.settings
        allowed = AllowedAddresses(settings.getlist("ALLOW_PRIVATE_ADDRESSES"))
        if (
            not settings.getbool("TWISTED_REACTOR_ENABLED")
            and not settings.get("WARC_REPLAY")
            and not allowed.exceptions
        ):
            raise RuntimeError("without Twisted's reactor, names that point to private addresses cannot be refused")
        return cls(allowed)

    def process_request(self, request: Request) -> None:
        """Let ``request`` pass, or raise ``Refused``."""
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise Refused("unreachable", f"{request.url} is no http or https address")
        address = literal_address(parts.hostname or "")
        if address is not None and not self.allowed.allow(address):
            raise Refused("unreachable", f"{parts.hostname} is no public address")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Say of a name that the resolver refused what it is; else it would be tried again as an unknown one."""
        if isinstance(exception, CannotResolveHostError):
            host = urlsplit(request.url).hostname or ""
            if host in PublicResolver.refused:
                raise Refused("unreachable", f"{host} is {PublicResolver.refused[host]}, no public address")
