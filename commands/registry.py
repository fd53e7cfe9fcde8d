"""``zhengkao registry serve``: the local replica of the query site."""

from __future__ import annotations

from pathlib import Path

import click

from commands.paths import FilledPath


@click.group(help="查询平台的本机仿真站（不是国家平台）。")
def registry() -> None:
    """Hold the registry commands together."""


@registry.command(short_help="在本机开一个仿真站，供演示和测试")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8850,
    show_default=True,
    metavar="数",
    help="端口，0 为任选",
)
@click.option(
    "--people", type=FilledPath(path_type=Path), metavar="文件", help="人员文件（JSON），默认虚构示例"
)
@click.option("--faults", metavar="写法", help="故意出错，供测试，例如 error500:3,frequent@5")
@click.option(
    "--audit",
    type=FilledPath(path_type=Path),
    metavar="文件",
    help="把访问记录（不含姓名和号码）追加到这个文件",
)
def serve(port: int, people: Path | None, faults: str | None, audit: Path | None) -> int:
    """在本机开一个与查询平台接口相同的仿真站。只接受本机访问；页面和答复都写明不是国家平台。"""
    import secrets

    from certcheck.registry.replica.faults import Faults, parse_faults
    from certcheck.registry.replica.people import load_people
    from certcheck.registry.replica.server import Replica
    from common.resources import DATA

    known = load_people(people or DATA / "examples" / "staff" / "registry-people.json")
    replica = Replica(
        known,
        port=port,
        seed=secrets.token_bytes(32),
        audit=audit,
        faults=parse_faults(faults) if faults else Faults(),
    )
    click.echo(f"仿真站（不是国家平台）：{replica.url}")
    click.echo("停止：Ctrl+C")
    try:
        replica.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        replica.stop()
    return 0
