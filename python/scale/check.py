"""tifa on Spark held against tifa on one machine: `check.py MASTER INPUT [--kill]`.

INPUT is a folder of texts, or JSON lines. The four tables of both are sorted and compared byte by byte. With --kill, an executor's worker is killed
while it works. Prints one line of JSON.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import polars as pl
from pyspark.sql import SparkSession

import tifa
import tifa.spark

TABLES = list(tifa.columns())


def texts(path: Path) -> pl.DataFrame:
    """The documents as a table with an id each; a bad one is among them."""
    if path.is_dir():
        files = [f for f in sorted(path.rglob("*")) if f.suffix in (".txt", ".md")]
        frame = pl.DataFrame({"id": [str(f.relative_to(path)) for f in files], "text": [f.read_text(encoding="utf-8", errors="replace") for f in files]})
    else:
        frame = pl.read_ndjson(path, infer_schema_length=None)
        frame = frame.select(pl.col("id").cast(pl.String).str.zfill(9), "date", "title", "speaker", "source", "language", "text")
    bad = pl.DataFrame({"id": ["zz-empty"], "text": [""]}).with_columns(*[pl.lit(None, pl.String).alias(c) for c in frame.columns if c not in ("id", "text")])
    return pl.concat([frame, bad.select(frame.columns)])


def csv(frame: pl.DataFrame, table: str) -> bytes:
    frame = frame.select(*tifa.columns()[table]).sort(pl.all(), nulls_last=True)
    if table == "problems":
        frame = frame.with_columns(pl.col("message").str.replace(r" in row \d+$", ""))
    out = io.BytesIO()
    frame.write_csv(out)
    return out.getvalue()


def same_tallies(there: tifa.spark.SparkScan, one: tifa.Scan, by: list[str]) -> bool:
    """Whether Spark's sums are the counts of one machine."""
    columns = ["formula", *by, "language", "occurrences", "documents", "exposure"]
    tallied = pl.DataFrame(there.tallies(by).toArrow()).select(columns)
    counted = pl.DataFrame(one.count(by=["formula", *by])).filter(pl.col("occurrences") > 0).select(columns)
    as_text = [frame.sort(pl.all()).select(pl.all().cast(pl.String)) for frame in (tallied, counted)]
    return tallied.height > 0 and as_text[0].equals(as_text[1])


def workers() -> list[int]:
    """The processes that run tasks."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in line:
            found.append(int(entry.name))
    return found


def kill_one(after: float, killed: list[int]) -> None:
    time.sleep(after)
    for _ in range(600):
        running = workers()
        if running:
            os.kill(running[0], signal.SIGKILL)
            killed.append(running[0])
            return
        time.sleep(0.1)


def main(master: str, given: str, kill: bool) -> int:
    frame = texts(Path(given))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    folder = Path(os.environ.get("TIFA_SCALE_TMP", "/tmp")) / f"tifa-scale-{os.getpid()}"
    folder.mkdir(parents=True)
    source = folder / "table.parquet"
    frame.write_parquet(source, compression="uncompressed", row_group_size=2_000)
    size = frame["text"].str.len_bytes().sum()

    began = time.time()
    one = tifa.scan(source, progress=False)
    alone = time.time() - began

    began = time.time()
    builder = SparkSession.builder.master(master).appName("tifa").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
    builder = builder.config("spark.task.maxFailures", "8").config("spark.executorEnv.PYTHONPATH", os.environ.get("PYTHONPATH", ""))
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
    # All tables are brought here to be compared, which a user would not do.
    builder = builder.config("spark.driver.memory", "4g").config("spark.driver.maxResultSize", "4g")
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    started = time.time() - began

    killed: list[int] = []
    began = time.time()
    df = spark.read.parquet(str(source)).repartition(8)
    if kill:
        threading.Thread(target=kill_one, args=(alone / 2, killed), daemon=True).start()
    there = tifa.spark.scan(df, out=str(folder / "out"))
    took = time.time() - began
    same = {}
    for name in TABLES:
        ours = pl.DataFrame(getattr(there, name).toArrow())
        same[name] = csv(ours, name) == csv(pl.DataFrame(getattr(one, name)), name)
        if not same[name]:
            Path(folder, f"{name}.spark.csv").write_bytes(csv(ours, name))
            Path(folder, f"{name}.one.csv").write_bytes(csv(pl.DataFrame(getattr(one, name)), name))
    same["tallies"] = all(same_tallies(there, one, by) for by in (["year", "speaker"], ["month", "source", "voice"], []))
    spark.stop()
    said = {
        "master": master,
        "documents": frame.height,
        "mb": round(size / 1e6, 2),
        "one_machine_s": round(alone, 2),
        "spark_start_s": round(started, 2),
        "spark_s": round(took, 2),
        "killed": len(killed),
        "hits": len(one.hits),
        "problems": len(one.problems),
        "same": same,
        "folder": str(folder),
    }
    print(json.dumps(said))
    return 0 if all(same.values()) and (not kill or killed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], "--kill" in sys.argv))
