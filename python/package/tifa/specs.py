"""What is asked, as the library takes it: JSON of its own specifications.

Names and values are those of the command line (``tifa count --help``), with ``_`` for ``-``. What is wrong with them the library says.
"""

from __future__ import annotations

import datetime
import json
from typing import Any, Mapping

LISTS = ("speaker", "side", "source", "language", "voice", "genre", "formula", "theme")


def filter_spec(filters: Mapping[str, Any]) -> str:
    """The filter of a query: ``since, until, speaker, side, source, language, voice, genre, formula, theme, min_evidence, duplicates``
    (``"drop"`` or ``"keep"``), ``translations`` (``"keep"`` or ``"first"``), ``date`` (``"event"`` or ``"published"``), ``nested`` (``"outer"`` or
    ``"all"``), ``roll_up``. Lists may be single values.
    """
    spec: dict[str, Any] = {}
    for name, value in filters.items():
        if value is None:
            continue
        if name in LISTS:
            spec[name] = [value] if isinstance(value, str) else list(value)
        elif name == "duplicates":
            if value not in ("drop", "keep"):
                raise TypeError(f"duplicates {value!r}: not one of 'drop', 'keep'")
            spec["keep_duplicates"] = value == "keep"
        elif name in ("since", "until"):
            spec[name] = value.isoformat()[:10] if isinstance(value, datetime.date) else str(value)
        else:
            spec[name] = value
    return json.dumps(spec)


def reading_spec(
    columns: Mapping[str, str] | None = None,
    group_by: str | None = None,
    path_pattern: str | None = None,
    split: str | None = None,
    read_as: str | None = None,
    attribution: bool = True,
    max_document: int | None = None,
) -> str:
    """How files are read (``docs/formats.md``)."""
    spec = {
        "columns": dict(columns or {}),
        "group_by": group_by,
        "path_pattern": path_pattern,
        "split": split,
        "genre": read_as,
        "no_attribution": not attribution,
        "max_document": max_document,
    }
    return json.dumps({name: value for name, value in spec.items() if value is not None})
