"""A class of MLX optimisers."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from signprox._drivers.arguments import arguments_of
from signprox._drivers.base import DTYPES, Driver, refused, version_of
from signprox._vectors import Question, Suite


class MlxOptimiser(Driver):
    formats: Sequence[str] = ("f32", "f16", "bf16", "bf16-f32")
    usual = ("f32",)

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any]) -> None:
        super().__init__(made, version_of("mlx.core"))
        self.library = self.library.replace("mlx.core", "mlx")
        self.mlx = importlib.import_module("mlx.core")
        self.arguments = arguments_of(made, suite, given, 0)

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        mx, given = self.mlx, self.arguments.of(question)

        def array(values: list[float]) -> Any:
            return mx.array(values, dtype=getattr(mx, DTYPES[format])).reshape(question.shape)

        try:
            optimiser = self.made(**{self.arguments.step: question.steps[0], **given})
        except ValueError as error:
            raise refused(error) from error
        x = array(question.x)
        optimiser.init({"x": x})
        for step, gradient in zip(question.steps, question.gradients):
            optimiser.learning_rate = step
            x = optimiser.apply_gradients({"x": array(gradient)}, {"x": array(question.x) if question.resets else x})["x"]
            yield [float(value) for value in x.astype(mx.float32).flatten().tolist()]

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        words = "".join(f", {name}={value!r}" for name, value in {**self.keywords, **self.arguments.of(question)}.items())
        shape = f".reshape({question.shape})" if question.raw.get("shape") else ""
        dtype = f"mx.{DTYPES[format]}"
        return [
            "import mlx.core as mx",
            self.import_line(),
            f"x = mx.array({question.x}, dtype={dtype}){shape}",
            f"opt = {self.name}({self.arguments.step}={question.steps[0]!r}{words})",
            "opt.init({'x': x})",
            f"for lr, g in zip({question.steps[:count]}, {question.gradients[:count]}):",
            *([f"    x = mx.array({question.x}, dtype={dtype}){shape}"] if question.resets else []),
            "    opt.learning_rate = lr",
            f"    x = opt.apply_gradients({{'x': mx.array(g, dtype={dtype}){shape}}}, {{'x': x}})['x']",
            "print(x.flatten().tolist())",
        ]
