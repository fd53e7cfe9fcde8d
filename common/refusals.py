"""Why a database refuses, in one sentence without anything that was to be written."""

from __future__ import annotations

import sqlite3

_SQLITE = {
    sqlite3.SQLITE_BUSY: "正被另一个程序占用。请等它结束后再运行",
    sqlite3.SQLITE_LOCKED: "正被另一个程序占用。请等它结束后再运行",
    sqlite3.SQLITE_FULL: "磁盘已满。已写入的内容全部保留，请腾出空间后再运行",
    sqlite3.SQLITE_IOERR: "磁盘读写失败，可能已满、到了配额或有故障。已写入的内容全部保留，请检查磁盘后再运行",
    sqlite3.SQLITE_CANTOPEN: "打不开这个文件。请检查 --db 或 ZHENGKAO_HOME 的路径和权限",
    sqlite3.SQLITE_READONLY: "没有写入的权限。请检查文件和文件夹的权限",
    sqlite3.SQLITE_PERM: "没有权限。请检查文件和文件夹的权限",
    sqlite3.SQLITE_CORRUPT: "文件已损坏。请从备份恢复，或移走它重新开始",
    sqlite3.SQLITE_NOTADB: "这个文件不是数据库，或已损坏。请检查 --db，或从备份恢复",
    sqlite3.SQLITE_TOOBIG: "要写入的内容过大",
}
_POSTGRESQL = {  # beginnings of SQLSTATE, PostgreSQL manual, appendix A
    "53100": "服务器磁盘已满。已写入的内容全部保留，请腾出空间后再运行",
    "55P03": "正被另一个程序占用。请等它结束后再运行",
    "42501": "没有权限。请检查这个用户的权限",
    "57": "服务器正在关闭或重启。请稍后再运行",
}
_CONNECTION = "连接不上服务器，或连接中断。请检查 --db 里的服务器、库名、用户名和密码，以及网络"
_UNKNOWN = "打不开、被占用、已损坏或磁盘已满。请检查 --db 或 ZHENGKAO_HOME 后再运行"


def why_refused(error: BaseException) -> str:
    """Give the reason for the user; the driver's own words may hold addresses, names and values."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):  # the low byte is the kind, the rest its circumstances
        return _SQLITE.get(code & 0xFF, _UNKNOWN)
    if isinstance(error, UnicodeDecodeError):  # what the file is damaged to stands in the driver's own words
        return _SQLITE[sqlite3.SQLITE_CORRUPT]
    if isinstance(error, sqlite3.Error):
        return _UNKNOWN
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return next((told for start, told in _POSTGRESQL.items() if state.startswith(start)), _UNKNOWN)
    return _CONNECTION if type(error).__name__ == "OperationalError" else _UNKNOWN
