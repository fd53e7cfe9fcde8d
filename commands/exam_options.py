"""Arguments and options that several of the exam commands take."""

from __future__ import annotations

from pathlib import Path

import click

from commands.paths import FilledPath, FolderPath

BATCH = click.argument("batch", metavar="批次", type=FilledPath(path_type=Path))
FOLDER = click.argument("folder", metavar="文件夹", type=FilledPath(path_type=Path))
OUT = click.option(
    "--out", required=True, metavar="文件夹", type=FolderPath(path_type=Path), help="写到哪个文件夹"
)
RULES = click.option(
    "--rules",
    metavar="文件",
    type=FilledPath(path_type=Path),
    help="本市规则（TOML），默认批次文件夹中的 rules.toml，或与工作簿同名的 .toml",
)
HISTORY = click.option(
    "--history",
    metavar="文件夹",
    multiple=True,
    type=FilledPath(path_type=Path),
    help="以往抽过签的文件夹，可给多次：在公平之后尽量错开同一机构与同一考点",
)
JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 打印")
