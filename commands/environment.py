"""Settings from the environment: ``ZHENGKAO_FAIL_ON`` for ``--fail-on`` of check, ``ZHENGKAO_DB`` for ``--db`` of every command.

Click knows the longer names (``ZHENGKAO_CHECK_FAIL_ON``) by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import click

PREFIX = "ZHENGKAO_"
_EVERYWHERE = "--db"
_OTHERS = (f"{PREFIX}HOME", f"{PREFIX}PAPERS")
_WHOSE = "check"
"""The command whose options all have a short name."""


def give_names(command: click.Command, name: str) -> None:
    """Let the options of a command, and of those within it, be set by their short names."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            give_names(inner, "")
    for one in command.params:
        if (
            isinstance(one, click.Option)
            and one.envvar is None
            and (name == _WHOSE or _EVERYWHERE in one.opts)
        ):
            one.envvar = _short(one)


def unknown(command: click.Command, names: Iterable[str], commands: Iterable[str]) -> list[str]:
    """Give the variables of ours that set nothing for check: one that is misspelt would change nothing, and nobody would know."""
    options = [one for one in command.params if isinstance(one, click.Option)]
    known = {*_OTHERS, *map(_short, options), *(f"{PREFIX}CHECK_{one.name}".upper() for one in options)}
    others = tuple(f"{PREFIX}{one.upper()}_" for one in commands if one != _WHOSE)
    ours = sorted(name for name in names if name.startswith(PREFIX))
    return [name for name in ours if name not in known and not name.startswith(others)]


def _short(option: click.Option) -> str:
    return PREFIX + max(option.opts, key=len).lstrip("-").replace("-", "_").upper()
