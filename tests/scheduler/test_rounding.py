"""Rounding: floors and ceilings, sums, and expectations that are exact, proved by trying every die."""

import hashlib
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.rounding import Dice, round_flow
from tests.scheduler.throws import Branching, every_outcome


@st.composite
def flows(draw, denominators=(2, 3, 4), most=4):
    """Draw a flow that balances: paths through three layers, summed."""
    denominator = draw(st.sampled_from(denominators))
    people = draw(st.integers(1, 2))
    arcs: dict[tuple[str, str], int] = {}
    for group in range(people):
        left = denominator * draw(st.integers(1, 2))
        for number in range(draw(st.integers(1, most))):
            last = number == most - 1
            units = left if last else draw(st.integers(0, left))
            left -= units
            path = ["sink", f"day{draw(st.integers(0, 1))}", f"seats{draw(st.integers(0, 2))}", f"g{group}"]
            for head, tail in pairwise(path):
                arcs[tail, head] = arcs.get((tail, head), 0) + units
        arcs[f"g{group}", "sink"] = arcs.get((f"g{group}", "sink"), 0) + left
    nodes = sorted({node for arc in arcs for node in arc})
    return (
        [nodes.index(t) for t, _ in arcs],
        [nodes.index(h) for _, h in arcs],
        list(arcs.values()),
        denominator,
    )


def balance(tails, heads, flow):
    found = {}
    for tail, head, units in zip(tails, heads, flow, strict=True):
        found[tail] = found.get(tail, 0) - units
        found[head] = found.get(head, 0) + units
    return found


def balanced_outcome(tails, heads, units, denominator, whole):
    for before, after in zip(units, whole, strict=True):
        assert before // denominator <= after <= -(-before // denominator)
    before = balance(tails, heads, units)
    for node, after in balance(tails, heads, whole).items():
        assert after * denominator == before[node]


@settings(max_examples=60, deadline=None)
@given(flow=flows())
def test_expectations_are_exact(flow):
    _, _, units, denominator = flow
    total, means = Fraction(0), [Fraction(0)] * len(units)
    for whole, chance in every_outcome(lambda dice: round_flow(*flow, dice)):
        balanced_outcome(*flow, whole)
        total += chance
        means = [mean + chance * number for mean, number in zip(means, whole, strict=True)]
    assert total == 1
    assert means == [Fraction(number, denominator) for number in units]


@settings(max_examples=200, deadline=None)
@given(flow=flows(denominators=(7, 60, 420), most=6), number=st.integers(0, 99))
def test_every_arc_and_every_sum_ends_at_floor_or_ceiling(flow, number):
    dice = Dice(b"test", number.to_bytes(4, "big"))
    balanced_outcome(*flow, round_flow(*flow, dice))


def test_whole_flows_throw_no_dice():
    dice = Branching([])
    assert round_flow([0, 1], [1, 2], [6, 6], 3, dice) == [2, 2]
    assert dice.odds == []


def test_a_flow_that_does_not_balance_is_refused():
    with pytest.raises(ValueError, match="balance"):
        round_flow([0], [1], [1], 2, Dice(b"t", b"k"))


def test_dice_are_the_hashes_that_the_specification_says():
    block = hashlib.sha256(b"tag\x00key\x00" + (0).to_bytes(8, "big")).digest()
    assert Dice(b"tag", b"key").below(10) == int.from_bytes(block, "big") % 10
    dice = Dice(b"tag", b"key")
    throws = [dice.below(6) for _ in range(6000)]
    assert all(900 <= throws.count(number) <= 1100 for number in range(6))
    assert dice.below(1) == 0


def test_numbers_of_the_uneven_rest_are_thrown_away():
    # why: a limit just above half the range would otherwise favour the small numbers
    limit = (1 << 255) + 1
    dice = Dice(b"tag", b"key")
    throws = [dice.below(limit) for _ in range(50)]
    assert all(0 <= number < limit for number in throws)
    assert dice._count > 50


def test_frequencies_near_the_expectations():
    tails, heads, units = [0, 0, 0, 1, 2, 3], [1, 2, 3, 4, 4, 4], [1, 2, 3, 1, 2, 3]
    counts = [0] * 6
    for number in range(3000):
        for arc, whole in enumerate(
            round_flow(tails, heads, units, 6, Dice(b"t", number.to_bytes(4, "big")))
        ):
            counts[arc] += whole
    for arc, expected in enumerate((500, 1000, 1500)):
        assert abs(counts[arc] - expected) < 150


def step_by_step(tails, heads, flow, denominator, dice):
    """Section 5 of the specification, in its own words and from the beginning after every push."""
    carried = list(flow)

    def at(node, last):
        near = [arc for arc in range(len(tails)) if node in (tails[arc], heads[arc])]
        return next(arc for arc in near if carried[arc] % denominator and arc != last)

    while any(units % denominator for units in carried):
        arc = next(number for number, units in enumerate(carried) if units % denominator)
        node, steps, places = heads[arc], [(arc, True)], [tails[arc]]
        while node not in places:
            places.append(node)
            arc = at(node, arc)
            steps.append((arc, tails[arc] == node))
            node = heads[arc] if tails[arc] == node else tails[arc]
        cycle = steps[places.index(node) :]
        above = {arc: carried[arc] % denominator for arc, _ in cycle}
        up = min(denominator - above[arc] if along else above[arc] for arc, along in cycle)
        down = min(above[arc] if along else denominator - above[arc] for arc, along in cycle)
        amount = up if dice.below(up + down) < down else -down
        for arc, along in cycle:
            carried[arc] += amount if along else -amount
    return [units // denominator for units in carried]


@st.composite
def tangles(draw):
    """Draw a flow of cycles over few nodes: parallel arcs, both directions, several components, pass-through nodes."""
    denominator, arcs = draw(st.sampled_from((2, 3, 4, 12))), []
    for _ in range(draw(st.integers(1, 5))):
        nodes = draw(st.permutations(range(draw(st.sampled_from((3, 6, 12))))))[: draw(st.integers(2, 6))]
        units = draw(st.integers(1, 2 * denominator))
        for node, other in zip(nodes, [*nodes[1:], nodes[0]], strict=True):
            turned = draw(st.booleans())
            arcs.append((other, node, -units) if turned else (node, other, units))
    arcs = draw(st.permutations(arcs))
    tails, heads, units = (list(listed) for listed in zip(*arcs, strict=True))
    return tails, heads, [number % (3 * denominator) for number in units], denominator


@settings(max_examples=500, deadline=None)
@given(flow=st.one_of(flows(denominators=(2, 12, 60), most=6), tangles()), number=st.integers(0, 99))
def test_the_walk_is_that_of_the_specification(flow, number):
    """Going on from where a walk stands, and two arcs in one step: the same dice, and the same numbers in the end."""
    dice, plain = (Dice(b"test", number.to_bytes(4, "big")) for _ in range(2))
    assert round_flow(*flow, dice) == step_by_step(*flow, plain)
    assert dice.below(1 << 200) == plain.below(1 << 200)
