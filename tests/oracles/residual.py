"""Adjusted residuals of occurrences among exposures, a row for each group."""
import numpy as np
from statsmodels.stats.contingency_tables import Table

from rows import library, row

for case, rows in [
    ("ordinary", [[60, 10000], [30, 20000], [45, 12000]]),
    ("two groups", [[60, 10000], [30, 20000]]),
    ("a zero", [[5, 100], [0, 40], [12, 312]]),
    ("equal rates", [[10, 1000], [20, 2000], [5, 500]]),
    ("every one a hit", [[4, 4], [10, 50], [3, 60]]),
    ("large", [[1200345, 1000000000], [2300456, 2100000000], [12, 50000], [998, 1000000]]),
]:
    # by default Table adds 0.5 to every cell when one is zero
    table = Table(np.array([[k, e - k] for k, e in rows], float), shift_zeros=False)
    for i, value in enumerate(table.standardized_resids[:, 0]):
        row("residual", case, {"rows": rows}, f"r{i}", value, library("statsmodels", "Table(shift_zeros=False).standardized_resids"),
            floor=1e-9)
