"""``zhengkao exam seal`` and ``zhengkao exam unseal``: duties closed until the morning, opened by two."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.paths import FilledPath, lies_in
from common.errors import InputError
from common.files import sha256_of

if TYPE_CHECKING:
    from scheduler.papers.facts import Facts

_PATH = FilledPath(path_type=Path)


@click.command(short_help="按考点、日期密封考务安排，两把钥匙同时才能打开")
@click.argument("folder", metavar="文件夹", type=_PATH)
@click.option("--out", metavar="文件夹", type=_PATH, help="密封文件写到哪个文件夹，默认为其中的 sealed")
@click.option("--keys", metavar="文件夹", type=_PATH, help="钥匙写到哪个文件夹，默认在 ZHENGKAO_HOME")
@click.option("--check", "only_check", is_flag=True, help="不密封，只核对密封文件是否写明属于这次抽签")
def seal(folder: Path, out: Path | None, keys: Path | None, *, only_check: bool) -> int:
    """把抽出的考务安排（任务和替补，有姓名，没有证件号码）按考点、按天各写成一份密封文件。

    每份有两把钥匙：A 由考试机构保管，B 由考点负责人保管，缺一不可；钥匙可以打印，也可以在电话里报。
    保密只防看不到抽签文件夹的人：谁有 plan.json 和种子，谁就能重做考务抽签。开考之前须扣住 draw.json 等文件。
    """
    import secrets

    from commands import settings
    from scheduler.batch.kept_batch import read_kept
    from scheduler.papers.facts import read_facts
    from scheduler.postings.folder import seal_all

    facts = read_facts(folder)
    place = out or folder / "sealed"
    if only_check:
        return _check(facts, place)
    sheets_in = keys or settings.home() / "posting-keys" / str(facts.draw["digest"])[:16]
    for public in (folder, place):
        if lies_in(sheets_in, public):
            raise InputError(f"--keys：钥匙不能放在 {public} 里，密封文件要发出去。请指定别处。")
    problem = read_kept(folder)
    sealed, sheets = seal_all(facts, problem, place, sheets_in, secrets.token_bytes)
    click.echo(f"已写出 {place}：密封的考务安排 {len(sealed)} 份（一个考点一天一份），可以发到考点。")
    click.echo(f"抽签记录摘要 {facts.draw['digest']}（写在每份密封文件上，现在可以公布）")
    click.echo(f"已写出 {sheets_in}：钥匙 A 一份，钥匙 B {len(sheets) - 1} 份。")
    click.echo("请把 A 和 B 交给两个人分别保管，然后从本机删去；钥匙丢失，密封文件就再也打不开。")
    if problem is None:
        click.echo(f"注意：{folder} 里没有保存计划时的名单（batch），密封的安排以编号代替姓名。")
    click.echo(
        "注意：谁有 plan.json 和种子，谁就能算出考务安排。开考之前不要公布 draw.json、schedule.html、duties.csv、"
        "substitutes.csv、vacancies.csv，也不要发出签到表、考场记录表、通知函、考务日历、抽签记录、考生和考务安排表。"
    )
    return 0


def _check(facts: Facts, place: Path) -> int:
    from scheduler.postings.folder import check_all

    checks = list(check_all(facts, place))
    for good, told in checks:
        click.echo(f"{'通过' if good else '不符'}：{told}")
    if not facts.duties:
        click.echo("文件夹里没有 duties.csv，密封文件是否齐全没有核对。")
    click.echo("程序不能核对，请人核对：密封的内容打开之后，与开考后公布的 duties.csv 是否一致。")
    return 0 if all(one.good for one in checks) else 1


@click.command(short_help="考试当天用两把钥匙打开密封的考务安排，并记录")
@click.argument("sealed", metavar="文件", type=_PATH)
@click.option("--key-a", metavar="文字|文件", help="钥匙 A：8 组字符，或钥匙文件；不给则在终端输入")
@click.option("--key-b", metavar="文字|文件", help="钥匙 B：8 组字符，或钥匙文件；不给则在终端输入")
@click.option("--who", metavar="文字", help="谁在场打开（写入打开记录）；不给则在终端输入")
@click.option("--early", metavar="理由", help="提前打开的理由（写入打开记录）")
@click.option("--out", metavar="文件夹", type=_PATH, help="写到哪个文件夹，默认密封文件所在文件夹下的 opened")
def unseal(
    sealed: Path, key_a: str | None, key_b: str | None, who: str | None, early: str | None, out: Path | None
) -> int:
    """核对两把钥匙，先在密封文件旁的 openings.jsonl 记下谁、何时打开，再写出考务安排（.csv 和 .xlsx）。

    规定的时刻之前不打开，除非用 --early 写明理由。这只是程序上的规定，不是加密：两把钥匙都有的人随时能解开。
    """
    from commands import settings
    from scheduler.postings.key_sheets import read_part
    from scheduler.postings.openings import LOG, append
    from scheduler.postings.sealed import read_sealed
    from scheduler.postings.sealed import unseal as opened
    from scheduler.seed.announcement import typed_line

    content = read_sealed(sealed)
    now = settings.now()
    reason = None if early is None else typed_line(early, "--early")
    _ensure_due(content["opens_at"], now, reason)
    whom = typed_line(who or _asked("谁在场打开（姓名、单位）", "--who"), "--who")
    part_a, part_b = (
        read_part(given or _asked(f"钥匙 {name}", f"--key-{name.lower()}"), name, content["posting"])
        for name, given in (("A", key_a), ("B", key_b))
    )
    files = opened(content, part_a, part_b)
    entry = {
        "at": now.isoformat(timespec="seconds"),
        "who": whom,
        "early": reason,
        **{name: content[name] for name in ("posting", "site_id", "date", "draw_digest")},
        "file_digest": sha256_of(sealed),
    }
    written = append(sealed.parent / LOG, entry)
    click.echo(f"已记入 {sealed.parent / LOG}：第 {written['number']} 次打开，记录摘要 {written['digest']}")
    _write(out or sealed.parent / "opened", f"duties-{content['posting']}", files)
    click.echo("请把记录摘要抄在考场记录上：以后有人删去末尾的记录，凭它可以发现。")
    return 0


def _ensure_due(opens_at: str, now: dt.datetime, reason: str | None) -> None:
    try:
        opens = dt.datetime.fromisoformat(opens_at)
        early = now < opens
    except (ValueError, TypeError):
        raise InputError("密封文件写明的打开时刻读不懂：文件被改动过，或已损坏。") from None
    if early and reason is None:
        raise InputError(
            f"还没有到打开的时刻（{opens:%Y-%m-%d %H:%M}），没有打开。确需提前，请用 --early 写明理由，理由记入打开记录。"
        )


def _asked(question: str, option: str) -> str:
    """Ask a person; what is typed into a terminal is in no list of processes and in no history."""
    if not sys.stdin.isatty():
        raise InputError(f"请用 {option} 给出：{question}。")
    return str(click.prompt(question, err=True))


def _write(folder: Path, stem: str, files: dict[str, bytes]) -> None:
    from common.files import make_folder, write_file

    new = not folder.exists()
    make_folder(folder)
    if new:
        folder.chmod(0o700)  # names: the owner's alone
    for ending, one in files.items():
        click.echo(f"已写出 {write_file(folder / f'{stem}.{ending}', one)}（含姓名，请妥善保管）")
