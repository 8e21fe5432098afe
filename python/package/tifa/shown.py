"""What a notebook shows: tables, charts, attributed text, reports."""

from __future__ import annotations

import base64
import html
import unicodedata
import warnings
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Iterator, NamedTuple, Union

from . import _tifa

ROWS = 20
"""So many rows of a table are shown."""


class Note(UserWarning):
    """Something to know of an answer: what the filters name that the corpus does not have, what could not be read."""


def note(text: str, level: int = 3) -> None:
    """Says something of an answer."""
    warnings.warn(text, Note, stacklevel=level + 1)


class Table:
    """A table, with the columns of ``docs/columns.md``. Empty cells are nulls.

    It speaks Arrow's PyCapsule protocol without a copy: ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``duckdb.sql("from table")`` on
    what pyarrow makes of it. Text is Arrow's ``string_view``.
    """

    def __init__(self, inner: _tifa.Table) -> None:
        self._inner = inner

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._inner.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._inner)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._inner.columns

    def to_polars(self) -> Any:
        """As a ``polars.DataFrame``; shares its memory."""
        import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> Any:
        """As a ``pyarrow.Table``; shares its memory."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> Any:
        """As a ``pandas.DataFrame``."""
        return self.to_arrow().to_pandas()

    def to_csv(self) -> str:
        """As CSV, byte for byte what ``tifa … --format csv`` writes."""
        return self._inner.bytes("csv").decode("utf-8")

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        import json

        return json.loads(self._inner.bytes("json"))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows())

    def save(self, path: Union[str, PathLike[str]]) -> Path:
        """Writes the table, whole or not at all; the ending says how: .csv, .json, .jsonl, .md, .tex, .xlsx, .parquet."""
        self._inner.write(fspath(path))
        return Path(path)

    def __repr__(self) -> str:
        shown = self._inner.shown(ROWS)
        widths = [max([_width(name), *map(_width, cells)]) for name, _, cells in shown]
        lines = [[name for name, _, _ in shown]] + [list(row) for row in zip(*(cells for _, _, cells in shown))]
        body = "\n".join("  ".join(_padded(cell, w, right) for cell, w, (_, right, _) in zip(line, widths, shown)).rstrip() for line in lines)
        return body + self._rest()

    def _repr_html_(self) -> str:
        shown = self._inner.shown(ROWS)

        def cell(tag: str, right: bool, text: str) -> str:
            return f'<{tag} style="text-align:{"right" if right else "left"}">{html.escape(text)}</{tag}>'

        head = "".join(cell("th", right, name) for name, right, _ in shown)
        rows = zip(*(cells for _, _, cells in shown))
        body = "".join("<tr>" + "".join(cell("td", right, text) for (_, right, _), text in zip(shown, row)) + "</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{html.escape(self._rest().strip())}</p>"

    def _rest(self) -> str:
        count = f"{len(self)} row" if len(self) == 1 else f"{len(self)} rows"
        return f"\n[{count}]" if len(self) <= ROWS else f"\n[{count}, the first {ROWS} shown]"


def _width(text: str) -> int:
    """How many places of a terminal a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks


class Chart:
    """A chart; a notebook shows it inline."""

    def __init__(self, inner: _tifa.Chart) -> None:
        self._inner = inner

    @property
    def svg(self) -> str:
        """The chart as SVG."""
        return self._inner.svg

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to draw."""
        return self._inner.is_empty

    def png(self) -> bytes:
        """The chart as a PNG of twice its width."""
        return self._inner.png()

    def save(self, path: Union[str, PathLike[str]]) -> Path:
        """Writes the chart, as .svg or .png."""
        self._inner.write(fspath(path))
        return Path(path)

    def _repr_svg_(self) -> str:
        # As wide as the notebook has room for.
        return self.svg.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)

    def __repr__(self) -> str:
        return f"<tifa.Chart{' (empty)' if self.is_empty else ''}>"


COLOURS = {"spoken": "#1a7f37", "reported": "#1a7f37", "quoted": "#1a7f37", "document": "#1a7f37", "joint": "#1a7f37", "question": "#8250df"}


class Attribution(NamedTuple):
    """Who says what in a text."""

    segments: Table
    """The columns of ``segments``, and the ``text`` of each."""
    hits: Table
    """What is found in it."""

    def __repr__(self) -> str:
        lines = [f"{s['voice']:<11} {s['speaker'] or '–'}: {s['text']}" for s in self.segments]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        found: dict[int, list[dict[str, Any]]] = {}
        for hit in self.hits:
            if not hit["within"]:
                found.setdefault(hit["segment"], []).append(hit)
        return "".join(_segment(s, found.get(s["segment"], [])) for s in self.segments)


def _segment(segment: dict[str, Any], hits: list[dict[str, Any]]) -> str:
    # Offsets count bytes.
    text, at, out = (segment["text"] or "").encode(), segment["start"], []
    for hit in hits:
        start, end = hit["start"] - segment["start"], hit["end"] - segment["start"]
        out.append(html.escape(text[at - segment["start"] : max(start, at - segment["start"])].decode()))
        out.append(f'<mark title="{html.escape(hit["formula"])}">{html.escape(text[start:end].decode())}</mark>')
        at = hit["end"]
    out.append(html.escape(text[at - segment["start"] :].decode()))
    who = html.escape(segment["speaker"] or "–")
    why = html.escape(f"{segment['voice']} {segment['evidence'] or ''}".strip())
    colour = COLOURS.get(segment["voice"], "#6e7781")
    return f'<p style="border-left:3px solid {colour};padding-left:.6em"><b>{who}</b> <small style="color:{colour}">{why}</small><br>{"".join(out)}</p>'


class Report(NamedTuple):
    """A finished report."""

    page: Path
    """The page, ``index.html``; tables and charts are beside it."""

    def _repr_html_(self) -> str:
        page = base64.b64encode(self.page.read_bytes()).decode()
        # A document of its own, which cannot reach the notebook.
        return f'<iframe sandbox="allow-scripts" style="width:100%;height:40em;border:0" src="data:text/html;base64,{page}"></iframe>'
