from scheduler.plan import GroupChances
from tests.scheduler.builders import at

ONE = GroupChances({at("B", "1am"): 2, at("A", "1am"): 4, at("B", "1pm"): 6}, 8)


def test_counts_by_site_are_those_of_its_sessions() -> None:
    assert ONE.by_site() == {"B": 8, "A": 4}


def test_scaled_means_everything_times_a_factor_over_a_divisor() -> None:
    assert ONE.scaled(3, 2) == GroupChances({at("B", "1am"): 3, at("A", "1am"): 6, at("B", "1pm"): 9}, 12)


def test_a_total_is_in_the_order_of_the_sessions() -> None:
    total = GroupChances.total([ONE, GroupChances({at("A", "1am"): 1}, 1)])
    assert list(total.counts.items()) == [(at("A", "1am"), 5), (at("B", "1am"), 2), (at("B", "1pm"), 6)]
    assert total.unplaced == 9
