"""A function that answers whole questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from signprox._drivers.arguments import parameters_of
from signprox._drivers.arrays import flattened
from signprox._drivers.base import Driver, NotAsked
from signprox._vectors import FORMATS, Question


class Run(Driver):
    """A function of one `question`, for an optimiser of any library: it returns x^1, ..., x^T, or None for what it does not offer."""

    formats = FORMATS
    usual = ("f64",)

    def __init__(self, made: Any) -> None:
        super().__init__(made, "")
        self.takes_format = len(parameters_of(made, self.name)) > 1

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        found = self.made(question, format) if self.takes_format else self.made(question)
        if found is None:
            raise NotAsked("that it does not offer")
        found = [found] if isinstance(found, (int, float)) else found
        for x in [found] if question.kind is not None and not isinstance(found[0], (list, tuple)) else found:
            yield [float(value) for value in flattened(x)]

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        return []
