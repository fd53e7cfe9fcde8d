"""Office files are the same bytes on every system: a ZIP names the system that made it."""

import io
import sys
import zipfile

import pytest

from certcheck.report.own_workbook import _without_times
from common.packing import repacked


def archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("docProps/core.xml", "<a/>")
        target.writestr("word/document.xml", "x" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize("pack", [repacked, lambda content: _without_times(io.BytesIO(content))])
def test_windows_packs_as_others_do(pack, monkeypatch):
    content, made = archive(), []
    for system in ("linux", "win32"):
        monkeypatch.setattr(sys, "platform", system)
        made.append(pack(content))
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as packed:
        assert packed.read("word/document.xml") == b"x" * 100
