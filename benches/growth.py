#!/usr/bin/env python3
"""How time and memory grow with the corpus and with the lexicon: two tables in Markdown, and a plot.

    benches/growth.py [PLOT.svg] [--most MEGABYTES]     (default: 2,000)

Wants a release build (target/release/tifa) and the folder ../shared (or SHARED), whose script makes the inputs in target/bench.
Times are of CPU, user and system; one thread. Sizes are taken from the beginning of one file, phrases from one list.
"""
import math
import os
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIFA = ROOT / "target/release/tifa"
WORK = ROOT / "target/bench"
SHARED = pathlib.Path(os.environ.get("SHARED", ROOT.parent / "shared"))


def measured(*command):
    """CPU seconds and MiB of memory of a command, whose output is thrown away."""
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"growth.py: {command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def head(source, megabytes):
    """The lines in the first megabytes of a file, as a file."""
    target = WORK / f"head-{megabytes}.jsonl"
    wanted = megabytes * 1_000_000
    with open(source, "rb") as lines, open(target, "wb") as out:
        for line in lines:
            wanted -= len(line)
            if wanted < 0:
                break
            out.write(line)
    return target


def by_size(source, sizes):
    rows = []
    for megabytes in sizes:
        file = head(source, megabytes)
        mb = file.stat().st_size / 1e6
        scan = measured(TIFA, "scan", "--quiet", "--threads", 1, file, "--fresh", "--out", WORK / "scan")
        count = measured(TIFA, "count", "--quiet", "--threads", 1, file)
        rows.append((mb, *scan, *count))
        print(f"{mb:.0f} MB: scan {scan[0]:.1f} s, {scan[1]:.0f} MiB; count {count[0]:.1f} s, {count[1]:.0f} MiB", file=sys.stderr)
        file.unlink()
    return rows


def by_phrases(source, phrases, sizes):
    file = head(source, 100)
    mb = file.stat().st_size / 1e6
    random.Random(1).shuffle(phrases)
    rows = []
    for n in sizes:
        lexicon = WORK / "phrases.toml"
        formulas = (f'[[formula]]\nid = "p{i}"\nlabel = {{ en = "{p}" }}\nen = ["{p}"]\n' for i, p in enumerate(phrases[:n]))
        lexicon.write_text('name = "phrases"\nversion = "1"\n' + "".join(formulas), encoding="utf-8")
        cpu, memory = measured(TIFA, "count", "--quiet", "--no-builtin", "--no-attribution", "--threads", 1, "--lexicon", lexicon, file)
        rows.append((n, cpu, mb / cpu, memory))
        print(f"{n} phrases: {cpu:.1f} s", file=sys.stderr)
    file.unlink()
    return rows


def plot(path, size_rows, phrase_rows):
    """Two panels with logarithmic axes."""
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 330" font-family="sans-serif" font-size="12">', '<rect width="760" height="330" fill="#fff"/>']

    def panel(left, title, label, unit, series):
        xs = [x for _, points, _ in series for x, _ in points]
        ys = [y for _, points, _ in series for _, y in points]
        low_x, high_x = math.log10(min(xs)), math.log10(max(xs))
        low_y, high_y = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
        at_x = lambda x: left + 50 + (math.log10(x) - low_x) / (high_x - low_x) * 270
        at_y = lambda y: 270 - (math.log10(y) - low_y) / max(1, high_y - low_y) * 220
        out.append(f'<text x="{left + 50}" y="24" font-weight="bold">{title}</text>')
        for power in range(low_y, high_y + 1):
            y = at_y(10.0**power)
            out.append(f'<line x1="{left + 50}" x2="{left + 320}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/><text x="{left + 44}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
        shown = -100.0
        for x in sorted(set(xs)):
            # No two labels on one another.
            if at_x(x) - shown < 48:
                continue
            shown = at_x(x)
            out.append(f'<text x="{at_x(x):.1f}" y="288" text-anchor="middle">{x:,.0f}</text>')
        out.append(f'<text x="{left + 185}" y="310" text-anchor="middle">{label}</text><text x="{left + 50}" y="42" fill="#555">{unit}</text>')
        for (name, points, colour), below in zip(series, (-10, 22)):
            line = " ".join(f"{at_x(x):.1f},{at_y(y):.1f}" for x, y in points)
            out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
            out.extend(f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="3" fill="{colour}"/>' for x, y in points)
            x, y = points[-1]
            out.append(f'<text x="{at_x(x) - 8:.1f}" y="{at_y(y) + below:.1f}" text-anchor="end" fill="{colour}">{name}</text>')

    panel(0, "By size of the corpus", "MB of JSON lines", "CPU seconds", [("scan --out", [(r[0], r[1]) for r in size_rows], "#005a9c"), ("count", [(r[0], r[3]) for r in size_rows], "#b35900")])
    panel(390, "By size of the lexicon", "phrases", "CPU seconds, 100 MB, --no-attribution", [("count", [(r[0], r[1]) for r in phrase_rows], "#005a9c")])
    path.write_text("\n".join(out) + "\n</svg>\n", encoding="utf-8")


def main():
    arguments = sys.argv[1:]
    most = int(arguments[arguments.index("--most") + 1]) if "--most" in arguments else 2000
    inputs = WORK / f"in-{most}"
    if not (inputs / "docs.jsonl").exists():
        subprocess.run([sys.executable, SHARED / "bench/make_inputs.py", inputs, "--mb", str(most)], check=True, stdout=subprocess.DEVNULL)
    docs = inputs / "docs.jsonl"
    size_rows = by_size(docs, [mb for mb in (10, 50, 200, 1000, 2000) if mb <= most])
    phrases = (inputs / "en25000.txt").read_text(encoding="utf-8").split("\n")
    phrase_rows = by_phrases(docs, [p for p in phrases if p], [60, 500, 2500, 5000, 10000, 25000])
    print("| MB | scan --out, s | MB/s | memory, MiB | count, s | MB/s | memory, MiB |\n| --- | --- | --- | --- | --- | --- | --- |")
    for mb, scan, scan_memory, count, count_memory in size_rows:
        print(f"| {mb:.0f} | {scan:.1f} | {mb / scan:.0f} | {scan_memory:.0f} | {count:.1f} | {mb / count:.0f} | {count_memory:.0f} |")
    print("\n| phrases | count --no-attribution, s | MB/s | memory, MiB |\n| --- | --- | --- | --- |")
    for n, cpu, speed, memory in phrase_rows:
        print(f"| {n:,} | {cpu:.2f} | {speed:.0f} | {memory:.0f} |")
    if arguments and not arguments[0].startswith("--"):
        plot(pathlib.Path(arguments[0]), size_rows, phrase_rows)


if __name__ == "__main__":
    main()
