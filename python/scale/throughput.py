"""How fast the same scan is from the command line and from Python: `throughput.py PROGRAM FILE.jsonl`. Prints a line each: megabytes per second of wall time and
per second of CPU."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time

CODE = "import sys, tifa; tifa.scan(sys.argv[1], progress=False).hits"


def measured(name: str, megabytes: float, command: list[str], threads: int) -> None:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "RAYON_NUM_THREADS": str(threads)})
    wall = time.time() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:<24} {threads} threads  {wall:6.1f} s  {megabytes / wall:6.1f} MB/s  {cpu:6.1f} s CPU  {megabytes / cpu:6.1f} MB/s of CPU", flush=True)


def main(program: str, path: str) -> None:
    megabytes = os.path.getsize(path) / 1e6
    for threads in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            measured("tifa scan --out", megabytes, [program, "scan", path, "--out", f"{folder}/out", "--format", "parquet"], threads)
        measured("tifa count", megabytes, [program, "count", path], threads)
        measured("Python: tifa.scan", megabytes, [sys.executable, "-W", "ignore", "-c", CODE, path], threads)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
