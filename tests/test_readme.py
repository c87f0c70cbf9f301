"""What README and the documents promise: the first command with its output, every command and setting named."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import default_settings

from newsarchive import settings
from newsarchive.cli import COMMANDS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_first_command_shows_what_the_readme_shows(tmp_path: Path) -> None:
    """All of it but the making of the environment, which the tests themselves run in."""
    first = blocks(README, "sh")[0].strip()
    bin_folder = Path(sys.executable).parent
    archive = ["-s", f"ARCHIVE_URL=sqlite:///{tmp_path}/news.db"]
    crawl, ask = (shlex.split(part.replace(".venv/bin", str(bin_folder))) for part in first.split(" && ")[2:])
    subprocess.run([*crawl, *archive], cwd=ROOT, check=True, capture_output=True)
    told = subprocess.run([*ask, "--archive", f"{tmp_path}/news.db"], check=True, capture_output=True, text=True)
    said = [line.rstrip() for line in told.stdout.splitlines() if line.strip()]
    assert said == blocks(README, "text")[0].splitlines()


def test_the_test_command_is_the_one_that_ci_calls() -> None:
    assert blocks(README, "sh")[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown_in_a_document(command: str) -> None:
    assert any(f"newsarchive {command}" in page.read_text(encoding="utf-8") for page in DOCUMENTS)


def test_every_setting_of_ours_is_told_to_those_who_run_crawls() -> None:
    ours = {name for name in vars(settings) if name.isupper() and not hasattr(default_settings, name)}
    told = "\n".join(page.read_text(encoding="utf-8") for page in DOCUMENTS)
    assert {name for name in ours if f"`{name}" not in told and f"-s {name}=" not in told} == set()


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
