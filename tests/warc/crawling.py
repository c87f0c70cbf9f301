"""Real crawls in a process of their own, as a scheduler starts them."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsarchive.page import Capture

SPIDER = Path(__file__).with_name("spider.py")

# Stands in front of Scrapy in the same process: whoever touches the network leaves a line in the file NETWORK_LOG.
WATCHED = """
import os, socket, sys
import urllib3  # when imported, it tries whether the system has IPv6, by binding a socket that nobody uses
def watch(event, arguments):
    if event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"} or (
        event in {"socket.connect", "socket.bind", "socket.sendto"} and arguments[0].family != socket.AF_UNIX
    ):
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {arguments[1:]}\\n")
sys.addaudithook(watch)
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""


@dataclass(frozen=True, slots=True)
class Crawl:
    """What a finished crawl left. ``network`` are the network calls it made."""

    items: list[dict[str, Any]]
    log: str
    status: int
    network: list[str]

    def item(self, url: str) -> dict[str, Any]:
        return next(item for item in self.items if item["asked"] == url)

    @property
    def captures(self) -> list[Capture]:
        """The captures of the items."""
        return [read_capture(item["capture"]) for item in self.items if item["capture"]]


def read_capture(values: dict[str, Any]) -> Capture:
    return Capture(**{**values, "fetched_at": datetime.fromisoformat(values["fetched_at"])})


def run(
    folder: Path, urls: Sequence[str], *settings: str, arguments: Sequence[str] = (), file_limit: int | None = None
) -> Crawl:
    """Fetch ``urls`` with the test's spider, in ``folder``; ``file_limit`` is the most bytes a file may have."""
    items = folder / "items.jsonl"
    items.unlink(missing_ok=True)
    command = ["runspider", str(SPIDER), "-O", "items.jsonl", "-a", f"urls={','.join(urls)}"]
    command += ["-s", "ALLOW_PRIVATE_ADDRESSES=127.0.0.1", *(part for setting in settings for part in ("-s", setting))]
    command += [part for argument in arguments for part in ("-a", argument)]
    done = scrapy(folder, command, file_limit)
    lines = items.read_text("utf-8").splitlines() if items.exists() else []
    return Crawl([json.loads(line) for line in lines], done.log, done.status, done.network)


def scrapy(folder: Path, command: Sequence[str], file_limit: int | None = None) -> Crawl:
    """Run a Scrapy command in ``folder``, with newsarchive's settings and warnings as errors."""
    network = folder / "network.log"
    network.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "SCRAPY_SETTINGS_MODULE": "newsarchive.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "NETWORK_LOG": str(network),
        "TLDEXTRACT_CACHE": str(folder / "tldextract"),  # no list of suffixes that somebody fetched before
    }

    def limit() -> None:
        if file_limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WATCHED, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limit,
    )
    calls = network.read_text("utf-8").splitlines() if network.exists() else []
    return Crawl([], done.stderr, done.returncode, calls)
