"""A function that makes a gradient transformation, as those of optax do."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from signprox._drivers.arguments import arguments_of
from signprox._drivers.arrays import Arrays
from signprox._drivers.base import DTYPES, Driver, refused, version_of
from signprox._names import CannotJudge
from signprox._vectors import Question, Suite


class OptaxTransformation(Driver):
    """A function that makes a pair of `init` and `update`, as those of optax do. Each step makes one with its own γ, and keeps the memory."""

    ways = ("eager", "jit")
    reference = "optax"

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any]) -> None:
        self.arrays = Arrays("jax")
        super().__init__(made, version_of("optax" if "optax" in sys.modules else "jax"))
        self.formats, self.usual = self.arrays.formats, ("f64", "f32")
        self.arguments = arguments_of(made, suite, given, 0)

    def transformation(self, step: Any, given: Mapping[str, Any]) -> Any:
        try:
            found = self.made(**{self.arguments.step: step, **given})
        except ValueError as error:
            raise refused(error) from error
        if not hasattr(found, "init") or not hasattr(found, "update"):
            raise CannotJudge(
                f"{self.name} made a {type(found).__name__}, which has no init and update: a function of arrays begins with x and gradient"
            )
        return found

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        given, shape = self.arguments.of(question), question.raw.get("shape")
        first = self.arrays.make(question.x, format, shape)

        def update(step: Any, gradient: Any, state: Any, x: Any) -> Any:
            updates, state = self.transformation(step, given).update(gradient, state, x)
            return (x + updates).astype(x.dtype), state

        update = importlib.import_module("jax").jit(update) if way == "jit" else update
        x, state = first, self.transformation(question.steps[0], given).init(first)
        for step, gradient in zip(question.steps, question.gradients):
            x, state = update(step, self.arrays.make(gradient, format, shape), state, first if question.resets else x)
            yield self.arrays.read(x, question.shape)

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        words = "".join(f", {name}={value!r}" for name, value in {**self.keywords, **self.arguments.of(question)}.items())
        shape, dtype = question.raw.get("shape"), f"jnp.{DTYPES[format]}"
        start = self.arrays.text(question.x, format, shape)
        update = ".update(g, state, x)"
        jitted = ["    update = jax.jit(opt.update)"] if way == "jit" else []
        return [
            "import jax, jax.numpy as jnp" if format == "f64" or jitted else "import jax.numpy as jnp",
            *(["jax.config.update('jax_enable_x64', True)"] if format == "f64" else []),
            self.import_line(),
            f"x = {start}",
            f"state = {self.name}({question.steps[0]!r}{words}).init(x)",
            f"for lr, g in zip({question.steps[:count]}, jnp.array({question.gradients[:count]}, dtype={dtype})):",
            *([f"    x = {start}"] if question.resets else []),
            *([f"    g = g.reshape({tuple(shape)})"] if shape else []),
            f"    opt = {self.name}(lr{words})",
            *jitted,
            f"    updates, state = {'update(g, state, x)' if jitted else f'opt{update}'}",
            "    x = x + updates",
            "print(x.flatten().tolist())",
        ]
