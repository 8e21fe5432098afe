"""Change points of Poisson counts with exposures: PELT against the best of all segmentations."""
import math

import numpy as np
import ruptures
from ruptures.base import BaseCost

from rows import library, row


def cost(k, e):
    return 0.0 if k == 0 else 2 * (k - k * math.log(k / e))


class PoissonCost(BaseCost):
    model = "poisson"
    min_size = 1

    def fit(self, signal):
        self.signal = signal
        return self

    def error(self, start, end):
        return cost(*self.signal[start:end].sum(axis=0))


def two_best(k, e, penalty):
    """The two cheapest segmentations, by dynamic programming over the place of the last change."""
    k, e = np.concatenate([[0], np.cumsum(k)]), np.concatenate([[0], np.cumsum(e)])
    best = [[(-penalty, ())]]
    for end in range(1, len(k)):
        found = [
            (total + penalty + cost(k[end] - k[start], e[end] - e[start]), places + ((start,) if start else ()))
            for start in range(end)
            for total, places in best[start]
        ]
        best.append(sorted(found)[:2])
    return best[-1]


bump = [3, 2, 4, 3, 2, 14, 16, 13, 15, 12, 3, 4, 2, 3, 3]
level = [4] * 15 + [11] * 12 + [3] * 18 + [8] * 15
wobble = [0, 1, -1, 2, -2, 1, 0, -1, 1, 0, 2, -1, -1, 0, 1, -2, 0, 1, 0, -1]
long = [max(v + wobble[i % 20], 0) for i, v in enumerate(level)]
for case, k, e, penalty in [
    ("one change", [1, 2, 1, 2, 1, 8, 9, 8, 9, 8], [1000] * 10, 2 * math.log(10)),
    ("bump", bump, [500] * 15, 2 * math.log(15)),
    ("none", [5, 6, 4, 5, 7, 5, 4, 6, 5, 5, 6, 4], [2000] * 12, 2 * math.log(12)),
    ("counts follow the exposure", [10, 21, 40, 38, 9, 11, 52, 30], [1000, 2000, 4000, 4000, 1000, 1000, 5000, 3000], 2 * math.log(8)),
    ("flat counts and changing exposure", [10, 11, 9, 10, 10, 10, 11, 9], [1000, 1100, 900, 1000, 4000, 4100, 3900, 4000], 2 * math.log(8)),
    ("zeros first", [0, 0, 0, 0, 0, 0, 4, 6, 5, 7], [800, 900, 1000, 700, 800, 1000, 900, 1000, 800, 900], 2 * math.log(10)),
    ("zeros last", [6, 5, 7, 4, 6, 0, 0, 0, 0, 0, 0], [1000] * 11, 2 * math.log(11)),
    ("all zero", [0] * 8, [1000] * 8, 2 * math.log(8)),
    ("change at the second", [30, 3, 4, 2, 3, 4, 3], [1000] * 7, 2 * math.log(7)),
    ("change at the last", [3, 4, 2, 3, 4, 3, 30], [1000] * 7, 2 * math.log(7)),
    ("high penalty", bump, [500] * 15, 60.0),
    ("low penalty", [2, 9, 2, 1, 8, 9, 1, 1], [100] * 8, 3.0),
    ("two", [1, 40], [1000, 1000], 2 * math.log(2)),
    ("large", [120345, 119876, 120011, 131234, 130876, 131009], [100000000, 99900000, 100100000, 100000000, 99800000, 100200000], 2 * math.log(6)),
    ("sixty", long, [1000 + 37 * (i % 7) for i in range(60)], 2 * math.log(60)),
]:
    signal = np.column_stack([k, e]).astype(float)
    places = tuple(ruptures.Pelt(custom_cost=PoissonCost(), min_size=1, jump=1).fit(signal).predict(pen=penalty))[:-1]
    best, second = two_best(k, e, penalty)
    assert places == best[1], (case, places, best)
    assert second[0] - best[0] > 0.05, (case, best, second)  # no tie that rounding could decide
    row("change_points", case, {"k": k, "e": e, "penalty": penalty}, "positions", " ".join(map(str, places)),
        library("ruptures", "Pelt(custom Poisson cost, min_size=1, jump=1) = dynamic programme"), tolerance=0)
