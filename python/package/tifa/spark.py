"""The same scan on Spark: every task reads, attributes and searches its rows with the engine of one machine.

    >>> import tifa.spark
    >>> scan = tifa.spark.scan(df, id="url", text="body", columns={"date": "day"}, out="s3://bucket/scan")
    >>> scan.hits.groupBy("formula").count()
    >>> scan.tallies(by=["year", "speaker"])

``docs/scale.md`` says how to run it on a cluster, what to expect, and when not to.
"""

from __future__ import annotations

import os
import re
import tempfile
from typing import Any, Iterable, Iterator, Mapping, Sequence, Union

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, functions as F

from . import _tifa
from .lexicons import Lexicon, PathType, lexicon_of, of_texts
from .scans import _written_of
from .specs import reading_spec

TABLES = {table: [(name, kind) for name, kind, _ in specs] for table, specs in _tifa.columns()}
ARROW = {"text": pa.string(), "day": pa.date32(), "number": pa.int64(), "decimal": pa.float64()}
SPARK = {"text": "string", "day": "date", "number": "bigint", "decimal": "double"}
MARKS = ("duplicate_of", "translation_of")
"""What depends on all documents."""

FIELDS = [field for field in _tifa.FIELDS if field not in ("text", "id", "path")]
"""What of a document columns of these names hold, beside its text and id."""


def _all_columns() -> dict[str, str]:
    """The columns of all four tables, once each, with what they hold."""
    every: dict[str, str] = {"table": "text"}
    for specs in TABLES.values():
        every.update(specs)
    return every


SCHEMA = pa.schema([(name, ARROW[kind]) for name, kind in _all_columns().items()])
DDL = ", ".join(f"`{name}` {SPARK[kind]}" for name, kind in _all_columns().items())


class SparkScan:
    """The four tables of a scan as Spark's data frames, with the columns of ``docs/columns.md``. They have no order."""

    def __init__(self, rows: DataFrame, marks: DataFrame | None) -> None:
        self._rows = rows
        self._marks = marks

    def _table(self, name: str) -> DataFrame:
        return self._rows.where(F.col("table") == name).select(*[column for column, _ in TABLES[name]])

    @property
    def documents(self) -> DataFrame:
        """One row a document."""
        plain = self._table("documents")
        if self._marks is None:
            return plain
        return plain.drop(*MARKS).join(F.broadcast(self._marks), "document", "left").select(*plain.columns)

    @property
    def segments(self) -> DataFrame:
        """One row a stretch of text in one voice."""
        return self._table("segments")

    @property
    def hits(self) -> DataFrame:
        """One row an occurrence of a formula."""
        return self._table("hits")

    @property
    def problems(self) -> DataFrame:
        """One row a record that could not be read as it should."""
        return self._table("problems")

    def tallies(self, by: Union[str, Sequence[str]] = ()) -> DataFrame:
        """Occurrences, documents and exposure of every formula, as ``tifa count --by formula,…`` counts by default: copies and questions, titles
        and furniture left out, hits within longer ones not counted; languages apart.

        ``by`` are columns of ``segments`` or ``documents``, or year, quarter, month, day. Where there is exposure and no occurrence there is no row:
        ``exposure`` tells how much text there is. ``docs/scale.md`` shows the SQL.
        """
        keys = [by] if isinstance(by, str) else list(by)
        cells = [*keys, "language"] if "language" not in keys else keys
        segments = self._counted(self.segments, cells).withColumn("size", F.when(F.col("language") == "zh", F.col("characters")).otherwise(F.col("words")))
        exposure = segments.groupBy(*cells).agg(F.sum("size").alias("exposure"))
        found = self._counted(self.hits.where(F.col("within").isNull()), [*cells, "formula"])
        counted = found.groupBy("formula", *cells).agg(F.count("*").alias("occurrences"), F.countDistinct("document").alias("documents"))
        # Empty keys are equal too.
        same = [F.col(f"c.{key}").eqNullSafe(F.col(f"e.{key}")) for key in cells]
        joined = counted.alias("c").join(exposure.alias("e"), same, "left")
        columns = [F.col("c.formula"), *[F.col(f"c.{key}") for key in cells], "occurrences", "documents", "exposure"]
        unit = F.when(F.col("language") == "zh", "characters").otherwise("words")
        return joined.select(*columns).withColumn("unit", unit).withColumn("rate", F.col("occurrences") * 10000 / F.col("exposure"))

    def _counted(self, rows: DataFrame, keys: Iterable[str]) -> DataFrame:
        """The rows that count, with the columns ``keys``."""
        documents = self.documents
        of_documents = [key for key in keys if key in documents.columns and key not in rows.columns]
        kept = documents.where(F.col("duplicate_of").isNull())
        kept = kept.select("document", F.col("date").alias("document_date"), _known("event_date", "published").alias("known"), *of_documents)
        rows = rows.where(~F.col("voice").isin(*_tifa.UNCOUNTED_VOICES)).join(kept, "document")
        nobody = F.when(F.col("voice") == "narration", _tifa.NARRATION).otherwise(_tifa.UNATTRIBUTED)
        rows = rows.withColumn("speaker", F.coalesce("speaker", nobody))
        # A part of a document with a day of its own has that day exactly.
        rows = rows.withColumn("known", F.when(F.col("date").eqNullSafe(F.col("document_date")), F.col("known")).otherwise("day"))
        for key in keys:
            if key in PERIODS:
                rows = rows.withColumn(key, F.when(F.col("known").isin(*PERIODS[key]), _period(key)))
        return rows


PERIODS = {"year": ("day", "month", "year"), "quarter": ("day", "month"), "month": ("day", "month"), "day": ("day",)}
"""How exactly a date is to be known for each period. A document of which only the year is known has no month."""


def _period(name: str) -> Any:
    year = F.date_format("date", "yyyy")
    if name == "quarter":
        return F.concat(year, F.lit("-Q"), F.quarter("date").cast("string"))
    return year if name == "year" else F.date_format("date", {"month": "yyyy-MM", "day": "yyyy-MM-dd"}[name])


def _known(*dates: str) -> Any:
    """How exactly the first of a document's dates is known that it has: day, month or year."""
    evidence = F.concat(F.lit("|"), "date_evidence", F.lit("|"))
    parts = [F.nullif(F.regexp_extract(evidence, rf"\|{date}: ([^|]*)\|", 1), F.lit("")) for date in dates]
    used = F.coalesce(*parts, F.lit(""))
    return F.when(used.endswith(_tifa.YEAR_ONLY), "year").when(used.endswith(_tifa.MONTH_ONLY), "month").otherwise("day")


def scan(
    df: DataFrame,
    *,
    id: str = "id",
    text: str = "text",
    columns: Mapping[str, str] | None = None,
    lexicon: Union[None, Lexicon, PathType, Iterable[PathType]] = None,
    read_as: str | None = None,
    attribution: bool = True,
    max_document: int | None = None,
    name: str = "table",
    mark: bool = True,
    out: str | None = None,
) -> SparkScan:
    """Reads, attributes and searches the rows of ``df``, a document a row.

    ``id`` is a column that names each row and no other. ``columns`` says which columns hold a document's date, title, speaker, source, …, unless
    these are their names. With ``out``, the tables are written there as Parquet once (parted by ``table``) and read from there; without, they are
    kept with Spark (memory, then disk) and made anew where they are lost. A row that cannot be read is a row of ``problems``.

    ``mark`` finds copies and translations: it brings id, date, language and signature of each document to the driver (about a kilobyte each).
    Without it nothing is a copy.

    What rows tell of each other (whether 03/04 is in March or April, the year of a day in a title) is what those of one batch tell: write dates as
    2024-05-17, then it does not matter how rows are dealt out.
    """
    meant = lexicon_of(lexicon)
    held = {"text": text, "id": id, **{f: f for f in FIELDS if f in df.columns}, **(columns or {})}
    missing = [column for column in held.values() if column not in df.columns]
    if missing:
        raise _tifa.TifaError(f"{', '.join(missing)}: no such column; there are {', '.join(df.columns)}")
    reading = reading_spec(held, read_as=read_as, attribution=attribution, max_document=max_document)
    given = (meant._texts, meant.builtin)
    try:
        shared = df.sparkSession.sparkContext.broadcast(given)
    except Exception:  # Spark Connect has no broadcast; the task carries the lexicon itself.
        shared = None
    worker = _Worker(given if shared is None else shared, shared is not None, reading, name, id)
    wanted = dict.fromkeys(held.values())
    made = df.select(*[F.col(column).cast("string").alias(column) for column in wanted]).mapInArrow(worker, DDL)
    if out is None:
        from pyspark import StorageLevel

        made = made.persist(StorageLevel.MEMORY_AND_DISK)
    else:
        made.write.partitionBy("table").parquet(out)
        made = df.sparkSession.read.schema(DDL).parquet(out)
    return SparkScan(made, _marks(made) if mark else None)


def _marks(made: DataFrame) -> DataFrame:
    """The documents that are copies or translations, and of which."""
    known = ["document", "date", "language", "signature"]
    found = made.where(F.col("table") == "documents").select(*known)
    documents = found.toArrow() if hasattr(found, "toArrow") else pa.Table.from_pandas(found.toPandas(), preserve_index=False)
    full = {n: documents[n].cast(ARROW[k]) if n in known else pa.nulls(documents.num_rows, ARROW[k]) for n, k in TABLES["documents"]}
    with tempfile.TemporaryDirectory(prefix="tifa-") as folder:
        pq.write_table(pa.table(full), os.path.join(folder, "documents.parquet"), compression="none")
        marked = pa.table(_tifa.mark(folder)).select(["document", *MARKS])
    marked = marked.filter(pc.or_(marked[MARKS[0]].is_valid(), marked[MARKS[1]].is_valid()))
    rows = [tuple(row.values()) for row in marked.to_pylist()]
    return made.sparkSession.createDataFrame(rows, "document string, duplicate_of string, translation_of string")


class _Worker:
    """What a task does with its rows."""

    def __init__(self, given: Any, is_broadcast: bool, reading: str, name: str, id: str) -> None:
        self.given, self.is_broadcast, self.reading, self.name, self.id = given, is_broadcast, reading, name, id

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # A task has one core; Spark runs one task a core.
        for variable in ("RAYON_NUM_THREADS", "POLARS_MAX_THREADS"):
            os.environ.setdefault(variable, "1")
        lexicon = of_texts(*(self.given.value if self.is_broadcast else self.given))
        for batch in batches:
            yield from self._batch(pa.Table.from_batches([batch]), lexicon)

    def _batch(self, rows: pa.Table, lexicon: Lexicon) -> Iterator[pa.RecordBatch]:
        nameless = rows[self.id].null_count
        if nameless:
            yield from self._problem(["the row has no id; give every document one"] * nameless, [None] * nameless)
            rows = rows.filter(rows[self.id].is_valid())
        if not rows.num_rows:
            return
        try:
            made = self._scanned(rows, lexicon)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:
            # One row of it must not cost the others.
            if rows.num_rows == 1:
                yield from self._problem([str(error) or type(error).__name__], rows[self.id].to_pylist())
                return
            half = rows.num_rows // 2
            yield from self._batch(rows.slice(0, half), lexicon)
            yield from self._batch(rows.slice(half), lexicon)
            return
        for table, specs in TABLES.items():
            yield from _widened(table, specs, pa.table(made.table(table)))

    def _scanned(self, rows: pa.Table, lexicon: Lexicon) -> _tifa.Scan:
        with _written_of(rows, self.name) as path:
            # A shard may have nothing in it; this one is the whole.
            return _tifa.scan([path], self.reading, None, "1/1", lexicon._inner, True, None)

    def _problem(self, messages: list[str], records: list[Any]) -> Iterator[pa.RecordBatch]:
        rows = len(messages)
        path = f"{self.name}.parquet"
        columns = {"path": [path] * rows, "record": records, "kind": ["record"] * rows, "message": messages}
        yield from _widened("problems", TABLES["problems"], pa.table(columns, schema=pa.schema([(n, pa.string()) for n in columns])))


def _widened(table: str, specs: list[tuple[str, str]], rows: pa.Table) -> Iterator[pa.RecordBatch]:
    """The rows of one table, with the columns of all."""
    held = {name for name, _ in specs}.difference(MARKS)
    columns = []
    for field in SCHEMA:
        if field.name == "table":
            columns.append(pa.array([table] * rows.num_rows, pa.string()))
        elif field.name == "message" and table == "problems":
            # Numbers of rows are those of the batch.
            columns.append(pa.array([re.sub(r" in row \d+$", "", m or "") for m in rows["message"].to_pylist()], pa.string()))
        elif field.name in held:
            columns.append(rows[field.name].cast(field.type))
        else:
            columns.append(pa.nulls(rows.num_rows, field.type))
    yield from pa.table(columns, schema=SCHEMA).to_batches(max_chunksize=10_000)
