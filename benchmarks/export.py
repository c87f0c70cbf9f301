"""How fast stories leave the archive in each format, against the sqlite3 shell writing the same stories as plain CSV.

    python benchmarks/export.py ARCHIVE.db [--formats csv,jsonl,parquet,duckdb]

The floor is ``sqlite3 -csv`` on the view ``article_rows``: the same stories with authors, tags and captions joined,
without pictures and links. Each format runs in a process of its own, whose start counts, and whose largest memory is
reported. Archives are made by benchmarks/generate.py.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def run(command: list[str], output: Path | None = None) -> tuple[float, int]:
    """Run a command; returns seconds of CPU time, which other programs disturb least, and its largest memory in MB."""
    with (output or Path(os.devnull)).open("wb") as file:
        process = subprocess.Popen(command, stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main() -> None:
    """Measure and print one line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--formats", default="csv,jsonl,parquet,duckdb")
    options = parser.parse_args()
    shell = shutil.which("sqlite3") or sys.exit("the floor needs the sqlite3 shell: apt-get install sqlite3")
    uri = f"file:{options.archive}?mode=ro"
    rows = int(subprocess.check_output([shell, uri, "SELECT count(*) FROM articles"]))
    print(f"{rows:,} stories")
    with tempfile.TemporaryDirectory() as folder:
        floor_file = Path(folder) / "floor.csv"
        floor, memory = run([shell, "-csv", "-header", uri, "SELECT * FROM article_rows"], floor_file)
        report("sqlite3 -csv", rows, floor, floor, floor_file, memory)
        floor_file.unlink()
        for name in options.formats.split(","):
            target = Path(folder) / f"stories.{name}"
            newsarchive = [sys.executable, "-c", "from newsarchive.cli import main; main()"]
            seconds, memory = run([*newsarchive, "export", str(target), "--archive", str(options.archive)])
            report(name, rows, seconds, floor, target, memory)
            target.unlink()


def report(name: str, rows: int, seconds: float, floor: float, file: Path, memory: int) -> None:
    """Print one line."""
    size = file.stat().st_size / 1e6
    print(f"{name:13} {rows / seconds:9,.0f} rows a CPU second  {seconds / floor:5.2f} of the floor's time  "
          f"{size:8,.1f} MB  {memory:5,} MB memory")  # fmt: skip


if __name__ == "__main__":
    main()
