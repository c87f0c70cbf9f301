"""Which articles a command means: the options that are the same wherever articles are chosen."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from newsarchive.archive.selection import Selection

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_OPTIONS = (
    click.option("--source", metavar="NAME", help="Only this paper, as `newsarchive status` names it."),
    click.option("--section", metavar="NAME", help="Only this section, as the paper names it."),
    click.option("--author", metavar="NAME", help="Only stories by this person, the name as bylines print it."),
    click.option("--tag", metavar="NAME", help="Only stories with this keyword."),
    click.option("--language", metavar="CODE", help="Only this language: zh-Hant, or zh for all Chinese."),
    click.option("--since", type=_DAY, metavar="DATE", help="Published on this day or later (2026-02-19)."),
    click.option("--until", type=_DAY, metavar="DATE", help="Published on this day or earlier."),
    click.option("--revised", is_flag=True, help="Only stories that were changed after they were first seen."),
    click.option("--removed", is_flag=True, help="Only stories that the paper has taken down."),
    click.option("--unique", is_flag=True, help="Of stories with the same text only the first archived."),
)


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command gets them as one argument, ``selection``."""

    @functools.wraps(command)
    def with_selection(**given: Any) -> Any:
        chosen = {name: given.pop(name) for name in Selection.__dataclass_fields__}
        for day in ("since", "until"):
            if isinstance(chosen[day], datetime):
                chosen[day] = chosen[day].date()
        return command(selection=Selection(**chosen), **given)

    for option in reversed(_OPTIONS):
        with_selection = option(with_selection)
    return with_selection
