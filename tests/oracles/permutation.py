"""Exact permutation p: every relabelling of documents counted once, against half an occurrence less than was observed."""
from itertools import combinations, product
from math import comb

from scipy.special import xlogy

from rows import row


def g2(A, C, B, D):
    cells = [(A, C * (A + B)), (C - A, C * (C + D - A - B)), (B, D * (A + B)), (D - B, D * (C + D - A - B))]
    return 2 * sum(float(xlogy(o, o * (C + D) / e)) for o, e in cells if o)


def exact(a, b, both):
    pool = a + b
    found = []
    for chosen in combinations(range(len(pool)), len(a)):
        first = [pool[i] for i in chosen]
        second = [pool[i] for i in range(len(pool)) if i not in chosen]
        for swaps in product([False, True], repeat=len(both)):
            left = first + [(kb, eb) if s else (ka, ea) for s, (ka, ea, kb, eb) in zip(swaps, both)]
            right = second + [(ka, ea) if s else (kb, eb) for s, (ka, ea, kb, eb) in zip(swaps, both)]
            found.append((*map(sum, zip(*left)), *map(sum, zip(*right))))
    A, C, B, D = found[0]  # the first choice keeps every document where it was
    fair = (A + B) * C / (C + D)
    nearer = max(fair, A - 0.5) if A > fair else min(fair, A + 0.5)
    observed = g2(nearer, C, A + B - nearer, D)
    found = [g2(*cells) for cells in found]
    assert len(found) == comb(len(pool), len(a)) * 2 ** len(both)
    return sum(value >= observed - 1e-9 for value in found) / len(found)


for case, a, b, both in [
    ("two groups", [[12, 1000], [9, 800], [15, 1200], [11, 900]], [[4, 1000], [6, 1100], [10, 900], [5, 1000]], []),
    ("clearly apart", [[30, 1000], [28, 900], [35, 1100], [31, 1000]], [[4, 1000], [6, 1100], [3, 900], [5, 1000]], []),
    ("one document holds the hits", [[40, 1000], [0, 1000], [1, 1000]], [[1, 1000], [0, 1000], [2, 1000], [0, 1000]], []),
    ("no difference", [[5, 500], [10, 1000]], [[10, 1000], [5, 500], [20, 2000]], []),
    ("only both", [], [], [[9, 500, 4, 600], [7, 400, 3, 500], [2, 300, 5, 300], [12, 800, 6, 700], [8, 450, 2, 500], [6, 500, 1, 400]]),
    ("mixed", [[14, 1000], [9, 700], [11, 900]], [[5, 900], [7, 1000]], [[8, 400, 3, 500], [6, 600, 5, 400], [2, 200, 4, 600]]),
    ("one occurrence, texts of unequal length", [[1, 900], [0, 1500], [0, 1200], [0, 1100]], [[0, 1000], [0, 700], [0, 800], [0, 600]], []),
    ("one occurrence, in the shorter texts", [[0, 900], [0, 1500], [0, 1200], [0, 1100]], [[1, 1000], [0, 700], [0, 800], [0, 600]], []),
    ("three, all in the shorter texts", [[0, 900], [0, 1500], [0, 1200], [0, 1100]], [[1, 1000], [1, 700], [0, 800], [1, 600]], []),
    ("short texts against long ones", [[5, 120], [4, 80], [6, 100], [3, 90]], [[11, 9000], [8, 12000], [14, 10000], [9, 8000]], []),
    ("zeros", [[0, 500], [3, 700]], [[0, 600], [0, 400], [0, 900]], [[0, 300, 0, 200], [2, 300, 0, 350]]),
]:
    row("permutation", case, {"a": a, "b": b, "both": both}, "p", exact(a, b, both), "exact enumeration of every relabelling", tolerance=0.02)
