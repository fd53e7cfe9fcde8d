"""A PostgreSQL server of our own for tests, if its programs are on this machine: in a temporary folder, reached
by a socket in it only, run by a user who is not root."""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
_USERS = ("postgres", "nobody")


def _programs():
    """The folder of initdb and pg_ctl, or None; the newest where there are several."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for place in _PLACES:
        root, _, pattern = place.partition("*")
        folders += sorted(Path(root).parent.glob(Path(root).name + "*" + pattern), reverse=True)
    return next(
        (folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None
    )


def _user():
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {one.pw_name for one in pwd.getpwall()}
    return next((name for name in _USERS if name in known), "")


def _run(command, user):
    """Run one of its programs; where it does not work on this machine, that is no fault of ours."""
    try:
        subprocess.run(command, check=True, capture_output=True, cwd="/", user=user)
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", None) or str(error).encode()
        pytest.skip(
            f"PostgreSQL: {command[0].name} does not work here: {told.decode(errors='replace')[-200:]}"
        )


@contextlib.contextmanager
def server():
    """Run a server and give its folder; the tests that need one are skipped, with the reason, where there is none."""
    if sys.platform == "win32":
        pytest.skip("PostgreSQL: reached by a socket file here, which Windows has not")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("PostgreSQL: psycopg is not installed (pip install psycopg[binary])")
    programs = _programs()
    if programs is None:
        pytest.skip(
            "PostgreSQL: initdb and pg_ctl are not on this machine (Debian: apt-get install postgresql)"
        )
    user = _user()
    if user == "":
        pytest.skip("PostgreSQL: it does not run as root, and there is no other user")
    folder = Path(tempfile.mkdtemp(prefix="zk-pg-", dir="/tmp"))  # a socket's path must be short
    if user:
        shutil.chown(folder, user)
    try:
        owner = ["-U", "zhengkao", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        _run([programs / "initdb", "-D", folder / "data", *owner], user=user)
        settings = f"-k {folder} -c listen_addresses= -c shared_buffers=16MB"
        control = [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
        _run([*control, "-o", settings, "start"], user=user)
        try:
            yield folder
        finally:
            _run([*control, "-m", "immediate", "stop"], user=user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(folder, name):
    """Make a database on the server and give its address."""
    import psycopg

    with psycopg.connect(f"host={folder} user=zhengkao dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://zhengkao@/{name}?host={folder}"
