"""Lexicons: what is looked for."""

from __future__ import annotations

from functools import lru_cache
from os import PathLike, fspath
from typing import Iterable, Union

from . import _tifa
from .shown import Table

PathType = Union[str, "PathLike[str]"]


class Lexicon:
    """The built-in lexicons (unless ``builtin=False``) and those in ``files``, TOML as in ``docs/lexicon.md``.

    A file of the same name as a built-in lexicon replaces it. Wrong files raise :class:`tifa.TifaError`, with each line that is wrong.
    """

    def __init__(self, files: Union[PathType, Iterable[PathType]] = (), *, builtin: bool = True) -> None:
        self._take(tuple(_tifa.lexicon_texts(paths_of(files))), builtin)

    @classmethod
    def from_toml(cls, text: str, *, name: str = "lexicon.toml", builtin: bool = False) -> Lexicon:
        """The lexicon that ``text`` describes; ``name`` stands in messages. Without the built-in ones, unless asked for."""
        return of_texts(((name, text),), builtin)

    def _take(self, texts: tuple[tuple[str, str], ...], builtin: bool) -> None:
        # Texts can be sent to another machine, where the files are not.
        self._texts = texts
        self.builtin = builtin
        self._inner = _tifa.Lexicon(list(texts), builtin)

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
        return of_texts, (self._texts, self.builtin)

    @property
    def _is_chosen(self) -> bool:
        return bool(self._texts) or not self.builtin


@lru_cache(maxsize=8)
def of_texts(texts: tuple[tuple[str, str], ...], builtin: bool) -> Lexicon:
    """The lexicon of the texts of files, each with its name; compiled once in a process."""
    lexicon = Lexicon.__new__(Lexicon)
    lexicon._take(texts, builtin)
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
    return of_texts((), True) if given is None else Lexicon(given)
