"""Earlier runs as forms need them: what a summary.json says, and what is solved in problems.xlsx."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from certcheck.findings import title
from certcheck.report.problem_file import read_problems
from certcheck.report.problems import AWAY, SOLVED
from common.errors import InputError

CERTIFICATE_CODES = (
    "CERT-MISSING", "CERT-SCOPE", "CERT-EXPIRED", "CERT-REVIEW-OVERDUE", "NUMBER-NOT-HOLDER",
    "REG-NOT-FOUND", "REG-HISTORY-ONLY", "REG-EXPIRED", "REG-REVIEW-OVERDUE", "REG-STATUS", "REG-ITEM",
)  # fmt: skip
"""Findings that answer "有无特种作业证，证件是否在有效期内" with a problem."""

_TO_CHECK = "请核对："
"""How notes begin that are for whoever runs the program, and have no place in a form that is handed in."""

UNDECIDED_CODES = ("POST-MISSING", "POST-UNSURE")
"""Findings that leave open whether somebody without a certificate needs one."""


@dataclass(frozen=True)
class PastRun:
    """One run's folder: the enterprise, the date, the counts, and whether all problems are mended.

    ``people`` may stand on several ``rows`` each; an earlier summary does not count them.
    """

    enterprise: str
    as_of: str
    rows: int
    people: int | None
    certificates: int
    findings: dict[str, int]
    asked: bool
    mended: bool
    special_only: bool = False
    """Whether people, certificates and findings are those of special operations: earlier summaries do not tell them apart."""
    notes: tuple[str, ...] = ()
    """What a reader of the run's report is told first: who was asked, which rules are unconfirmed."""

    @property
    def certificate_problems(self) -> dict[str, int]:
        """Give the counts of findings about missing or invalid certificates."""
        return {code: count for code, count in self.findings.items() if code in CERTIFICATE_CODES and count}

    def told(self) -> str:
        """Say in words what a self-check of certificates found."""
        begun = f"核验日期 {self.as_of}，核对{self._checked()}。"
        counts = "；".join(f"{title(code)} {count} 条" for code, count in self.certificate_problems.items())
        found = f"存在问题：{counts}。" if counts else "未发现无证、超期或不符的情况。"
        open_ones = "；".join(
            f"{title(code)} {self.findings[code]} 条" for code in UNDECIDED_CODES if self.findings.get(code)
        )
        found += f"另有{open_ones}，是否须持证待核实。" if open_ones else ""
        asked = "" if self.asked or self.notes else "（未联网核验）"  # the notes begin with who was asked
        return "\n".join((begun + found + asked, *self.notes))

    def _checked(self) -> str:
        if self.special_only:
            return f"特种作业人员 {self.people} 人、特种作业操作证 {self.certificates} 本（名单共 {self.rows} 行）"
        return f"{self._people()}、证书 {self.certificates} 本"

    def _people(self) -> str:
        if self.people is None:
            return f"名单 {self.rows} 行"
        return f" {self.people} 人" + f"（名单 {self.rows} 行）" * (self.people != self.rows)


def read_run(folder: Path) -> PastRun:
    """Read the folder of a finished run.

    Raises
    ------
    InputError
        the folder holds no summary of a run.
    """
    path = folder / "summary.json"
    try:
        summary = json.loads(path.read_text(encoding="utf-8"))
        rows, special = summary["rows"], summary.get("special_operations")
        all_kinds = {
            "people": summary.get("people"),
            "certificates": summary["outcomes"] - rows["without_claim"],
            "findings": summary["findings"],
        }
        counts = special or all_kinds
        enterprises = summary.get("employers") or []
        run = PastRun(
            enterprise="、".join(enterprises),
            as_of=summary["as_of"],
            rows=rows["read"],
            people=counts["people"],
            certificates=counts["certificates"],
            findings=dict(counts["findings"]),
            asked=any(summary["registry"][state] for state in ("found", "not_found", "no_answer")),
            mended=_mended(folder),
            special_only=special is not None,
            notes=tuple(
                line for line in map(str, summary.get("notes", ())) if not line.startswith(_TO_CHECK)
            ),
        )
    except FileNotFoundError:
        raise InputError(f"{folder}：没有 summary.json，不是一次核验的输出文件夹。") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}：读不了，不是核验写出的汇总。") from error
    return run


def _mended(folder: Path) -> bool:
    """Say whether every problem of the list is solved, or has a date in 完成日期."""
    path = folder / "problems.xlsx"
    if not path.is_file():
        return False
    problems = read_problems(path)
    return bool(problems) and all(problem.status in (SOLVED, AWAY) or problem.done_on for problem in problems)
