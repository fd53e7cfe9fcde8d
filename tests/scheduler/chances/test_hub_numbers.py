from scheduler.allowed import Allowed, Windows
from scheduler.chances.hub_numbers import HubNumbers
from scheduler.plan import Group
from scheduler.problem import Part
from tests.scheduler.builders import at

WINDOWS = Windows()


def allowed(*sites: str) -> Allowed:
    return Allowed({name: WINDOWS.make({at(name): ()}) for name in sites})


def group(name: str, open_to: Allowed, part: Part, item: str = "电工") -> Group:
    return Group((name,), item, part, "", "云州市", open_to)


def test_who_may_use_the_same_sessions_of_a_site_for_the_same_item_comes_to_one_hub() -> None:
    both, nowhere, second = allowed("A", "B"), allowed(), allowed("B")
    groups = [
        group("T1", both, Part.BOTH),
        group("T2", nowhere, Part.BOTH),
        group("T3", second, Part.PRACTICAL),
        group("T4", second, Part.THEORY),
        group("T5", both, Part.THEORY, "焊工"),
    ]
    numbers = HubNumbers(groups)
    rows, hubs = numbers.pairs()
    assert rows.tolist() == [0, 0, 2, 3, 4, 4]
    # the theory part needs no place of an item, so T4 and T5 meet at B
    assert hubs.tolist() == [0, 1, 1, 2, 3, 2]
    assert numbers.items == ["电工", "电工", "", ""]
    assert [next(iter(window)).site_id for window in numbers.windows] == ["A", "B", "B", "A"]
    assert [numbers.of_group(number).tolist() for number in range(5)] == [[0, 1], [], [1], [2], [3, 2]]


def test_without_groups_there_is_no_hub() -> None:
    rows, hubs = HubNumbers([]).pairs()
    assert rows.tolist() == hubs.tolist() == []
