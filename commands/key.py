"""``zhengkao key``: the key that the database is sealed with."""

from __future__ import annotations

import click

from common.errors import InputError, ZhengkaoError


@click.group(help="数据库的密钥。")
def key() -> None:
    """Hold the key commands together."""


@key.command(short_help="换一把新密钥，全部内容重新加密")
@click.option("--yes", is_flag=True, help="不再询问，直接更换")
@click.option("--db", metavar="网址", help="数据库地址（默认程序数据文件夹中的 SQLite）")
def rotate(db: str | None, *, yes: bool) -> int:
    """换一把新密钥，把数据库的全部内容重新加密，然后删去旧密钥。

    随时可以中断：中断后数据库照常可用，再运行一次即可。完成后，此前的数据库备份、复制出去的数据库都不能再打开；
    新密钥在程序数据文件夹的 keys 里，请重新备份。
    """
    from certcheck.store.rotation import rotate as change
    from commands import settings

    asked = "旧密钥会删去：此前的数据库备份和复制出去的数据库都不能再打开。确定更换吗？"
    if not yes and not settings.confirmed(asked):
        raise InputError("没有更换。在终端里回答 y，或加上 --yes。")
    with settings.store(db) as store:
        done = change(store)
        click.echo(f"已换新密钥，重新加密 {done.rows} 条记录。")
        if done.not_found_again:
            click.echo(f"其中 {done.not_found_again} 条由旧版本写成，没有保存所查的人，以后不再沿用。")
        try:
            store.clean()
        except ZhengkaoError as error:
            click.echo(f"新密钥已经生效，旧密钥还没有删去。{error}", err=True)
            return 3
    return 0
