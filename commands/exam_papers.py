"""``zhengkao exam papers``: tickets, lists, letters and forms of a drawn schedule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.paths import FilledPath, FolderPath
from common.errors import ZhengkaoError
from common.shell import word

if TYPE_CHECKING:
    from scheduler.papers.write import Written

_MOST_TOLD = 20
_MOST_UNASKED = 50_000
"""Above so many trainees a draw does not write papers unless it is told to."""

wanted = click.option(
    "--papers/--no-papers",
    default=None,
    envvar="ZHENGKAO_PAPERS",
    help="抽签后是否写出准考证等材料（默认写；超过五万人默认不写）",
)
"""The option of commands that draw."""


_HELP = """从抽过签的文件夹写出考试日的材料。

PDF：准考证、门贴、签到表、标签、通知函、记录表、备案表、公告、机会说明、抽签记录；可编辑的 .docx，可排序的 .xlsx，
考务人员日历 .ics。姓名来自计划时保存的名单（其中的 batch）；没有则以编号代替。材料含个人信息，请妥善保管。

\b
--kinds 的种类：
tickets（准考证）、doors（考场门贴）、signin（签到表）、
labels（座位标签）、cards（工位桌签）、records（考场记录表）、
duties（监考、考评、巡考通知函）、filing（考试计划备案表）、
notice（考试公告）、chances（机会说明）、draw（抽签记录）、
inspections（检查情况记录表）、tables（考生和考务安排表）、
calendars（考务日历）
"""


@click.command(help=_HELP, short_help="写出准考证、门贴、签到表、通知函、备案表等材料")
@click.argument("folder", metavar="文件夹", type=FilledPath(path_type=Path))
@click.option("--kinds", metavar="种类", help="只写这些种类，逗号分隔，例如 tickets,doors；默认全部")
@click.option(
    "--out", metavar="文件夹", type=FolderPath(path_type=Path), help="写到哪个文件夹，默认为其中的 papers"
)
@click.option("--show-id", is_flag=True, help="证件号码完整印出（默认遮盖）")
@click.option(
    "--fonts", metavar="文件夹", type=FilledPath(path_type=Path), help="另加的字体文件夹，用于生僻字"
)
def papers(folder: Path, kinds: str | None, out: Path | None, fonts: Path | None, *, show_id: bool) -> int:
    """Write the papers of a drawn folder."""
    from scheduler.papers.kinds import kinds_of

    write(folder, kinds_of(kinds), out, show_id=show_id, own_fonts=fonts)
    return 0


def will_write(trainees: int, *, asked: bool | None) -> bool:
    """Say whether a draw of so many ends with papers: unasked only where they are not too many."""
    return trainees <= _MOST_UNASKED if asked is None else asked


def write_after_draw(folder: Path, trainees: int, *, asked: bool | None) -> None:
    """Write all papers at the end of a draw, unless they are not wanted, or too many to be written unasked."""
    if asked is False:
        return
    if not will_write(trainees, asked=asked):
        click.echo(
            f"考生超过 {_MOST_UNASKED} 人，没有写出准考证等材料；需要时运行 zhengkao exam papers {word(folder)}"
        )
        return
    from scheduler.papers.kinds import KINDS

    try:
        write(folder, tuple(KINDS), None)
    except ZhengkaoError as error:
        click.echo(
            f"抽签已完成，结果已写出；但材料没有写成，可用 zhengkao exam papers {word(folder)} 重写。",
            err=True,
        )
        raise error from None


def write(
    folder: Path,
    kinds: tuple[str, ...],
    out: Path | None,
    *,
    show_id: bool = False,
    own_fonts: Path | None = None,
) -> None:
    """Write papers and say what was written, without a name."""
    from commands import settings
    from scheduler.batch.kept_batch import read_kept
    from scheduler.papers.facts import read_facts
    from scheduler.papers.kinds import KINDS
    from scheduler.papers.write import write_papers

    facts = read_facts(folder)
    problem = read_kept(folder)
    place = out or folder / "papers"
    with settings.progress("写出材料") as progress:
        done = write_papers(
            facts, problem, place, kinds, show_id=show_id, own_fonts=own_fonts, progress=progress
        )
    told = "、".join(KINDS[kind][0] for kind in done.kinds)
    if told:
        click.echo(
            f"已写出 {place}：{told}，共 {len(done.files)} 个文件（含个人信息，请妥善保管），另有它们的清单 manifest.json"
        )
    none = "、".join(KINDS[kind][0] for kind in kinds if kind not in done.kinds)
    if none:
        click.echo(f"没有写出：{none}（这次抽签没有要印的内容，例如没有安排考务人员）")
    if problem is None:
        click.echo(f"注意：{folder} 里没有保存计划时的名单（batch），材料上以编号代替姓名。")
    _tell(done)


def _tell(done: Written) -> None:
    for note in done.notes:
        click.echo(f"注意：{note}")
    for one in done.undrawable[:_MOST_TOLD]:
        click.echo(f"注意：{one.told()}")
    if len(done.undrawable) > _MOST_TOLD:
        click.echo(f"注意：另有 {len(done.undrawable) - _MOST_TOLD} 处字体没有的字，见 manifest.json。")
