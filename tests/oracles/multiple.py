"""False discovery rate over many p-values."""
import numpy as np
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

from rows import library, row

for case, p in [
    ("ordinary", [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]),
    ("unsorted", [0.212, 0.008, 0.06, 0.001, 0.216, 0.042, 0.039, 0.205, 0.041, 0.074]),
    ("ties", [0.02, 0.5, 0.02, 0.01, 0.02, 0.5, 0.9]),
    ("zero and one", [1.0, 0.0, 0.3, 1.0, 0.0]),
    ("single", [0.037]),
    ("tiny", [3.2e-120, 0.04, 1e-200, 7.5e-9]),
    ("Benjamini & Hochberg 1995", [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]),
]:
    q = multipletests(p, method="fdr_bh")[1]
    assert np.allclose(q, false_discovery_control(p), rtol=1e-12, atol=0)
    for i, value in enumerate(q):
        row("benjamini_hochberg", case, {"p": p}, f"q{i}", value,
            library("statsmodels", "multipletests(fdr_bh) = scipy false_discovery_control"),
            tolerance=1e-9 * value if 0 < value < 1e-9 else None)
