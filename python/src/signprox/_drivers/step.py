"""A function that makes a step."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from signprox._drivers.arguments import Arguments, arguments_of, parameters_of
from signprox._drivers.arrays import Arrays
from signprox._drivers.base import Driver, Misbehaved, name_of
from signprox._names import CannotJudge
from signprox._vectors import Question, Suite


def prox_of(specification: Mapping[str, Any]) -> Callable[[list[float], float], list[float]]:
    """The functions that vectors of algorithms with proxes have."""
    kind = specification["type"]
    if kind == "zero":
        return lambda y, step: list(y)
    if kind == "l1":
        return lambda y, step: [max(v - step * specification["weight"], 0.0) + min(v + step * specification["weight"], 0.0) for v in y]
    if kind == "box":
        return lambda y, step: [min(max(v, specification["lower"]), specification["upper"]) for v in y]
    raise CannotJudge(f"this version of signprox knows no prox of {kind}")


class Step(Driver):
    """A function `step(x, gradient, ...)` that returns the next x, or with an argument `state` the next x and state."""

    STATE = ("state", "memory")

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any], arrays: Arrays) -> None:
        super().__init__(made, arrays.told)
        self.arrays, self.formats = arrays, arrays.formats
        names = [p.name for p in parameters_of(made, self.name)]
        self.state = next((name for name in names[2:] if name in self.STATE), None)
        self.takes_prox = "prox" in names[2:]
        if any("functions" in question.raw for question in suite.questions) and not self.takes_prox:
            raise CannotJudge(f"{suite.subject} takes proxes: give {self.name} an argument `prox`, which it calls as prox(y, step)")
        special = [name for name in (self.state, "prox" if self.takes_prox else None) if name is not None]
        self.arguments = arguments_of_function(made, suite, given, special)

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        arrays, shape = self.arrays, question.shape
        given, state, x = self.arguments.of(question), None, question.x
        for t, (step, gradient) in enumerate(zip(question.steps, question.gradients)):
            g = arrays.make(gradient, format, question.raw.get("shape"))
            special = {**({self.state: state} if self.state else {}), **({"prox": self.prox(question, t, format)} if self.takes_prox else {})}
            at = arrays.make(list(question.x if question.resets else x), format, question.raw.get("shape"))
            found = self.made(at, g, **{self.arguments.step: step, **given, **special})
            if self.state:
                if not isinstance(found, (tuple, list)) or len(found) != 2:
                    raise Misbehaved(f"it returned {type(found).__name__}, right is the pair of x and {self.state}")
                found, state = found
            x = arrays.read(found, shape)
            if arrays.read(g, shape) != arrays.read(arrays.make(gradient, format, question.raw.get("shape")), shape):
                raise Misbehaved(f"it left {arrays.read(g, shape)} in the gradient, which was {gradient}")
            yield x

    def prox(self, question: Question, t: int, format: str) -> Callable[[Any, float], Any]:
        proxes = [prox_of(each) for each in question.raw["functions"][t]]

        def mean(y: Any, step: float) -> Any:
            point = self.arrays.read(y, question.shape)
            return self.arrays.make([sum(column) / len(proxes) for column in zip(*(prox(point, step) for prox in proxes))], format)

        return mean

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        words = "".join(f", {name}={value!r}" for name, value in {**self.keywords, **self.arguments.of(question)}.items())
        state, both = (f", {self.state}=state", "x, state") if self.state else ("", "x")
        shape = question.raw.get("shape")
        prox = f", prox=prox)  # prox is that of {question.raw['functions'][:count]}" if self.takes_prox else ")"
        lines = [*self.arrays.imports, self.import_line(), f"x = {self.arrays.text(question.x, format, shape)}"]
        lines += ["state = None"] if self.state else []
        for step, gradient in zip(question.steps[:count], question.gradients):
            lines += [f"x = {self.arrays.text(question.x, format, shape)}"] if question.resets and len(lines) > 4 else []
            lines.append(f"{both} = {self.name}(x, {self.arrays.text(gradient, format, shape)}, {self.arguments.step}={step!r}{words}{state}{prox}")
        return [*lines, "print(x)"]


def arguments_of_function(made: Any, suite: Suite, given: Mapping[str, Any], special: Sequence[str]) -> Arguments:
    """As those of a constructor, without the arguments that are no hyperparameter."""

    def others(*_: Any) -> None: ...

    parameters = [p for p in parameters_of(made, name_of(made))[2:] if p.name not in special]
    # Keyword-only arguments need no order.
    parameters = [p.replace(kind=p.KEYWORD_ONLY) if p.kind == p.POSITIONAL_OR_KEYWORD else p for p in parameters]
    vars(others)["__signature__"] = inspect.Signature(parameters)
    others.__qualname__ = name_of(made)
    return arguments_of(others, suite, given, 0)
