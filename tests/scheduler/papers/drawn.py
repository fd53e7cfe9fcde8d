"""A drawn folder with seats and duties, small enough to be checked by eye; everybody in it is invented."""

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path

import pypdf
from stdnum.cn.ric import calc_check_digit

from common.canonical import digest
from scheduler.folder import json_text
from scheduler.pipeline import make_plan
from scheduler.record import draw_and_write, write_plan
from scheduler.seed.seed_origin import TRIAL_GIVEN
from tests.scheduler.files import write_folder

MOMENT = "2026-11-20T10:00:00+08:00"
SEED = "5a" * 32
PLAIN, RARE, UNKNOWN = "仿真甲一", "仿真\U0002c317\U0002b5af\u4dae\u36c3\u3431", "仿真\U0003134a"
UGLY = '#let x=*1*_a_ $b$ @c <d> \\e, "f"'
NAMES = [PLAIN, RARE, UNKNOWN, UGLY, "仿真·阿依古丽", "仿真甲二", "仿真甲三", "=1+2", "仿真甲四"]
SITE = '考点一 #*_[1]_*, "甲" $x$'
STEMS = [f"0000001990{month:02d}01001" for month in range(1, 10)]
NUMBERS = [stem + calc_check_digit(stem + "0") for stem in STEMS]
ITEM, OTHER = "低压电工作业", "高处作业"


def batch(folder: Path, names=NAMES) -> Path:
    """Nine trainees of one institution, two public sites; parts in turn."""
    parts = ["both", "theory", "practical"]
    trainees = [["trainee_id", "name", "id_number", "institution_id", "item", "part"]]
    trainees += [
        [
            f"T{number}",
            name.replace('"', '""'),
            NUMBERS[number - 1],
            "I1",
            OTHER if number % 4 == 0 else ITEM,
            parts[number % 3],
        ]
        for number, name in enumerate(names, start=1)
    ]
    return write_folder(
        folder,
        trainees=trainees,
        institutions=[["institution_id", "name", "kind"], ["I1", "机构一", "training"], ["I2", "机构二", "authority"]],
        sites=[
            ["site_id", "name", "kind", "city", "district", "address"],
            ["S1", SITE.replace('"', '""'), "public", "云州市", "甲区", "云州市甲区仿真路1号"],
            ["S2", "考点二", "public", "云州市", "乙区", ""],
        ],
        seats=[
            ["site_id", "date", "half", "seats"],
            ["S1", "2026-12-07", "am", "6"],
            ["S2", "2026-12-08", "pm", "6"],
        ],
        places=[["site_id", "date", "half", "item", "places"],
                *[[site, "", "", item, "6"] for site in ("S1", "S2") for item in (ITEM, OTHER)]],
        staff=[
            ["staff_id", "name", "id_number", "employer_id", "roles", "items"],
            ["W1", "仿真考务一", "", "I2", "invigilator", ""],
            ["W2", "仿真考务二", "", "", "examiner", f"{ITEM};{OTHER}"],
            ["W3", "仿真考务三", "", "", "patrol", ""],
            ["W4", "仿真考务四", "", "", "invigilator", ""],
            *([f"W{number}", f"仿真考务{number}", "", "", "examiner", f"{ITEM};{OTHER}"] for number in (5, 6, 7)),
        ],
    )  # fmt: skip


def drawn(folder: Path, *, keep: bool = True, seats: bool = True, names=NAMES) -> Path:
    """Plan and draw the batch, then number rooms and seats; ``keep`` keeps the batch beside it."""
    source = batch(folder.parent / f"{folder.name}-batch", names)
    _, plan, *_ = make_plan(source, "0")
    if not seats:  # as versions before seats and duties planned
        plan = {key: value for key, value in plan.items() if key not in ("seating", "staff", "digest")}
        plan["digest"] = digest(plan)
    write_plan(folder, plan)
    draw_and_write(folder, SEED, TRIAL_GIVEN, MOMENT)
    if seats:
        _number(folder, plan)
    if keep:
        shutil.copytree(source, folder / "batch")
    return folder


def _number(folder: Path, plan) -> None:
    part = {name: group["part"] for group in plan["groups"] for name in group["trainees"]}
    rows = read(folder / "assignments.csv")
    counters: dict = {}
    for row in rows:
        session = row["site_id"], row["date"], row["half"]
        if part[row["trainee_id"]] != "practical":
            seat = counters[session, "seat"] = counters.get((session, "seat"), 0) + 1
            row["room"], row["seat"] = str((seat + 1) // 2), str(2 - seat % 2)
        if part[row["trainee_id"]] != "theory":
            place = counters[session, "place"] = counters.get((session, "place"), 0) + 1
            row["group"], row["place"] = "1", str(place)
    sessions = sorted({(row["site_id"], row["date"], row["half"]) for row in rows})
    duties = [
        {"staff_id": staff, "role": role, "site_id": site, "date": day, "half": half, "room": room}
        for site, day, half in sessions
        for staff, role, room in (("W1", "invigilator", "1"), ("W2", "examiner", "1"), ("W3", "patrol", ""))
    ]
    substitutes = [
        {"site_id": site, "date": day, "half": half, "role": "invigilator", "order": "1", "staff_id": "W3"}
        for site, day, half in sessions
    ]
    tables = {"assignments.csv": rows, "duties.csv": duties, "substitutes.csv": substitutes}
    record = json.loads((folder / "draw.json").read_text(encoding="utf-8"))
    for name, listed in tables.items():
        content = _csv(listed)
        (folder / name).write_bytes(content)
        record["files"][name] = hashlib.sha256(content).hexdigest()
    record["result_digest"] = digest(record["files"])
    record["digest"] = digest({name: value for name, value in record.items() if name != "digest"})
    (folder / "draw.json").write_text(json_text(record), encoding="utf-8")


def read(path: Path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def _csv(rows: list[dict]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def text_of(path):
    """The text of a PDF in one line, without blanks."""
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    return squeezed("\f".join(pages))


def squeezed(text):
    return "".join(text.split(" ")).replace("\n", "")
