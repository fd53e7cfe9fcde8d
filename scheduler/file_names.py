"""What the files of a drawn folder are called; others rely on these names (contract section 5)."""

from __future__ import annotations

PLAN_FILE, DRAW_FILE = "plan.json", "draw.json"
ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT = "announcement.json", "announcement.txt"
ASSIGNMENTS, UNASSIGNED = "assignments.csv", "unassigned.csv"
DUTIES, SUBSTITUTES, VACANCIES = "duties.csv", "substitutes.csv", "vacancies.csv"
CHANGES, DIFFERENCE = "changes.csv", "difference.csv"
CHAIN = "chain"
"""The folder of all draws before a change, a folder each."""
SCHEDULE_PAGE, DIFFERENCE_PAGE = "schedule.html", "difference.html"
REMEDIES_DATA, REMEDIES_PAGE = "remedies.json", "remedies.html"
UNDECIDED = "undecided.csv"
"""Rows to be completed before a plan is drawn."""

RESULTS = (ASSIGNMENTS, UNASSIGNED, DUTIES, SUBSTITUTES, VACANCIES, DIFFERENCE)
"""Files that a draw or a change may write; the record names those that it did."""
PAGES = (SCHEDULE_PAGE, DIFFERENCE_PAGE)
"""Pages that tell people what was drawn."""
REMEDIES = (REMEDIES_DATA, REMEDIES_PAGE)
"""What would help those without a place: the record of a change names them; those of a first plan are in none."""
