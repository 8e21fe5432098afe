"""Lexicons: what is looked for."""

from __future__ import annotations

import tempfile
from os import PathLike, fspath
from pathlib import Path
from typing import Iterable, Union

from . import _tifa
from .shown import Table

PathType = Union[str, "PathLike[str]"]


class Lexicon:
    """The built-in lexicons (unless ``builtin=False``) and those in ``files``, TOML as in ``docs/lexicon.md``.

    A file of the same name as a built-in lexicon replaces it. Wrong files raise :class:`tifa.TifaError`, with each line that is wrong.
    """

    def __init__(self, files: Union[PathType, Iterable[PathType]] = (), *, builtin: bool = True) -> None:
        paths = paths_of(files)
        # Kept, so that it can be sent to another machine, where the files are not.
        texts: list[tuple[str, str]] = []
        for path in paths:
            try:
                texts.append((path, Path(path).read_text(encoding="utf-8")))
            except (OSError, UnicodeDecodeError):
                # The library says what is wrong with it.
                continue
        self._texts = tuple(texts)
        self.builtin = builtin
        self._inner = _tifa.Lexicon(list(paths), builtin)

    @classmethod
    def from_toml(cls, text: str, *, name: str = "lexicon.toml", builtin: bool = False) -> Lexicon:
        """The lexicon that ``text`` describes; ``name`` stands in messages. Without the built-in ones, unless asked for."""
        return _restored(((name, text),), builtin)

    @property
    def formulas(self) -> Table:
        """One row a formula: id, labels, themes, patterns."""
        return Table(self._inner.formulas())

    @property
    def names(self) -> dict[str, str]:
        """The lexicons and their versions."""
        return dict(self._inner.names)

    def __len__(self) -> int:
        return len(self._inner)

    def __repr__(self) -> str:
        return f"<tifa.Lexicon of {len(self)} formulas: {', '.join(self.names)}>"

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (self._texts, self.builtin)

    @property
    def _is_chosen(self) -> bool:
        return bool(self._texts) or not self.builtin


def _restored(texts: tuple[tuple[str, str], ...], builtin: bool) -> Lexicon:
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, (name, text) in enumerate(texts):
            # Two may have the same name, in different folders.
            path = Path(folder, str(number), Path(name).name)
            path.parent.mkdir()
            path.write_text(text, encoding="utf-8")
            files.append(path)
        try:
            lexicon = Lexicon(files, builtin=builtin)
        except _tifa.TifaError as error:
            message = str(error)
            for (name, _), path in zip(texts, files):
                message = message.replace(fspath(path), name)
            raise _tifa.TifaError(message) from None
    lexicon._texts = texts
    return lexicon


def paths_of(given: Union[PathType, Iterable[PathType]]) -> list[str]:
    """One path or several, as a list."""
    if isinstance(given, (str, PathLike)):
        return [fspath(given)]
    return [fspath(path) for path in given]


def lexicon_of(given: Union[None, Lexicon, PathType, Iterable[PathType]]) -> Lexicon:
    """The lexicon meant: a :class:`Lexicon`, or files beside the built-in ones."""
    if isinstance(given, Lexicon):
        return given
    return Lexicon(() if given is None else given)
