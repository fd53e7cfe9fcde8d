"""The evidence of one run of ``zhengkao check``: its keys, the names of its entries, its file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from certcheck.evidence.bundle import EVIDENCE, AboutRun, bundle
from certcheck.evidence.naming import with_evidence
from certcheck.evidence.verify import run_of, stamp_of
from certcheck.journal import Journal, Read
from certcheck.model import Answer, Question
from commands import settings
from commands.root import VERSION
from common.errors import ZhengkaoError
from common.files import move, os_reason, tidy, writing


def check_timestamp(address: str) -> None:
    """Refuse what is no address of a time-stamping service; "" is none."""
    if address:
        from certcheck.evidence.stamps import check_address

        check_address(address)


def set_aside(folder: Path, unless: str = "") -> None:
    """Keep the evidence of another run that lies in a folder under that run's name: it is never written over.

    Raises
    ------
    ZhengkaoError
        another program holds the file.
    """
    path = folder / EVIDENCE
    run = run_of(path)
    if run and run != unless:
        try:
            move(path, folder / f"evidence-{run}.zip")
        except OSError as error:
            told = f"{path} 是另一次核验的证据，挪不开（{os_reason(error)}）。请关闭打开它的程序，或换一个 --out。"
            raise ZhengkaoError(told) from error


class Sealing:
    """Seals what a run asked of a site.

    Parameters
    ----------
    run
        its name and start.
    journal, read
        what was asked, and how it is read.
    options
        of the run: the folder, the time-stamping service.

    Raises
    ------
    ZhengkaoError
        a key is damaged; so it is told before anybody is asked.
    """

    def __init__(
        self, run: tuple[str, dt.datetime], journal: Journal, read: Read, options: Mapping[str, Any]
    ) -> None:
        self._name, self._started_at = run
        self._journal, self._read, self._options = journal, read, options
        self._keys = settings.evidence_keys()

    def named(self, answers: Mapping[Question, Answer]) -> dict[Question, Answer]:
        """Let every answer of the site name its entry."""
        return with_evidence(answers, self._journal.exchanges_of(self._name))

    def write(self, summary: Mapping[str, Any]) -> list[str]:
        """Write the bundle, with the rule packs that the run was judged by; gives lines for the user."""
        about = AboutRun(
            self._name, self._started_at.isoformat(), summary["as_of"], VERSION, summary["rules"]
        )
        path = Path(self._options["out"]) / EVIDENCE
        set_aside(path.parent, unless=self._name)
        from certcheck.evidence.stamps import Stamper

        stamper = Stamper(self._options["timestamp"], stamp_of(path))
        tidy(path.parent, [EVIDENCE])
        with writing(path) as file:
            exchanges = self._journal.exchanges_of(self._name)
            file.writelines(bundle(about, exchanges, self._read, self._keys, stamper))
        failed = f"没有取到时间戳（{stamper.problem}），证据包照常写出；用 --resume 可以再取。"
        return [f"已写出 {path}", *([failed] if stamper.problem else [])]
