"""``zhengkao evidence``: check a bundle offline, open it as its holder, show the public key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.paths import FilledPath

if TYPE_CHECKING:
    from certcheck.evidence.verify import Verified

_BUNDLE = FilledPath(path_type=Path)
_SIGNED_ELSEWHERE = (
    "证据包是用本机的密钥加密的，签名的却不是本机现在的密钥：可能被别人改动后另签；"
    "如果本机换过签名密钥，请用 --key 给出原来的公钥核对。"
)


@click.group(help="核验的证据包：检查、打开、公钥。")
def evidence() -> None:
    """Hold the evidence commands together."""


@evidence.command(short_help="离线检查证据包有没有被改动")
@click.argument("bundle", type=_BUNDLE, metavar="证据包")
@click.option("--key", metavar="文件|公钥", help="必须由这个公钥签名（64 位十六进制，或写着它的文件）")
@click.option(
    "--tsa-root", type=_BUNDLE, metavar="文件", help="时间戳服务的根证书（PEM），有时间戳时用来检查"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def verify(bundle: Path, key: str | None, tsa_root: Path | None, *, as_json: bool) -> int:
    """离线检查证据包（evidence.zip）：每一个字节、每个条目的哈希、哈希链和签名。不需要加密的密钥。

    不给 --key 时只能用包内自带的公钥：能说明内容与签名一致，不能说明是谁签的。
    """
    from certcheck.evidence.keys import public_key
    from certcheck.evidence.verify import read_bundle
    from certcheck.evidence.verify import verify as check
    from common.errors import InputError

    try:
        pinned = public_key(key) if key else None
        found = check(read_bundle(bundle), pinned)
        moment = _stamped_at(found, tsa_root)
    except InputError as error:
        if not as_json:
            raise
        click.echo(json.dumps({"result": "unreadable", "problems": [str(error)]}, ensure_ascii=False))
        return error.exit_code
    trust = "pinned" if pinned else _trust(found)
    if as_json:
        click.echo(json.dumps(_told(found, trust, moment), ensure_ascii=False))
    else:
        for line in _lines(found, trust, moment):
            click.echo(line)
    return 1 if found.problems else 0


@evidence.command("open", short_help="持有人打开证据包，取出原始答复")
@click.argument("bundle", type=_BUNDLE, metavar="证据包")
@click.option(
    "--out", required=True, type=FilledPath(path_type=Path), metavar="文件夹", help="写到哪个文件夹（须为空）"
)
def open_bundle(bundle: Path, out: Path) -> int:
    """用本机的密钥打开证据包，写出每次查询的问题、原始答复和供阅读的页面。写出的文件含姓名和证件号码。"""
    from certcheck.evidence.keys import known_keys
    from certcheck.evidence.opening import opened, sealed_here_signed_elsewhere
    from certcheck.evidence.verify import read_bundle
    from certcheck.evidence.verify import verify as check
    from commands import settings
    from common.errors import InputError
    from common.files import make_folder, write_file

    found = check(read_bundle(bundle))
    if found.problems:
        click.echo("\n".join([*found.problems, "证据包被改动过，没有打开。"]), err=True)
        return 1
    keys = known_keys(settings.home())
    if keys is None:
        raise InputError("本机没有打开证据包的密钥。请在做核验的那台机器上（或用它的 ZHENGKAO_HOME）打开。")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} 里已有内容。请用 --out 指定一个空文件夹。")
    make_folder(out).chmod(0o700)  # names and numbers lie in it
    if sealed_here_signed_elsewhere(found, keys):
        click.echo(f"注意：{_SIGNED_ELSEWHERE}", err=True)
    for name, content in opened(found, keys.holder):
        write_file(out / name, content)
    click.echo(f"已打开 {found.exchanges} 次查询，写到 {out}。里面有姓名和证件号码，用完请删除。")
    return 0


@evidence.command("key", options_metavar="", short_help="显示本机签名的公钥")
def show_key() -> int:
    """显示本机的公钥，64 位十六进制。请事先交给要检查证据包的人。"""
    from commands import settings

    click.echo(settings.evidence_keys().public.hex())
    return 0


def _trust(found: Verified) -> str:
    """Say whose key has signed where none is pinned; an installation without keys, or with damaged ones, has not.

    What this installation sealed and somebody else signed is a problem of the bundle.
    """
    from certcheck.evidence.keys import known_keys
    from certcheck.evidence.opening import sealed_here_signed_elsewhere
    from commands import settings
    from common.errors import ZhengkaoError

    try:
        own = known_keys(settings.home())
    except ZhengkaoError:
        own = None
    if own is not None and sealed_here_signed_elsewhere(found, own):
        found.problems.append(_SIGNED_ELSEWHERE)
    return "own" if own is not None and own.public == found.public_key else "bundle"


def _stamped_at(found: Verified, roots: Path | None) -> tuple[str, bool] | None:
    """Give the moment of the time-stamp, and whether a root certificate vouches for it."""
    from certcheck.evidence.bundle import STAMP

    stamp = found.entries.get(STAMP)
    if stamp is None and roots is None:
        return None
    from certcheck.evidence.stamps import StampError, check_stamp, read_roots, stated_moment

    trusted = read_roots(roots) if roots else []
    if stamp is None:
        found.problems.append("没有时间戳，--tsa-root 没有东西可以检查。")
    if stamp is None or found.problems:
        return None
    try:
        moment = check_stamp(stamp, found.stamped, trusted) if roots else stated_moment(stamp, found.stamped)
    except StampError as error:
        found.problems.append(f"{STAMP}：{error}。")
        return None
    return moment.isoformat(), bool(roots)


def _told(found: Verified, trust: str, moment: tuple[str, bool] | None) -> dict[str, object]:
    return {
        "result": "changed" if found.problems else "good",
        "problems": found.problems,
        "key": found.public_key.hex() or None,
        "trust": trust,
        "run": found.manifest.get("run"),
        "program": found.manifest.get("program"),
        "exchanges": found.exchanges,
        "chain": found.manifest.get("chain"),
        "timestamp": moment and {"time": moment[0], "checked": moment[1]},
    }


def _lines(found: Verified, trust: str, moment: tuple[str, bool] | None) -> list[str]:
    if found.problems:
        return [*found.problems, "结论：证据包被改动过，不能作为依据。"]
    run = found.manifest["run"]
    by = {
        "pinned": "签名由指定的公钥验证通过。",
        "own": "签名由本机的公钥验证通过：是本机签的。",
        "bundle": "只用了包内自带的公钥：说明内容与签名一致，不能说明是谁签的。请用 --key 给出签名方的公钥。",
    }[trust]
    return [
        f"核验 {run['name']}，{run['started_at']} 开始，查询 {found.exchanges} 次。",
        f"公钥 {found.public_key.hex()}",
        f"哈希链 {bytes.fromhex(found.manifest['chain']).hex()}",
        by,
        _time_line(moment),
        "结论：没有被改动。",
    ]


def _time_line(moment: tuple[str, bool] | None) -> str:
    if moment is None:
        return "时间是做核验的机器自己的时间，没有另加可信时间戳。"
    if moment[1]:
        return f"时间戳检查通过：{moment[0]} 时这些查询已经在包里。"
    return f"时间戳写明 {moment[0]}；没有给 --tsa-root，没有检查是谁盖的。"
