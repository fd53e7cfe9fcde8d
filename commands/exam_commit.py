"""``zhengkao exam commit``, and the opening of what was committed to when ``exam draw`` comes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from commands.paths import FilledPath, lies_in
from common.dates import CHINA
from common.errors import InputError, ZhengkaoError
from common.shell import word
from common.text import fold
from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, PLAN_FILE

if TYPE_CHECKING:
    from scheduler.seed.announcement import Terms

_MOST_SUBSTITUTES = 1000
_WRITTEN = re.compile(r"([0-9]{4})[-年./]([0-9]{1,2})[-月./]([0-9]{1,2})日?\s*([0-9]{2}:.*)")

_NO_FORM = (
    "注意：没有用 --public-form 约定公开数值的写法。同一个数值有几种写法，每种写法的种子不同，抽签的人可以先试算再挑选，"
    "exam verify 会指出这一点。"
)

_HALF = (
    f"文件夹里原有 {ANNOUNCEMENT_TEXT}，没有 {ANNOUNCEMENT_FILE}：以前做公告时中断过，现在已重新写出。"
    "那份公告如果已经公布，请向公众说明，并以现在这份为准。"
)
NO_BATCH = (
    "里没有保存计划时的批次（batch 文件夹）。抽签和复核不需要它；但没有它，材料上只有编号，也不能凭变更表办理变更。"
    "批次在别处的，请把整个 batch 文件夹放回来。"
)


class Opening(NamedTuple):
    """The seed of an announced draw, how it came about in words, and what of it is revealed."""

    seed: str
    origin: str
    reveal: dict[str, str]


@click.command(short_help="封存密封码，写出抽签公告")
@click.argument("folder", metavar="文件夹", type=FilledPath(path_type=Path))
@click.option(
    "--public-source",
    required=True,
    metavar="文字",
    help="公开数值的来源，如：某彩票某期开奖号码，按开出顺序",
)
@click.option(
    "--public-moment",
    required=True,
    metavar="时刻",
    help="公开数值产生的时刻（北京时间），如：2026-12-03 21:15",
)
@click.option(
    "--public-form",
    metavar="写法",
    help="公开数值的写法，如：'00 00 00 00 00 + 00'，数字代表任一数字，字母代表任一字母，其余照写",
)
@click.option(
    "--substitutes", type=click.IntRange(0, _MOST_SUBSTITUTES), default=10, show_default=True, metavar="数",
    help="另封存几个备用码，供抽签后的变更用",
)  # fmt: skip
@click.option(
    "--secret",
    metavar="文件",
    type=FilledPath(path_type=Path),
    help="密封码写到哪个文件，默认在 ZHENGKAO_HOME",
)
def commit(
    folder: Path,
    public_source: str,
    public_moment: str,
    public_form: str | None,
    substitutes: int,
    secret: Path | None,
) -> int:
    """为已做好的计划封存一个随机密封码和若干备用码，写出抽签前要公布的公告。

    公布 plan.json、announcement.json 和 announcement.txt；密封码文件留在本机，只有本人能读，抽签之前不给任何人看。
    """
    import secrets

    from commands import settings
    from scheduler.batch.kept_batch import read_kept, refuse_other_remedies
    from scheduler.folder import read_json
    from scheduler.seed.announcement import make_announcement, write_announcement
    from scheduler.seed.commitment import CODE_BYTES
    from scheduler.seed.in_time import begun_before
    from scheduler.seed.reveal import is_half
    from scheduler.seed.secret_file import write_secret

    codes = [secrets.token_bytes(CODE_BYTES) for _ in range(1 + substitutes)]
    terms = terms_of(public_source, public_moment, public_form)
    announcement = make_announcement(folder, codes, terms, settings.now())
    path = secret or secret_path(announcement["digest"])
    _ensure_outside(path, folder)
    refuse_other_remedies(folder)
    doubts = list(begun_before(read_json(folder / PLAN_FILE, ""), terms.when))
    if read_kept(folder) is None:
        doubts.append(f"{folder} {NO_BATCH}")
    if is_half(folder):
        doubts.append(_HALF)
    write_secret(path, announcement["digest"], [code.hex() for code in codes])
    try:
        write_announcement(folder, announcement)
    except ZhengkaoError:  # codes of an announcement that nobody will ever see would only mislead
        path.unlink(missing_ok=True)
        raise
    for told in doubts:
        click.echo(f"请核对：{told}", err=True)
    tell_form(public_form)
    click.echo(f"密封码的指纹 {announcement['secret_commitment']}")
    click.echo(f"公告摘要 {announcement['digest']}（抽签之前公布）")
    for name in (PLAN_FILE, ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT):
        click.echo(f"现在公布 {folder / name}")
    click.echo(f"密封码文件 {path}：抽签之前不得给任何人看，请另存一份备份；丢失就不能按公告抽签。")
    click.echo(
        f"到时抽签：zhengkao exam draw {word(folder)} --public 公开数值"
        + (f" --secret {word(path)}" if secret else "")
    )
    return 0


def opened(folder: Path, value: str, secret: Path | None) -> Opening:
    """Open what was committed to for a folder.

    Raises
    ------
    InputError
        it was drawn, not announced, or secret, plan, value or moment are not as they should be.
    """
    from commands import settings
    from scheduler.record import ensure_undrawn
    from scheduler.seed.announcement import opened_seed
    from scheduler.seed.reveal import read_announcement, refuse_half
    from scheduler.seed.secret_file import read_secret
    from scheduler.seed.seed_origin import announced_origin

    ensure_undrawn(folder)
    refuse_half(folder)
    path = secret or secret_path(read_announcement(folder)["digest"])
    seed, reveal = opened_seed(folder, read_secret(path), value, settings.now())
    return Opening(seed, announced_origin(reveal["public_value"]), reveal)


def secret_path(announcement_digest: str) -> Path:
    """Give where the codes of an announcement are kept by default."""
    from commands import settings

    return settings.home() / "secrets" / f"{announcement_digest[:16]}.json"


def _ensure_outside(path: Path, folder: Path) -> None:
    """Keep the secret out of the folder that is published."""
    if lies_in(path, folder):
        raise InputError(f"--secret：密封码文件不能放在 {folder} 里，这个文件夹是要公布的。请指定别处。")


def tell_form(form: str | None) -> None:
    """Warn where nothing fixes how the public value will be written, or where few values are left."""
    from scheduler.seed.public_terms import few_values

    told = _NO_FORM if form is None else few_values(form)
    if told:
        click.echo(told if form is None else f"注意：{told}", err=True)


def terms_of(source: str, moment: str, form: str | None) -> Terms:
    """Give what an announcement is to say of its public value, from the options."""
    from scheduler.seed.announcement import Terms

    return Terms(source, _moment(moment), form)


def _moment(text: str) -> dt.datetime:
    """Read the moment of the public value; without a zone it is the time of China."""
    from scheduler.seed.announcement import typed_line

    line = fold(typed_line(text, "--public-moment"))
    wrong = InputError("--public-moment：应为日期和时刻，例如 2026-12-03 21:15。")
    if ":" not in line:  # a day alone would be its midnight
        raise wrong
    written = _WRITTEN.fullmatch(line)
    if written:  # 2026年12月3日 21:15, 2026.12.3 21:15
        year, month, day, rest = written.groups()
        line = f"{year}-{int(month):02}-{int(day):02} {rest}"
    try:
        read = dt.datetime.fromisoformat(line)
        return read if read.tzinfo else read.replace(tzinfo=CHINA)
    except (ValueError, OverflowError):
        raise wrong from None
