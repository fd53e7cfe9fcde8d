"""A PostgreSQL server of its own for the tests, where the machine has one to start.

``ZHENGKAO_TEST_POSTGRES`` names a running one instead. As root it is started as the user ``postgres``.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest


def _program(name):
    found = shutil.which(name)
    if found is None:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        found = next((str(folder / name) for folder in folders if (folder / name).exists()), None)
    return found


@contextlib.contextmanager
def server():
    """Give the address of an empty database."""
    pytest.importorskip("psycopg")
    named = os.environ.get("ZHENGKAO_TEST_POSTGRES")
    if named:
        yield named
        return
    initdb, control = _program("initdb"), _program("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("no PostgreSQL here")
    root = getattr(os, "geteuid", lambda: 1)() == 0
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        if root:
            shutil.chown(folder, "postgres")
        data = f"{folder}/data"
        _quietly(root, initdb, "-D", data, "-U", "zhengkao", "-A", "trust", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        _quietly(root, control, "-D", data, "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://zhengkao@127.0.0.1:{port}/postgres"
        finally:
            _quietly(root, control, "-D", data, "-m", "immediate", "stop")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _quietly(root, *command):
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
    nothing = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=nothing, stderr=nothing, cwd="/", **user)
