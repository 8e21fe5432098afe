"""One text, whole reports, and what columns mean."""

from __future__ import annotations

from os import fspath
from pathlib import Path
from typing import Iterable, Mapping, Union

from . import _tifa
from .lexicons import Lexicon, PathType, lexicon_of, paths_of
from .scans import _shown
from .shown import Attribution, Report, Table, note
from .specs import reading_spec


def attribute(
    text: str,
    *,
    lexicon: Union[None, Lexicon, PathType, Iterable[PathType]] = None,
    read_as: str | None = None,
    name: str = "text.txt",
) -> Attribution:
    """Who says what in ``text``: its segments with speaker, voice and evidence, and the formulas in it.

    It is read as a file called ``name``, whose ending says what it is (``.txt``, ``.md``); offsets are bytes into it.
    """
    segments, hits = _tifa.attribute(text, name, reading_spec(read_as=read_as), lexicon_of(lexicon)._inner)
    return Attribution(Table(segments), Table(hits))


def report(
    what: Union[PathType, Iterable[PathType]],
    out: PathType | None = None,
    *,
    lexicon: Union[PathType, Iterable[PathType]] = (),
    builtin: bool = True,
    columns: Mapping[str, str] | None = None,
    ui: str | None = None,
    discover: int | None = None,
    progress: bool = True,
) -> Report:
    """A finished report: page, tables, charts and ``run.json``. ``what`` is a ``study.toml`` (or its folder), whose report is written beside it
    unless ``out`` says otherwise, or files and folders to read. ``ui`` is the language of the page, en or zh; ``discover`` the number of
    recurrent strings to list that no lexicon holds."""
    place = None if out is None else fspath(out)
    with _shown(progress) as told:
        page, notes = _tifa.report(paths_of(what), place, paths_of(lexicon), builtin, reading_spec(columns), ui, discover, told)
    for text in notes:
        note(text, level=1)
    return Report(Path(page))


def columns() -> dict[str, dict[str, str]]:
    """What the columns of the four tables mean."""
    tables: list[tuple[str, list[tuple[str, str, str]]]] = _tifa.columns()
    return {table: {name: meaning for name, _, meaning in specs} for table, specs in tables}
