"""The notebook of the documentation does what it says."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "sample-study.ipynb"


def test_the_notebook_reproduces_the_sample_study():
    written = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(written)
    run = nbformat.read(NOTEBOOK, as_version=4)
    # Its own assertions hold the tables against those of the study.
    NotebookClient(run, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    cells = [(a, b) for a, b in zip(written.cells, run.cells) if a.cell_type == "code"]
    assert len(cells) >= 5
    for a, b in cells:
        assert shown(a) == shown(b), a.source


def shown(cell):
    """What a cell shows, but for how polars draws its frames."""
    kinds = ("text/html", "image/svg+xml", "text/plain")
    pick = lambda data: next((k, data[k]) for k in kinds if k in data)
    return [pick(o["data"]) for o in cell.outputs if "data" in o and "dataframe" not in o["data"].get("text/html", "")]
