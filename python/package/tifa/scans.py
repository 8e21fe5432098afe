"""Scans, and what is asked of them."""

from __future__ import annotations

import json
import tempfile
import warnings
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping, Sequence, Union

from . import _tifa
from .lexicons import Lexicon, PathType, lexicon_of, paths_of
from .shown import Chart, Table, note
from .specs import filter_spec, reading_spec

Names = Union[str, Iterable[str]]


class Scan:
    """A corpus read, attributed and searched: four tables, and what is asked of them.

    Every question takes the filters of the command line: ``since, until, speaker, side, source, language, voice, genre, formula, theme,
    min_evidence, duplicates, translations, date, nested, roll_up``. A formula or theme that does not exist raises :class:`tifa.TifaError`;
    another value that nothing here has is a :class:`tifa.Note` among the warnings.
    """

    def __init__(self, inner: _tifa.Scan) -> None:
        self._inner = inner

    @property
    def documents(self) -> Table:
        """One row a document."""
        return Table(self._inner.table("documents"))

    @property
    def segments(self) -> Table:
        """One row a stretch of text in one voice."""
        return Table(self._inner.table("segments"))

    @property
    def hits(self) -> Table:
        """One row an occurrence of a formula, those inside longer ones among them (``within``)."""
        return Table(self._inner.table("hits"))

    @property
    def problems(self) -> Table:
        """One row a file, record or cell that could not be read as it should."""
        return Table(self._inner.table("problems"))

    @property
    def run(self) -> dict[str, Any]:
        """What it was made from: version, lexicons, inputs, options, counts, as in ``run.json``."""
        return json.loads(self._inner.manifest())

    def save(self, folder: PathType, *, formats: Sequence[str] = ("csv", "parquet")) -> Path:
        """Writes the tables and ``run.json`` into a folder, which :func:`tifa.load` and every command of the program take."""
        self._inner.write(fspath(folder), list(formats))
        return Path(folder)

    def find(self, **filters: Any) -> Table:
        """The occurrences that the filters leave, in the order of the documents, with all their columns."""
        return Table(self._inner.hits(self._checked(filters)))

    def count(self, by: Names = "formula", **filters: Any) -> Table:
        """Occurrences, documents, exposure and rate, by day, week, month, quarter, year, speaker, side, role, source, source_side, language,
        voice, genre, evidence, document, formula, theme, lexicon: ``count(by=["year", "speaker"])``."""
        return Table(self._inner.count(_names(by), self._checked(filters)))

    def trend(self, show: str = "series", *, period: str | None = None, by: str = "formula", seasonal: bool = False, **filters: Any) -> Table:
        """How use changes over time: ``show`` is series, summary, changes or renderings."""
        return Table(self._inner.trend(show, period, by, seasonal, self._checked(filters)))

    def compare(
        self,
        a: str,
        b: str | None = None,
        *,
        by: str = "formula",
        strata: Names = (),
        prior: float | None = None,
        permutations: int | None = None,
        **filters: Any,
    ) -> Table:
        """Two groups of text held against each other: ``compare("speaker=Wang Yi", "side=US;year=2024")``; without ``b``, the rest."""
        return Table(self._inner.compare(a, b, by, _names(strata), prior, permutations, self._checked(filters)))

    def profiles(self, each: str = "speaker", *, by: str = "formula", **filters: Any) -> Table:
        """What each speaker (side, source, year …) says more and less than all together."""
        return Table(self._inner.profiles(each, by, self._checked(filters)))

    def distances(self, each: str = "speaker", *, by: str = "formula", **filters: Any) -> Table:
        """How far apart the profiles of speakers (sides, sources, years …) are."""
        return Table(self._inner.distances(each, by, self._checked(filters)))

    def disperse(self, over: Names = "document", *, by: str = "formula", **filters: Any) -> Table:
        """How evenly each formula is spread over documents or periods."""
        return Table(self._inner.disperse(_names(over), by, self._checked(filters)))

    def cooccur(self, within: str = "document", *, least: int = 2, **filters: Any) -> Table:
        """Which formulas stand in the same document, paragraph or sentence, at least so often."""
        return Table(self._inner.cooccur(within, least, None, self._checked(filters)))

    def cooccurrence_matrix(self, within: str = "document", *, measure: str = "together", top: int = 30, **filters: Any) -> Table:
        """The same as a square of the commonest formulas; ``measure`` is together, npmi, lift or g2."""
        return Table(self._inner.cooccur(within, 0, (measure, top), self._checked(filters)))

    def adopt(self, origin: str | None = None, *, echo: bool = False, **filters: Any) -> Table:
        """Who takes up a formula of another side, since when, and in whose report; with ``echo``, in meetings."""
        return Table(self._inner.adopt(origin, echo, self._checked(filters)))

    def kwic(self, **filters: Any) -> Table:
        """The sentences behind the numbers, lined up at the formula."""
        return Table(self._inner.kwic(self._checked(filters)))

    def chart(
        self,
        kind: str = "trend",
        *,
        period: str | None = None,
        top: int = 6,
        each: str = "speaker",
        within: str = "document",
        a: str | None = None,
        b: str | None = None,
        style: str = "light",
        width: int = 1040,
        height: int = 250,
        ui: str = "en",
        **filters: Any,
    ) -> Chart:
        """One chart: trend, themes, speakers, profiles, comparison (with ``a``, ``b``), adoption, dispersion, renderings, cooccurrence."""
        look = (style, width, height, ui)
        drawn = Chart(_tifa.Chart(self._inner, kind, period, top, each, within, a, b, look, self._checked(filters)))
        if drawn.is_empty:
            note("the chart is empty; widen the filters", level=2)
        return drawn

    def _checked(self, filters: Mapping[str, Any]) -> str:
        spec = filter_spec(filters)
        if filters:
            for text in self._inner.absent(spec):
                note(text, level=3)
        return spec

    def __repr__(self) -> str:
        counts = self.run["counts"]
        parts = ", ".join(f"{counts[name]} {name}" for name in ("documents", "segments", "hits", "problems") if name in counts)
        return f"<tifa.Scan: {parts}>"


def scan(
    inputs: Any,
    *,
    lexicon: Union[None, Lexicon, PathType, Iterable[PathType]] = None,
    columns: Mapping[str, str] | None = None,
    group_by: str | None = None,
    path_pattern: str | None = None,
    split: str | None = None,
    read_as: str | None = None,
    attribution: bool = True,
    max_document: int | None = None,
    corrections: PathType | None = None,
    shard: str | None = None,
    name: str = "table",
    progress: bool = True,
) -> Scan:
    """Reads, attributes and searches a corpus.

    ``inputs`` is a path or several (files, folders, or one scan folder), or a table with a row a document: of polars, pandas, pyarrow, duckdb, or
    whatever speaks Arrow's PyCapsule protocol. Its columns are known by their names (``text, date, title, speaker, source, url, id`` …) or by
    ``columns={"text": "full_text"}``; its documents are called ``{name}.parquet#…``.

    ``lexicon`` is a :class:`Lexicon` or files beside the built-in ones. ``split, path_pattern, group_by, read_as, max_document, corrections,
    shard`` are those of ``tifa scan``; ``attribution=False`` counts alone, several times as fast. Progress is shown if ``tqdm`` is there.

    What could not be read is in ``problems`` and said in a :class:`tifa.Note`. Nothing read at all raises :class:`tifa.TifaError`.
    """
    reading = reading_spec(columns, group_by, path_pattern, split, read_as, attribution, max_document)
    meant = lexicon_of(lexicon)
    where = None if corrections is None else fspath(corrections)
    with _files(inputs, name) as paths, _shown(progress) as told:
        made = Scan(_tifa.scan(paths, reading, where, shard, meant._inner, meant._is_chosen, told))
    if len(made.problems):
        note(f"{len(made.problems)} problems with the input; see .problems", level=1)
    return made


def load(folder: PathType, *, lexicon: Union[None, Lexicon, PathType, Iterable[PathType]] = None) -> Scan:
    """The scan in a folder that ``tifa scan``, ``tifa report`` or :meth:`Scan.save` has written. ``lexicon`` is that of which it was made: charts
    take labels from it."""
    return Scan(_tifa.load(fspath(folder), lexicon_of(lexicon)._inner))


def merge(folders: Iterable[PathType], out: PathType, *, formats: Sequence[str] = ("csv", "parquet")) -> Scan:
    """Joins scans that ``tifa scan --out`` has written (of shards, or of parts of a corpus) into ``out``, and opens the whole."""
    _tifa.merge([fspath(folder) for folder in folders], fspath(out), list(formats))
    return load(out)


def _names(given: Names) -> list[str]:
    return given.split(",") if isinstance(given, str) else list(given)


@contextmanager
def _files(inputs: Any, name: str) -> Iterator[list[str]]:
    """The files of the input; a table becomes one."""
    if isinstance(inputs, (str, PathLike)):
        yield [fspath(inputs)]
    elif isinstance(inputs, (list, tuple)):
        yield paths_of(inputs)
    else:
        with _written_of(inputs, name) as path:
            yield [path]


@contextmanager
def _written_of(table: Any, name: str) -> Iterator[str]:
    """A table as a file for a while."""
    with tempfile.TemporaryDirectory(prefix="tifa-") as folder:
        path = Path(folder, f"{Path(name).name}.parquet")
        _write(table, path)
        yield str(path)


def _write(table: Any, path: Path) -> None:
    """Writes a table as Parquet, with what comes with it: its own writer, else pyarrow's."""
    if hasattr(table, "write_parquet") and hasattr(table, "lazy"):
        table.write_parquet(path)
        return
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise TypeError(f"a {type(table).__name__} is read through pyarrow, which is not there; install it, or give paths") from None
    if not isinstance(table, pyarrow.Table):
        if isinstance(table, pyarrow.RecordBatch):
            table = pyarrow.Table.from_batches([table])
        elif hasattr(table, "__arrow_c_stream__"):
            table = pyarrow.table(table)
        elif hasattr(table, "to_arrow_table"):
            table = table.to_arrow_table()
        elif type(table).__module__.startswith("pandas"):
            table = pyarrow.Table.from_pandas(table, preserve_index=False)
        else:
            raise TypeError(f"a {type(table).__name__} is no corpus; give paths, or a table of polars, pandas, pyarrow or duckdb")
    pyarrow.parquet.write_table(table, path)


def _tqdm() -> Any:
    """The progress bars of tqdm, if it is there."""
    try:
        with warnings.catch_warnings():
            # It says where widgets are missing; a bar of text does.
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm


@contextmanager
def _shown(progress: bool) -> Iterator[Callable[[int, int], Any] | None]:
    """Shows progress, if it is wanted and tqdm is there."""
    bars = _tqdm() if progress else None
    if bars is None:
        yield None
        return
    with bars(unit=" documents", delay=1, leave=False) as bar:

        def told(done: int, known: int) -> None:
            bar.total = known
            bar.update(done - bar.n)

        yield told
