"""The help of every command; why: half of it stood in English, and the kinds of papers were told only after a mistake."""

import re

import click
import pytest

from commands.root import root
from scheduler.papers.kinds import KINDS

CODES = {"URL", "CSV", "JSON", "TOML", "PEM", "PDF", "UTF", "HTTP", "HTTPS", "YYYY", "MM", "DD"}
"""Words in capitals that are the same in Chinese."""


def commands(command=root, path=("zhengkao",)):
    """Give every command with its path, groups first."""
    yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            yield from commands(command.get_command(ctx, name), (*path, name))


EVERY = {" ".join(path): command for path, command in commands()}


@pytest.mark.parametrize("path", EVERY)
def test_what_one_types_is_told_in_chinese(path):
    command = EVERY[path]
    ctx = click.Context(command, info_name=path)
    usage = command.get_usage(ctx)
    assert usage.startswith(f"用法： {path}")
    assert "\\b" not in command.get_help(ctx), "the mark of lines that are not wrapped"
    told = [
        usage,
        *(param.make_metavar(ctx) for param in command.params if not getattr(param, "is_flag", False)),
    ]
    english = {word for one in told for word in re.findall(r"[A-Z][A-Z_0-9]+", one)} - CODES
    assert not english


def test_every_command_is_walked():
    assert {
        "zhengkao exam papers",
        "zhengkao forms summary",
        "zhengkao registry serve",
        "zhengkao key rotate",
    } <= EVERY.keys()


def test_the_kinds_of_papers_are_listed():
    command = EVERY["zhengkao exam papers"]
    told = re.sub(r"\s+", "", command.get_help(click.Context(command)))
    assert all(f"{kind}（{name}）" in told for kind, (name, _) in KINDS.items())


def test_columns_of_help_stand_below_each_other():
    """A Chinese character takes two columns of a terminal."""
    command = EVERY["zhengkao exam papers"]
    lines = command.get_help(click.Context(command)).splitlines()
    at = {
        word: next(line for line in lines if word in line)
        for word in ("只写这些", "写到哪个", "证件号码完整")
    }
    places = {sum(1 + (not one.isascii()) for one in line[: line.index(word)]) for word, line in at.items()}
    assert len(places) == 1
