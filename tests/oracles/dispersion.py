"""Gries's deviation of proportions, and the same normed by the smallest part."""
import numpy as np

from rows import library, row


def dp(v, s):
    v, s = np.array(v, float), np.array(s, float)
    v, s = v / v.sum(), s / s.sum()
    deviation = np.abs(v - s).sum() / 2
    return deviation, deviation / (1 - s.min())


computed = library("numpy", "Gries 2008; Lijffijt & Gries 2012")
for case, v, s in [
    ("three equal parts", [2, 1, 0], [1, 1, 1]),
    ("as expected", [3, 3, 3], [200, 200, 200]),
    ("as the sizes", [10, 20, 70], [100, 200, 700]),
    ("all in the smallest", [5, 0, 0, 0], [50, 200, 300, 450]),
    ("all in the largest", [0, 0, 0, 5], [50, 200, 300, 450]),
    ("once", [0, 1, 0, 0, 0, 0], [1200, 900, 1100, 1000, 950, 1050]),
    ("letter a", [1, 2, 3, 4, 5], [9, 10, 10, 10, 11]),
    ("ALLEMAND", [2, 0, 1, 1, 3, 0, 3, 0, 0, 0], [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]),
    ("large", [120345, 98765, 0, 5123456], [100000000, 110000000, 3000000, 870000000]),
]:
    plain, normed = dp(v, s)
    row("dispersion", case, {"v": v, "s": s}, "dp", plain, computed)
    row("dispersion", case, {"v": v, "s": s}, "dp_norm", normed, computed)

# printed, to three decimals unless said
for case, v, dp_printed, norm_printed, source in [
    ("three equal parts, published", [2, 1, 0], None, 0.5, "Lijffijt & Gries 2012 p. 148 as in the tests of Wordless"),
    ("letter b, published", [2, 2, 2, 2, 2], 0.02, 0.024, "Gries 2020 'Analyzing dispersion' as in the tests of scattertext"),
    ("letter i, published", [1, 0, 0, 0, 0], 0.82, 1.0, "Gries 2020 'Analyzing dispersion' as in the tests of scattertext"),
    ("letter q, published", [0, 1, 0, 0, 0], 0.8, 0.976, "Gries 2020 'Analyzing dispersion' as in the tests of scattertext"),
    ("letter x, published", [0, 0, 0, 0, 1], 0.78, 0.951, "Gries 2020 'Analyzing dispersion' as in the tests of scattertext"),
]:
    s = [1, 1, 1] if len(v) == 3 else [9, 10, 10, 10, 11]
    plain, normed = dp(v, s)
    if dp_printed is not None:
        assert round(plain, 3) == dp_printed
        row("dispersion", case, {"v": v, "s": s}, "dp", dp_printed, source, tolerance=0.0005)
    assert round(normed, 3) == norm_printed
    row("dispersion", case, {"v": v, "s": s}, "dp_norm", norm_printed, source, tolerance=0.0005)

# documented for the function disp() as normed by the smallest part with a hit; the number is the plain DP
tlda = 0.4990705
v, s = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0], [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]
assert round(dp(v, s)[0], 7) == tlda
row("dispersion", "ALLEMAND, published", {"v": v, "s": s}, "dp", tlda, "R package tlda 0.1.0 README (data of Lyne 1985)", tolerance=5e-8)
