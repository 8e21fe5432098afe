"""Who used which political formula when.

    >>> import tifa
    >>> scan = tifa.scan("readouts/")
    >>> scan.count(by=["year", "speaker"], formula="true-multilateralism")
    >>> scan.trend(show="summary").to_polars()
    >>> scan.chart("trend", side="CN").save("trend.svg")

A face on the program `tifa`: the same engine, the same tables and columns (``docs/columns.md``), the same messages. Every table speaks Arrow's
PyCapsule protocol, so that polars, pandas, pyarrow and duckdb take it as it is: ``polars.DataFrame(table)``, ``pyarrow.table(table)``.
"""

from ._tifa import TifaError, __version__
from .lexicons import Lexicon
from .scans import Scan, load, merge, scan
from .shown import Attribution, Chart, Note, Report, Table
from .tools import attribute, columns, report

__all__ = [
    "Attribution",
    "Chart",
    "Lexicon",
    "Note",
    "Report",
    "Scan",
    "Table",
    "TifaError",
    "__version__",
    "attribute",
    "columns",
    "load",
    "merge",
    "report",
    "scan",
]
