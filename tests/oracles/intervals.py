"""95 % intervals: one proportion, one count, the ratio of two rates."""
import warnings

from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep, test_poisson_2indep

from rows import library, row

for case, k, n in [
    ("ordinary", 37, 250),
    ("half", 5, 10),
    ("none", 0, 10),
    ("all", 10, 10),
    ("one of one", 1, 1),
    ("none of many", 0, 31234),
    ("large", 123456, 7654321),
    ("rare among many", 1, 1000000000),
    ("nearly all", 999999, 1000000),
]:
    low, high = proportion_confint(k, n, alpha=0.05, method="wilson")
    for output, value in (("low", low), ("high", high)):
        row("wilson", case, {"k": k, "n": n}, output, value, library("statsmodels", "proportion_confint(wilson)"),
            floor=1e-15 if value > 0 else 1e-12)

for case, k in [("none", 0), ("one", 1), ("two", 2), ("small", 7), ("ordinary", 60), ("thousand", 1000), ("million", 1000000)]:
    low, high = confint_poisson(k, 1, method="exact-c")
    assert k == 0 or abs(low - stats.chi2.ppf(0.025, 2 * k) / 2) < 1e-9 * low
    assert abs(high - stats.chi2.ppf(0.975, 2 * k + 2) / 2) < 1e-9 * high
    for output, value in (("low", low), ("high", high)):
        row("poisson", case, {"k": k}, output, value, library("statsmodels", "confint_poisson(exact-c) = scipy chi2.ppf"))


def score_limit(a, c, b, d, side):
    """Where the score statistic of statsmodels meets the normal quantile, on one side (+1 low, -1 high).

    confint_poisson_2indep looks for the same point with a simplex on the squared difference of p-values and
    stops at an absolute step of 1e-8; the root of the statistic itself is sharp.
    """
    centre = (a + 0.5) / (b + 0.5) * d / c
    quantile = side * stats.norm.isf(0.025)

    def gap(logarithm):
        ratio = centre * 2.718281828459045**logarithm
        return test_poisson_2indep(a, c, b, d, value=ratio, method="score", compare="ratio").statistic - quantile

    root = optimize.brentq(gap, -40, 40, xtol=1e-15, rtol=1e-15)
    return centre * 2.718281828459045**root


for case, a, c, b, d in [
    ("ordinary", 60, 10000, 30, 20000),
    ("equal rates", 12, 1000, 24, 2000),
    ("small counts", 3, 100, 2, 100),
    ("one each, unlike exposures", 1, 1000000, 1, 10000),
    ("low rate first", 25, 28010, 41, 23135),
    ("far apart", 500, 1000, 1, 1000),
    ("large", 1000000, 100000000, 1010000, 100000000),
    ("none in the second", 5, 1000, 0, 2000),
    ("none in the first", 0, 1000, 5, 2000),
]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        interval = confint_poisson_2indep(a, c, b, d, compare="ratio", method="score")
        for output, side, finite in (("low", 1, a > 0), ("high", -1, b > 0)):
            if not finite:
                continue
            limit = score_limit(a, c, b, d, side)
            theirs = interval[output == "high"]
            assert abs(limit - theirs) < 1e-7 + 1e-6 * limit, (case, output, limit, theirs)
            row("rate_ratio", case, {"a": a, "c": c, "b": b, "d": d}, output, limit,
                library("statsmodels", "test_poisson_2indep(score) inverted; confint_poisson_2indep(ratio score)"))
