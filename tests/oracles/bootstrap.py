"""BCa bootstrap interval of a rate pooled over documents."""
import numpy as np
from scipy.stats import bootstrap

from rows import library, row


def documents(n, seed):
    """Clustered counts: most documents hold none, a few hold many."""
    rng = np.random.default_rng(seed)
    e = rng.integers(200, 3000, n)
    rate = np.where(rng.random(n) < 0.6, 0.0, rng.gamma(1.5, 0.003, n))
    return rng.poisson(rate * e), e


for case, k, e in [
    ("thirty documents", *documents(30, 11)),
    ("two hundred documents", *documents(200, 12)),
    ("thirty even documents", np.array([3, 5, 4, 6, 2, 5, 4, 3, 7, 5] * 3), np.array([400, 510, 480, 620, 350, 500, 450, 380, 640, 520] * 3)),
]:
    interval = bootstrap((k, e), lambda k, e: k.sum() / e.sum(), paired=True, vectorized=False, method="BCa",
                         n_resamples=99999, random_state=1).confidence_interval
    given = {"k": k.tolist(), "e": e.tolist()}
    for output, value in (("low", interval.low), ("high", interval.high)):
        row("bootstrap_ratio", case, given, output, value, library("scipy", "bootstrap(BCa, 99999 resamples)"),
            tolerance=0.03 * (interval.high - interval.low))
