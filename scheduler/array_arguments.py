"""Checks of the arrays that ``scheduler.arrays`` is given; every fault names its argument."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scheduler.numbers import Bools, Ints

LARGEST = 2**62
"""Totals above this are refused: sums of them could overflow 64 bits."""


def checked(
    cost: ArrayLike,
    allowed: ArrayLike,
    demand: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
) -> tuple[Ints, Bools, Ints, Ints, Ints]:
    """Check the arguments of an assignment and give them as arrays.

    Raises
    ------
    ValueError
        the text begins with the argument's name.
    """
    costs = integers("cost", cost, dimensions=2)
    pairs = _array("allowed", allowed)
    if pairs.size == 0:
        pairs = pairs.astype(np.bool_)
    if pairs.dtype != np.bool_:
        raise ValueError(f"allowed: must be bool, not {pairs.dtype}")
    if pairs.shape != costs.shape:
        raise ValueError(f"allowed: has shape {pairs.shape}, cost has {costs.shape}")
    demands = integers("demand", demand, dimensions=1)
    if len(demands) != costs.shape[0]:
        raise ValueError(f"demand: has {len(demands)} rows, cost has {costs.shape[0]}")
    if (demands < 0).any():
        raise ValueError("demand: is negative somewhere")
    least, most = checked_loads(low, high, costs.shape[1])
    _no_overflow("demand", demands)
    costs = np.where(
        pairs & (demands > 0)[:, None], costs, 0
    )  # of what cannot be used the cost means nothing
    return costs, pairs, demands, least, most


def checked_loads(low: ArrayLike, high: ArrayLike, columns: int) -> tuple[Ints, Ints]:
    """Check least and greatest loads."""
    least, most = integers("low", low, dimensions=1), integers("high", high, dimensions=1)
    for name, loads in (("low", least), ("high", most)):
        if len(loads) != columns:
            raise ValueError(f"{name}: has {len(loads)} columns instead of {columns}")
        if (loads < 0).any():
            raise ValueError(f"{name}: is negative somewhere")
        _no_overflow(name, loads)
    if (least > most).any():
        raise ValueError(f"low: is above high in column {int(np.argmax(least > most))}")
    return least, most


def _no_overflow(name: str, values: Ints) -> None:
    if sum(map(int, values)) > LARGEST:
        raise ValueError(f"{name}: the total overflows 64 bits")


def integers(name: str, values: ArrayLike, dimensions: int | None = None) -> Ints:
    """Check that values are whole numbers of 64 bits in so many dimensions."""
    array = _array(name, values)
    if array.size == 0:
        array = array.astype(np.int64)
    if array.dtype == object:
        raise ValueError(f"{name}: must hold integers of 64 bits")
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name}: must hold integers, not {array.dtype}")
    if array.dtype == np.uint64 and array.size and int(array.max()) > np.iinfo(np.int64).max:
        raise ValueError(f"{name}: overflows 64 bits")
    if dimensions is not None and array.ndim != dimensions:
        raise ValueError(f"{name}: must have {dimensions} dimensions, not {array.ndim}")
    return array.astype(np.int64)


def _array(name: str, values: ArrayLike) -> NDArray[Any]:
    try:
        return np.asarray(values)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name}: is no array; its rows may differ in length") from None


def checked_caps(cap: Any, shape: tuple[int, ...]) -> list[Fraction]:
    """Check caps and give one per pair, row by row, or the one that holds for all pairs."""
    try:
        array = np.asarray(cap, dtype=object)
    except ValueError:
        raise ValueError("cap: is no array; its rows may differ in length") from None
    if array.ndim and array.shape != shape:
        raise ValueError(f"cap: has shape {array.shape}, cost has {shape}")
    if not all(
        isinstance(one, Fraction | int | np.integer) and one is not True and one is not False
        for one in array.flat
    ):
        raise ValueError("cap: must hold Fractions or whole numbers")
    caps = [Fraction(one) for one in array.flat]
    if any(one < 0 for one in caps):
        raise ValueError("cap: is negative somewhere")
    return caps
