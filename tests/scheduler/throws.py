"""Every way that dice may fall, with its exact chance: expectations are then added up, not estimated."""

from fractions import Fraction


class Throw:
    """A number that is only asked whether it is below another: it follows the way, or notes the question."""

    def __init__(self, dice, limit):
        self.dice, self.limit = dice, limit

    def __lt__(self, bound):
        dice = self.dice
        dice.odds.append(Fraction(bound, self.limit))
        return dice.ways[len(dice.odds) - 1] if len(dice.odds) <= len(dice.ways) else True


class Branching:
    """Dice whose throws come out a given way, each below its bound or not; ``odds`` holds the chances of below."""

    def __init__(self, ways):
        self.ways, self.odds = list(ways), []

    def below(self, limit):
        return Throw(self, limit)


def every_outcome(work):
    """Give every outcome of ``work(dice)`` with its exact chance, throw by throw."""
    waiting = [((), Fraction(1))]
    while waiting:
        ways, chance = waiting.pop()
        dice = Branching(ways)
        result = work(dice)
        if len(dice.odds) <= len(ways):
            yield result, chance
            continue
        odds = dice.odds[len(ways)]
        waiting += [((*ways, way), chance * part) for way, part in ((True, odds), (False, 1 - odds)) if part]
