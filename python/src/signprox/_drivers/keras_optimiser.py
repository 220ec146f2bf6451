"""A class of Keras optimisers."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from signprox._drivers.arguments import arguments_of
from signprox._drivers.base import DTYPES, Driver, Misbehaved, refused, version_of
from signprox._names import left_out
from signprox._vectors import Question, Suite


class KerasOptimiser(Driver):
    reference = "tensorflow"
    formats: Sequence[str] = ("f64", "f32", "f16", "bf16", "bf16-f32")
    usual = ("f32",)

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any]) -> None:
        super().__init__(made, version_of("keras"))
        self.keras = importlib.import_module("keras")
        self.library += f", {self.keras.backend.backend()}"
        if self.keras.backend.backend() == "jax" and not importlib.import_module("jax").config.jax_enable_x64:
            self.formats = self.formats[1:]
        asked = {name for question in suite.questions for name in question.hyperparameters}
        always = {"decoupled": True} if "decoupled" in asked else {}
        self.arguments = arguments_of(made, suite, {**always, **given}, 0, left_out("keras", suite.subject, asked, given))

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        ops, dtype = self.keras.ops, DTYPES[format]
        given = self.arguments.of(question)

        def array(values: list[float]) -> Any:
            return ops.reshape(ops.convert_to_tensor(values, dtype=dtype), question.shape)

        def numbers(tensor: Any) -> list[float]:
            read = ops.convert_to_numpy(ops.cast(tensor, "float64" if format == "f64" else "float32"))
            return [float(value) for value in read.flatten().tolist()]

        x = self.keras.Variable(array(question.x), dtype=dtype)
        try:
            optimiser = self.made(**{self.arguments.step: question.steps[0], **given})
        except ValueError as error:
            raise refused(error) from error
        for step, gradient in zip(question.steps, question.gradients):
            if question.resets:
                x.assign(array(question.x))
            optimiser.learning_rate = step
            g = array(gradient)
            optimiser.apply_gradients([(g, x)])
            if numbers(g) != gradient:
                raise Misbehaved(f"it left {numbers(g)} in the gradient, which was {gradient}", "g")
            yield numbers(x)

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        words = "".join(f", {name}={value!r}" for name, value in {**self.keywords, **self.arguments.of(question)}.items())
        shape, dtype = question.raw.get("shape"), DTYPES[format]

        def array(text: str) -> str:
            tensor = f"keras.ops.convert_to_tensor({text}, dtype='{dtype}')"
            return f"keras.ops.reshape({tensor}, {question.shape})" if shape else tensor

        return [
            f"import keras  # with the backend {self.keras.backend.backend()}",
            self.import_line(),
            f"x = keras.Variable({array(str(question.x))}, dtype='{dtype}')",
            f"opt = {self.name}({self.arguments.step}={question.steps[0]!r}{words})",
            f"for lr, g in zip({question.steps[:count]}, {question.gradients[:count]}):",
            *([f"    x.assign({array(str(question.x))})"] if question.resets else []),
            "    opt.learning_rate = lr",
            f"    g = {array('g')}",
            "    opt.apply_gradients([(g, x)])",
            f"print(keras.ops.convert_to_numpy({shows}).flatten().tolist())",
        ]
