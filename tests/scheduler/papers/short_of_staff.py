"""A drawn folder whose staff is too few, and of whom two ids are one person; everybody is invented."""

import shutil
from pathlib import Path

from scheduler.pipeline import make_plan
from scheduler.record import draw_and_write, write_plan
from scheduler.seed.seed_origin import TRIAL_GIVEN
from tests.scheduler.files import write_folder
from tests.scheduler.papers.drawn import ITEM, MOMENT, NUMBERS, OTHER, batch

SEED = "02" * 32
PEOPLE = [
    ["staff_id", "name", "id_number", "employer_id", "roles", "items", "licence_to", "agreement_to"],
    ["W1", "仿真考务一", "", "", "invigilator", "", "", "2026-12-31"],
    ["W2", "仿真考务二", NUMBERS[-1].replace("19900", "19800"), "I2", "patrol", "", "2026-12-31", ""],
    ["W3", "仿真考务二", NUMBERS[-1].replace("19900", "19800"), "", "examiner", f"{ITEM};{OTHER}", "2026-12-31", ""],
    ["W4", "仿真考务四", "", "", "invigilator", "", "2026-12-31", "2026-12-01"],
]  # fmt: skip
RULES = "[staffing]\ninvigilators_per_room = 2\nexaminers_per_item = 2\npatrols_per_site = 1\n"
RELATIONS = [
    ["kind", "from_id", "to_id", "since", "until"],
    ["employs", "I3", "W1", "2026-12-08", ""],
    ["teaches", "W3", "I3", "2026-12-09", ""],
]
INSTITUTIONS = [
    ["institution_id", "name", "kind"],
    ["I1", "机构一", "training"],
    ["I2", "机构二", "authority"],
    ["I3", "机构三", "training"],
]


def short_of_staff(folder: Path, rules: str = RULES) -> Path:
    """Each session needs two invigilators, two examiners of each of two items and a patrol.

    W1 alone keeps watch (the agreement of W4 is over); W2 and W3 are one person, who patrols S1 and examines in S2. W1 is
    employed by a training institution from the day of the second session on; W3 teaches there only after it.
    """
    source = batch(folder.parent / f"{folder.name}-batch")
    write_folder(source, {"staff": PEOPLE, "relations": RELATIONS, "institutions": INSTITUTIONS})
    (source / "rules.toml").write_text(rules, encoding="utf-8")
    write_plan(folder, make_plan(source, "0").content)
    draw_and_write(folder, SEED, TRIAL_GIVEN, MOMENT)
    shutil.copytree(source, folder / "batch")
    return folder
