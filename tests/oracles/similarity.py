"""How far apart profiles lie, and how they join into groups."""
import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import jensenshannon, squareform

from rows import library, row

for case, p, q in [
    ("ordinary", [12, 5, 30, 3], [7, 11, 22, 10]),
    ("zeros", [0, 5, 30, 3, 0], [7, 0, 22, 10, 0]),
    ("disjoint", [3, 4, 0, 0], [0, 0, 5, 1]),
    ("equal", [12, 5, 30, 3], [12, 5, 30, 3]),
    ("equal shares", [1, 2, 3], [10, 20, 30]),
    ("one word each", [1, 0], [0, 1]),
    ("large", [12345678, 234567, 98765432, 12], [22345678, 1234567, 88765432, 0]),
]:
    distance = jensenshannon(p, q, base=2)
    equal = case.startswith("equal")  # a square root near zero
    assert not equal or distance < 1e-7
    row("jensen_shannon", case, {"p": p, "q": q}, "distance", 0.0 if equal else distance,
        library("scipy", "jensenshannon(base=2)"), tolerance=1e-7 if equal else None)

profiles = [[12, 5, 30, 3], [7, 11, 22, 10], [14, 6, 28, 2], [1, 20, 4, 9], [3, 18, 6, 8], [10, 10, 10, 10]]
words = [[round(float(jensenshannon(p, q, base=2)), 6) for q in profiles] for p in profiles]
line = [0.0, 1.0, 2.5, 7.0, 7.5, 20.0]
for case, d in [
    ("ordinary", words),
    ("points on a line", [[abs(a - b) for b in line] for a in line]),
    ("ties", [[0.0 if i == j else 1.0 for j in range(4)] for i in range(4)]),
    ("two pairs", [[0.0, 1.0, 4.0, 4.0], [1.0, 0.0, 4.0, 4.0], [4.0, 4.0, 0.0, 1.0], [4.0, 4.0, 1.0, 0.0]]),
    ("identical", [[0.0, 0.0, 0.6], [0.0, 0.0, 0.6], [0.6, 0.6, 0.0]]),
    ("two", [[0.0, 0.25], [0.25, 0.0]]),
]:
    heights = linkage(squareform(np.array(d)), "average")[:, 2]
    assert (np.diff(heights) >= 0).all()
    row("linkage", case, {"d": d}, "heights", " ".join(repr(float(h)) for h in heights), library("scipy", "linkage(average)"), tolerance=1e-9)
