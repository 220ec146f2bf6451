"""A function that is a prox, a value or a gradient."""

from __future__ import annotations

import dis
from collections.abc import Iterator, Mapping
from typing import Any

from signprox._drivers.arguments import parameters_of, require
from signprox._drivers.arrays import Arrays
from signprox._drivers.base import Driver, Misbehaved, name_of, refused
from signprox._names import COMPLEX, WEIGHT, CannotJudge, Source, meanings, snake_case
from signprox._vectors import Question, Suite


class OfFunction(Driver):
    """A function `prox(y, gamma, **parameters)` of arrays, or `value(u, **parameters)` or `gradient(u, **parameters)`."""

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any], arrays: Arrays) -> None:
        super().__init__(made, arrays.told)
        self.arrays, self.formats, self.given = arrays, arrays.formats, dict(given)
        function = suite.questions[0].raw["function"]
        if {"inner", "functions", "blocks"} & set(function):
            raise CannotJudge(f"{suite.subject} is built from other functions, which a plain function is not given: the guard asks for it")
        self.sources = arguments_of(made, suite, given)

    def call(self, question: Question, format: str) -> tuple[Any, dict[str, Any]]:
        function, is_complex = question.raw["function"], question.raw["function"]["type"] in COMPLEX
        shape = function.get("shape")
        y = question.x
        if is_complex:
            y = [*y, 0.0][: len(y) + len(y) % 2]
            point = self.arrays.make([complex(a, b) for a, b in zip(y[::2], y[1::2])], format, complex=True)
        else:
            point = self.arrays.make(y, format, shape)
        values = {argument: source(function, question.step) for argument, source in self.sources.items()}
        return point, {**{name: self.converted(value, format, is_complex) for name, value in values.items()}, **self.given}

    def converted(self, value: Any, format: str, is_complex: bool) -> Any:
        if isinstance(value, dict) and "rows" in value:
            columns = value["columns"]
            return self.arrays.make([[float(v) for v in value["data"][i : i + columns]] for i in range(0, len(value["data"]), columns)], format)
        if isinstance(value, list) and value and isinstance(value[0], list):
            # Groups of a complex vector are given by the places of its parts.
            return [sorted({i // 2 for i in group}) for group in value] if is_complex else value
        if isinstance(value, list):
            return self.arrays.make([float(v) for v in value], format)
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        point, values = self.call(question, format)
        before = self.arrays.shown(point, format)
        try:
            found = self.made(point, **values)
        except ValueError as error:
            if raised_by_itself(error):
                raise refused(error) from error
            raise
        if self.arrays.shown(point, format) != before:
            raise Misbehaved(f"it overwrote its argument, which is {self.arrays.shown(point, format)} after the call")
        if question.kind == "value":
            yield self.arrays.read(found, [])
            return
        is_complex = question.raw["function"]["type"] in COMPLEX
        shape = question.raw["function"].get("shape") or [(len(question.x) + 1) // 2 if is_complex else len(question.x)]
        yield self.arrays.read(found, shape, is_complex)[: len(question.x)]

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        point, values = self.call(question, format)
        words = "".join(f", {name}={self.arrays.shown(value, format)}" for name, value in {**self.keywords, **values}.items())
        return [*self.arrays.imports, self.import_line(), f"print({self.name}({self.arrays.shown(point, format)}{words}))"]


def raised_by_itself(error: BaseException) -> bool:
    """Whether a `raise` statement made it, outside of the libraries of arrays: then it refuses the question."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None:
        return False
    code = last.tb_frame.f_code.co_code
    is_raise = dis.opname[code[last.tb_lasti]] == "RAISE_VARARGS"
    return is_raise and last.tb_frame.f_globals.get("__name__", "").partition(".")[0] not in {"numpy", "torch", "scipy", "jax"}


def arguments_of(made: Any, suite: Suite, given: Mapping[str, Any]) -> dict[str, Source]:
    """For each argument after the point, what it is given."""
    name = name_of(made)
    parameters = parameters_of(made, name)[1:]
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    wanted = [key for key in suite.questions[0].raw["function"] if key != "type"]
    names = [p.name for p in named]
    kind, _, function = suite.subject.partition("-")
    has_step = kind in ("prox", "policy") and not suite.statement.startswith("r(u) = 0 ") and wanted != []
    try:
        sources, _ = meanings(name, names, function, wanted, given, not has_step)
    except CannotJudge:
        # What it does not name may be among its **kwargs.
        if len(named) == len(parameters):
            raise
        names += [snake_case(key) for key in wanted if key != "shape"]
        sources, _ = meanings(name, names, function, wanted, given, not has_step)
    if not has_step and "weight" in wanted and not any(each in sources for each in WEIGHT):
        raise CannotJudge(f"{name} has no argument for the weight: call it one of {', '.join(WEIGHT)}")
    require(name, named, sources, given)
    return sources
