"""Trends in series: Mann-Kendall, seasonal Mann-Kendall, Theil-Sen, lag-1 autocorrelation."""
import numpy as np
import pymannkendall as mk
from scipy.stats import theilslopes
from statsmodels.tsa.stattools import acf

from rows import library, row


def score(x):
    return sum(int(np.sign(b - a)) for i, a in enumerate(x) for b in x[i + 1:] if not np.isnan(b - a))


long = [12, 15, 9, 14, 18, 11, 16, 22, 19, 15, 13, 21, 25, 17, 20, 24, 19, 28, 23, 26,
        22, 31, 18, 27, 29, 33, 25, 30, 24, 35, 28, 32, 37, 26, 34, 31, 39, 29, 36, 33]
for case, x in [
    ("ordinary", [2, 3, 3, 5, 4, 6, 8, 7, 9, 9]),
    ("falling", [9.5, 8.25, 8.5, 7.125, 6.0, 6.5, 4.75, 3.0]),
    ("without ties", [3.1, 2.7, 4.4, 5.9, 5.2, 6.6, 1.8, 7.3, 8.0]),
    ("heavy ties", [0, 0, 1, 0, 0, 1, 1, 0, 2, 1, 1, 2, 1]),
    ("all equal", [4, 4, 4, 4, 4, 4]),
    ("no trend", [1, 2, 2, 1]),
    ("three", [1, 2, 3]),
    ("large values", [1203456, 1203460, 1198000, 1250000, 1300001, 1299999, 1400000]),
    ("forty", long),
]:
    r = mk.original_test(np.array(x, float))
    assert r.s == score(x)
    for output, value in (("s", r.s), ("variance", r.var_s), ("z", r.z), ("p", r.p), ("tau", r.Tau)):
        row("mann_kendall", case, {"x": x}, output, value, library("pymannkendall", "original_test"), floor=1e-14 if output == "p" else 1e-12)

monthly = [31, 28, 35, 40, 44, 52, 60, 58, 47, 39, 33, 30, 33, 27, 36, 42, 47, 51, 63, 57, 49, 41, 35, 31,
           32, 30, 38, 41, 49, 55, 62, 61, 50, 40, 36, 34, 35, 31, 37, 45, 48, 57, 66, 60, 53, 44, 38, 33,
           34, 33, 40, 46, 52, 56, 65, 64, 54, 45, 37, 36]
gaps = [None if i in (0, 5, 17, 18, 30, 41, 42, 59) else v for i, v in enumerate(monthly)]
for case, x, period in [
    ("five years", monthly, 12),
    ("unfinished last year", monthly[:52], 12),
    ("missing months", gaps, 12),
    ("quarters", [5, 9, 2, 7, 6, 8, 3, 7, 6, 10, 4, 6, 8, 11, 4, 9, 7, 12, 6, 8], 4),
    ("quarters falling with ties", [10.5, 20, 5, 0, 10, 19.5, 5, 0, 10, 18, 4.5, 0, 9.5, 18, 4, 0, 8, 15, 4, 1, 8, 14, 3, 0], 4),
    ("all equal", [3] * 12, 4),
    ("large values", [1000000 + 5000 * (i // 4) + (17 * i * i) % 4999 for i in range(32)], 4),
]:
    v = np.array([np.nan if e is None else e for e in x], float)
    r = mk.seasonal_test(v, period=period)
    assert r.s == sum(score(v[s::period]) for s in range(period))
    for output, value in (("s", r.s), ("variance", r.var_s), ("z", r.z), ("p", r.p), ("slope", r.slope)):
        row("seasonal_mann_kendall", case, {"x": x, "period": period}, output, value, library("pymannkendall", "seasonal_test"), floor=1e-14 if output == "p" else 1e-12)

for case, t, x in [
    ("ordinary", list(range(10)), [2, 3, 3, 5, 4, 6, 8, 7, 9, 9]),
    ("gaps in time", [1998, 1999, 2001, 2004, 2005, 2009, 2010, 2016], [3.5, 4.1, 3.9, 5.2, 5.0, 6.8, 6.1, 8.4]),
    ("ties", list(range(13)), [0, 0, 1, 0, 0, 1, 1, 0, 2, 1, 1, 2, 1]),
    ("falling", list(range(8)), [9.5, 8.25, 8.5, 7.125, 6.0, 6.5, 4.75, 3.0]),
    ("all equal", list(range(6)), [4, 4, 4, 4, 4, 4]),
    ("outlier", list(range(9)), [1.0, 1.2, 1.4, 1.5, 900.0, 2.1, 2.2, 2.3, 2.6]),
    ("large values", list(range(7)), [1203456, 1203460, 1198000, 1250000, 1300001, 1299999, 1400000]),
    ("forty", list(range(1980, 2020)), long),
]:
    r = theilslopes(x, t, 0.95, method="separate")
    for output, value in (("slope", r.slope), ("low", r.low_slope), ("high", r.high_slope)):
        row("theil_sen", case, {"t": t, "x": x}, output, value, library("scipy", "theilslopes(0.95, separate)"))

for case, x in [
    ("ordinary", [2, 3, 3, 5, 4, 6, 8, 7, 9, 9]),
    ("alternating", [1, -1, 1, -1, 1, -1, 1, -1]),
    ("ties", [0, 0, 1, 0, 0, 1, 1, 0, 2, 1, 1, 2, 1]),
    ("two", [1, 2]),
    ("large values", [1203456, 1203460, 1198000, 1250000, 1300001, 1299999, 1400000]),
    ("forty", long),
]:
    row("autocorrelation", case, {"x": x}, "r1", acf(np.array(x, float), nlags=1, adjusted=False, fft=False)[1],
        library("statsmodels", "acf(adjusted=False)"))
