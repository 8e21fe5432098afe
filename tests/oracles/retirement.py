"""Solow 1993: how likely is so long a silence if sightings had gone on at the same rate?"""
from fractions import Fraction

from rows import row

FORMULA = "Solow 1993 Ecology 74:962-964 eq. 2, in exact fractions"
seal = [1915, 1922, 1932, 1948, 1952]
for case, times, end in [
    ("Caribbean monk seal", seal, 1992),
    ("seen at the end", [2001, 2004, 2009, 2015], 2015),
    ("two sightings", [1990, 1995], 2020),
    ("same year twice", [1990, 1990, 1993, 1995], 2010),
    ("months", [0, 1, 1.5, 2, 3.25, 5, 8], 12),
    ("many", list(range(1950, 2000)), 2024),
]:
    base = (Fraction(times[-1]) - Fraction(times[0])) / (Fraction(end) - Fraction(times[0]))
    row("retirement", case, {"times": times, "end": end}, "p", float(base ** (len(times) - 1)), FORMULA, floor=1e-18)
row("retirement", "Caribbean monk seal, published", {"times": seal, "end": 1992}, "p", 0.053, "Solow 1993 Ecology 74:962-964", tolerance=0.0005)
row("retirement", "Caribbean monk seal, R package dodo", {"times": seal, "end": 1992}, "p", 0.05331433,
    "R package dodo, documented example of SO93F1", tolerance=5e-9)
