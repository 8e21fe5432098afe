"""The package says what the program says."""

import json
import os
import pickle
import subprocess
import warnings
from pathlib import Path

import duckdb
import polars
import pyarrow
import pytest
import tifa

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
PROGRAM = os.environ.get("TIFA_PROGRAM", str(ROOT / "target" / "debug" / "tifa"))


@pytest.fixture(scope="module")
def scan():
    return tifa.scan(CORPUS, progress=False)


def program(*arguments):
    """What the command-line program prints."""
    done = subprocess.run([PROGRAM, "--quiet", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def complaint(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2
    return done.stderr.removeprefix("tifa: ").strip()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (lambda s: s.find(), ["hits"]),
        (lambda s: s.find(speaker="Gu Wenzhou", until="2023"), ["hits", "--speaker", "Gu Wenzhou", "--until", "2023"]),
        (lambda s: s.count(), ["count"]),
        (lambda s: s.count(by=["year", "speaker"], duplicates="keep"), ["count", "--by", "year,speaker", "--duplicates", "keep"]),
        (lambda s: s.count(by="formula,side", nested="all", voice="spoken"), ["count", "--by", "formula,side", "--nested", "all", "--voice", "spoken"]),
        (lambda s: s.count(roll_up=True, date="published"), ["count", "--roll-up", "--date", "published"]),
        (lambda s: s.kwic(language="zh"), ["kwic", "--language", "zh"]),
        (lambda s: s.trend(period="quarter"), ["trend", "--period", "quarter"]),
        (lambda s: s.trend(show="summary", by="theme"), ["trend", "--show", "summary", "--by", "theme"]),
        (lambda s: s.trend("renderings"), ["trend", "--show", "renderings"]),
        (lambda s: s.compare("speaker=Gu Wenzhou"), ["compare", "--a", "speaker=Gu Wenzhou"]),
        (
            lambda s: s.compare("speaker=Gu Wenzhou", "speaker=Ilse Varga", strata="voice", permutations=99),
            ["compare", "--a", "speaker=Gu Wenzhou", "--b", "speaker=Ilse Varga", "--strata", "voice", "--permutations", "99"],
        ),
        (lambda s: s.profiles("side"), ["compare", "--profiles", "side"]),
        (lambda s: s.distances(), ["compare", "--distances", "speaker"]),
        (lambda s: s.disperse(["document", "month"]), ["disperse", "--over", "document,month"]),
        (lambda s: s.cooccur("paragraph", least=1), ["cooccur", "--within", "paragraph", "--least", "1"]),
        (lambda s: s.cooccurrence_matrix(measure="npmi", top=5, language="en"), ["cooccur", "--show", "matrix", "--measure", "npmi", "--top", "5", "--language", "en"]),
        (lambda s: s.adopt(), ["adopt"]),
        (lambda s: s.adopt(echo=True), ["adopt", "--echo"]),
    ],
)
def test_answers_are_those_of_the_program(scan, ours, theirs):
    assert ours(scan).to_csv() == program(theirs[0], CORPUS, *theirs[1:])


def test_charts_are_those_of_the_program(scan, tmp_path):
    drawn = scan.chart("trend", period="quarter", top=3, style="dark", ui="zh", language="zh")
    assert drawn.svg == program("chart", "trend", CORPUS, "--period", "quarter", "--top", "3", "--style", "dark", "--ui", "zh", "--language", "zh")
    assert scan.chart("comparison", a="speaker=Gu Wenzhou").svg == program("chart", "comparison", CORPUS, "--a", "speaker=Gu Wenzhou")
    assert '<svg style="max-width:100%;height:auto" ' in drawn._repr_svg_() and "viewBox" in drawn.svg
    assert scan.chart("speakers").save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with pytest.warns(tifa.Note, match="empty"):
        assert scan.chart("trend", formula="true-multilateralism", until="1990").is_empty


def test_tables_are_arrow(scan):
    frame = polars.DataFrame(scan.hits)
    assert frame.columns == list(tifa.columns()["hits"])
    assert frame["date"].dtype == polars.Date and frame["start"].dtype == polars.Int64
    table = pyarrow.table(scan.hits)
    assert table.num_rows == len(scan.hits) == frame.height
    assert table.schema.field("date").type == pyarrow.date32() and table.schema.field("text").type == pyarrow.string_view()
    assert table.to_pylist() == frame.to_dicts()
    hits = scan.hits
    assert duckdb.sql("select count(*), count(speaker) from hits").fetchall()[0] == (frame.height, frame["speaker"].count())
    assert scan.hits.to_pandas()["formula"].tolist() == frame["formula"].to_list()
    assert scan.hits.rows()[0]["formula"] == frame["formula"][0]


def test_tables_share_their_memory(scan):
    # The same buffers, wherever they are looked at.
    addresses = [pyarrow.table(scan.segments).column("start").chunk(0).buffers()[1].address for _ in range(2)]
    assert addresses[0] == addresses[1]
    kept = pyarrow.table(tifa.scan(CORPUS, progress=False).documents)
    assert kept.num_rows == len(scan.documents)  # The scan is gone; its memory is not.


def test_an_empty_table_has_its_columns(scan):
    empty = polars.DataFrame(scan.problems)
    assert empty.columns == ["path", "record", "kind", "message"] and empty.height == 0
    assert pyarrow.table(scan.problems).num_rows == 0


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "md", "tex", "xlsx", "parquet"])
def test_tables_are_written_in_every_format(scan, tmp_path, ending):
    assert scan.count().save(tmp_path / f"a.{ending}").stat().st_size > 0


def texts():
    return polars.DataFrame(
        {
            "id": ["a", "b", "c"],
            "date": ["2024-01-02", "2024-02-03", "2024-02-04"],
            "full": ["Varga said she backs true multilateralism.", "Gu said that the Belt and Road Initiative is open.", ""],
        }
    )


@pytest.mark.parametrize("make", [lambda t: t, lambda t: t.to_arrow(), lambda t: t.to_arrow().to_batches()[0], lambda t: t.to_pandas(), "duckdb"])
def test_a_table_is_a_corpus(make):
    frame = texts()
    table = duckdb.sql("from frame") if make == "duckdb" else make(frame)
    with pytest.warns(tifa.Note, match="1 problem"):
        scan = tifa.scan(table, columns={"text": "full"}, name="mine", progress=False)
    assert [d["document"] for d in scan.documents] == ["mine.parquet#a", "mine.parquet#b"]
    assert [h["formula"] for h in scan.hits] == ["true-multilateralism", "belt-and-road"]
    assert [p["record"] for p in scan.problems] == ["c"]


def test_what_is_wrong_is_said_in_the_words_of_the_program(scan, tmp_path):
    for ours, theirs in [
        (lambda: scan.count(formula="true-multilateralsm"), ["count", CORPUS, "--formula", "true-multilateralsm"]),
        (lambda: scan.count(by="yaer"), ["count", CORPUS, "--by", "yaer"]),
        (lambda: scan.count(since="May"), ["count", CORPUS, "--since", "May"]),
        (lambda: scan.compare("speker=Gu"), ["compare", CORPUS, "--a", "speker=Gu"]),
        (lambda: tifa.scan(tmp_path / "none"), ["count", tmp_path / "none"]),
        (lambda: tifa.Lexicon(tmp_path / "none.toml"), ["lexicon", "list", "--lexicon", tmp_path / "none.toml"]),
    ]:
        with pytest.raises(tifa.TifaError) as raised:
            ours()
        assert str(raised.value) == complaint(*theirs)
    with pytest.raises(tifa.TifaError, match="unknown field `voize`; did you mean `voice`"):
        scan.count(voize="spoken")
    with pytest.raises(TypeError, match="duplicates"):
        scan.count(duplicates="all")
    with pytest.raises(TypeError, match="is no corpus"):
        tifa.scan(17)
    with pytest.warns(tifa.Note, match="nobody of that name"):
        assert len(scan.count(speaker="Nobody At All")) == 0


def test_a_scan_is_written_and_opened(scan, tmp_path):
    folder = scan.save(tmp_path / "scan")
    again = tifa.load(folder)
    assert again.count(by="speaker").to_csv() == scan.count(by="speaker").to_csv() == program("count", folder, "--by", "speaker")
    assert tifa.scan(folder, progress=False).hits.to_csv() == scan.hits.to_csv()
    assert again.run["counts"] == scan.run["counts"]


def test_shards_are_merged(scan, tmp_path):
    for n in (1, 2):
        program("scan", CORPUS, "--shard", f"{n}/2", "--out", tmp_path / str(n))
    whole = tifa.merge([tmp_path / "1", tmp_path / "2"], tmp_path / "whole")
    for name in ("documents", "segments", "hits", "problems"):
        assert getattr(whole, name).to_csv() == getattr(scan, name).to_csv(), name


LEXICON = """
name = "mine"
version = "1"

[[formula]]
id = "fish"
label = { en = "fish for all" }
themes = ["food"]
en = ["fish for all"]
"""


def test_lexicons(tmp_path):
    own = tifa.Lexicon.from_toml(LEXICON, name="mine.toml")
    assert len(own) == 1 and own.names == {"mine": "1"} and [f["formula"] for f in own.formulas] == ["fish"]
    (tmp_path / "a.txt").write_text("Varga said that there is fish for all, and true multilateralism.")
    counted = lambda lexicon: [f["formula"] for f in tifa.scan(tmp_path, lexicon=lexicon, progress=False).count()]
    assert counted(own) == ["fish"]
    (tmp_path.parent / "mine.toml").write_text(LEXICON)
    assert counted(tmp_path.parent / "mine.toml") == ["fish", "true-multilateralism"]
    copied = pickle.loads(pickle.dumps(own))
    assert copied.formulas.to_csv() == own.formulas.to_csv() and counted(copied) == ["fish"]
    with pytest.raises(tifa.TifaError, match="^mine.toml:"):
        tifa.Lexicon.from_toml("name = 1", name="mine.toml")


def test_attribution_of_one_text():
    text = "Talks\n\nIlse Varga, Minister of Fisheries, came.\n\nVarga said that Orland <b>supports</b> true multilateralism，多边主义。\n"
    found = tifa.attribute(text)
    assert [h["speaker"] for h in found.hits if not h["within"]][0] == "Ilse Varga"
    raw = text.encode()
    for segment in found.segments:
        assert raw[segment["start"] : segment["end"]].decode() == segment["text"]
    page = found._repr_html_()
    assert "<mark" in page and "&lt;b&gt;" in page and "<b>supports" not in page
    assert "Ilse Varga: " in repr(found)


def test_notebooks_see_tables(scan):
    page = scan.count(by="speaker")._repr_html_()
    assert page.count("<tr>") == 21 and "the first 20 shown" in page
    assert "Gu Wenzhou" in repr(scan.count(by="speaker"))
    assert repr(scan) == f"<tifa.Scan: {len(scan.documents)} documents, {len(scan.segments)} segments, {len(scan.hits)} hits, 0 problems>"


def test_reports(tmp_path):
    done = tifa.report(CORPUS, tmp_path / "report", ui="zh", progress=False)
    assert done.page.is_file() and "<iframe" in done._repr_html_()
    assert json.loads((tmp_path / "report" / "run.json").read_text())["counts"]["documents"] > 0
    study = tifa.report(ROOT / "reports" / "sample", tmp_path / "sample", progress=False)
    for name in ("counts_by_formula.csv", "hits.csv"):
        path = ROOT / "reports" / "sample" / "tables" / name
        if path.is_file():
            assert (study.page.parent / "tables" / name).read_bytes() == path.read_bytes()
    with pytest.raises(tifa.TifaError, match="where to"):
        tifa.report(CORPUS)


def test_progress_and_threads(scan):
    import threading

    ticks, done = [], threading.Event()

    def count():
        while not done.is_set():
            ticks.append(1)
            done.wait(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tifa.scan(CORPUS, progress=True)
    done.set()
    thread.join()
    # The interpreter went on beside the scan.
    assert len(ticks) > 5


def test_progress_is_told():
    from tifa import _tifa

    told = []
    _tifa.scan([str(CORPUS)], "{}", None, None, tifa.Lexicon()._inner, False, lambda done, known: told.append((done, known)))
    assert told[-1] == (16, 16)

    def fails(done, known):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        _tifa.scan([str(CORPUS)], "{}", None, None, tifa.Lexicon()._inner, False, fails)
