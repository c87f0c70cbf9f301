"""A PostgreSQL server of our own for the tests: on a free port of 127.0.0.1, in a folder that goes with it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where Debian puts the newest server's programs, or the folder of the one in the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return Path(path).resolve().parent if path else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """Run a server; yields the address of its databases, without a database's name."""
    # The server refuses to run as root.
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    account = pwd.getpwnam(user)
    folder = Path(tempfile.mkdtemp(prefix="newsarchive-postgresql-"))
    as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        data = folder / "data"
        initdb = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "archive",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder, "-F"]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **as_user)
        try:
            _wait(programs, port, process)
            yield f"postgresql+psycopg://archive@127.0.0.1:{port}/"
        finally:
            process.send_signal(signal.SIGINT)  # "fast shutdown": open connections are closed
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder)


def _wait(programs: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    ready = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-U", "archive", "-q"]
    until = time.monotonic() + 30
    while subprocess.run(ready, check=False).returncode != 0:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("PostgreSQL does not start")
        time.sleep(0.1)
