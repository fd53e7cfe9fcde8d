"""Earlier runs as forms need them: what a summary.json says, and what is solved in problems.xlsx."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from certcheck.findings import CODES, title
from certcheck.forms.codes import Bearing, bearing
from certcheck.report.problem_file import read_problems
from certcheck.report.problems import AWAY, SOLVED
from common.errors import InputError

_TO_CHECK = "请核对："
"""How notes begin that are for whoever runs the program, and have no place in a form that is handed in."""


@dataclass(frozen=True)
class Unsettled:
    """How much of a run is not settled: certificates without a usable answer, or not asked about; rows not confirmed; waived findings."""

    no_answer: int = 0
    not_asked: int = 0
    unverified: int = 0
    waived: int = 0

    def told(self) -> str:
        """Say so in words; "" where all is settled."""
        counts = (("国家平台没有给出可用的答复", self.no_answer), ("没有向国家平台查询", self.not_asked))
        open_ones = "；".join(f"{words} {count} 条" for words, count in counts if count)
        told = f"另有{open_ones}，持证情况待核实。" if open_ones else ""
        told += f"没有问题但未能核实的共 {self.unverified} 条，不作结论。" if self.unverified else ""
        return told + (f"另有 {self.waived} 条问题已豁免，见问题清单。" if self.waived else "")


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
    unsettled: Unsettled = Unsettled()

    @property
    def certificate_problems(self) -> dict[str, int]:
        """Give the counts of findings about missing or invalid certificates."""
        return self._of(Bearing.PROBLEM)

    def told(self) -> str:
        """Say in words what a self-check of certificates found, and what it leaves open."""
        begun = f"核验日期 {self.as_of}，核对{self._checked()}。"
        counts = _listed(self.certificate_problems)
        found = f"存在问题：{counts}。" if counts else self._nothing_found()
        needs, doubts = _listed(self._of(Bearing.NEED)), _listed(self._of(Bearing.OPEN))
        found += f"另有{needs}，是否须持证待核实。" if needs else ""
        found += f"另有{doubts}，待核实。" if doubts else ""
        found += self.unsettled.told()
        asked = "" if self.asked or self.notes else "（未联网核验）"  # the notes begin with who was asked
        return "\n".join((begun + found + asked, *self.notes))

    def _checked(self) -> str:
        if self.special_only:
            return f"特种作业人员 {self.people} 人、特种作业操作证 {self.certificates} 本（名单共 {self.rows} 行）"
        return f"{self._people()}、证书 {self.certificates} 本"

    def _nothing_found(self) -> str:
        """Deny no more than was looked at: what nobody answered for is neither confirmed nor denied."""
        looked_at = "就所填材料和已得到的答复，" if self.unsettled.told() or not self.asked else ""
        return f"{looked_at}未发现无证、超期或不符的情况。"

    def _of(self, what: Bearing) -> dict[str, int]:
        return {code: count for code, count in self.findings.items() if bearing(code) is what and count}

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
            "unsettled": {
                "no_answer": summary["registry"]["no_answer"],
                "not_asked": max(summary["registry"]["not_asked"] - rows["without_claim"], 0),
                "unverified": summary["verdicts"]["unverified"],
                "waived": summary.get("waived", 0),
            },
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
            unsettled=Unsettled(**counts["unsettled"]),
        )
    except FileNotFoundError:
        raise InputError(f"{folder}：没有 summary.json，不是一次核验的输出文件夹。") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}：读不了，不是核验写出的汇总。") from error
    return run


def _listed(counts: dict[str, int]) -> str:
    """Tell counts by the titles of their codes; a code of a newer version by itself."""
    return "；".join(f"{title(code) if code in CODES else code} {count} 条" for code, count in counts.items())


def _mended(folder: Path) -> bool:
    """Say whether every problem of the list is solved, or has a date in 完成日期."""
    path = folder / "problems.xlsx"
    if not path.is_file():
        return False
    problems = read_problems(path)
    return bool(problems) and all(problem.status in (SOLVED, AWAY) or problem.done_on for problem in problems)
