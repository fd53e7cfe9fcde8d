"""The people of a large plan in arrays. People are numbered in the order of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np


class People:
    """Who is in the plan, and what the draw asks of each.

    Attributes
    ----------
    group, item, institution
        numbers of the plan's group, of the item (items in their order) and of the institution.
    own_class
        the number of the class; of people without one a number below 0 that nobody else has.
    theory, practical
        whether somebody sits that part.
    """

    def __init__(self, plan: Mapping[str, Any]) -> None:
        groups = plan["groups"]
        sizes = [len(group["trainees"]) for group in groups]
        items = {item: number for number, item in enumerate(sorted({group["item"] for group in groups}))}
        self.names: list[str] = [name for group in groups for name in group["trainees"]]
        self.group = np.repeat(np.arange(len(groups)), sizes)
        self.item = np.repeat(np.array([items[group["item"]] for group in groups], np.int64), sizes)
        self.theory = np.repeat(np.array([group["part"] != "practical" for group in groups], bool), sizes)
        self.practical = np.repeat(np.array([group["part"] != "theory" for group in groups], bool), sizes)
        self.institution = np.array([one for group in groups for one in group["institution"]], np.int64)
        classes = np.array([one for group in groups for one in group["class"]], np.int64)
        self.own_class = np.where(classes < 0, -1 - np.arange(len(classes)), classes)
