"""How every script here prints a row of values.csv."""
import csv
import importlib.metadata
import json
import sys

OUT = csv.writer(sys.stdout, lineterminator="\n")


def library(name, function):
    return f"{name} {importlib.metadata.version(name)} {function}"


def row(statistic, case, given, output, expected, source, tolerance=None, relative=1e-9, floor=1e-12):
    """One number. The tolerance is absolute: given, or `relative` of the value and never below `floor`."""
    if not isinstance(expected, str):
        expected = float(expected) + 0.0  # no negative zero
        if tolerance is None:
            tolerance = max(relative * abs(expected), floor)
        expected = repr(expected)
    OUT.writerow([statistic, case, json.dumps(given, separators=(",", ":")), output, expected, f"{tolerance:.2g}", source])
