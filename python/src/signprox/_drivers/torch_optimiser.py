"""A class of PyTorch optimisers."""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from signprox._drivers.arguments import arguments_of, parameters_of
from signprox._drivers.base import DTYPES, Driver, Misbehaved, NotAsked, refused, version_of
from signprox._names import CannotJudge
from signprox._vectors import Question, Suite


class TorchOptimiser(Driver):
    reference = "pytorch"
    formats = ("f64", "f32", "f16", "bf16", "bf16-f32")
    usual = ("f64", "f32")

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any]) -> None:
        super().__init__(made, version_of("torch"))
        self.torch = importlib.import_module("torch")
        self.arguments = arguments_of(made, suite, given, 1)
        if needs_closure(made):
            raise CannotJudge(f"{self.name}.step needs a closure, and a vector gives it gradients alone: it cannot be judged by vectors")
        parameters = {p.name for p in parameters_of(made, self.name)} - {*self.arguments.takes, *given}
        self.flags = [flag for flag in ("foreach", "fused") if flag in parameters]
        self.ways = ("loop", *self.flags, *(["maximize"] if "maximize" in parameters else []))

    def chosen(self, way: str) -> dict[str, bool]:
        return {**{flag: flag == way for flag in self.flags}, **({"maximize": True} if way == "maximize" else {})}

    @contextlib.contextmanager
    def default_dtype(self, format: str) -> Iterator[None]:
        # PyTorch keeps scalars of a step, such as the product of NAdam's momenta, in its default dtype.
        before = self.torch.get_default_dtype()
        if format == "f64":
            self.torch.set_default_dtype(self.torch.float64)
        try:
            yield
        finally:
            self.torch.set_default_dtype(before)

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        torch, dtype = self.torch, getattr(self.torch, DTYPES[format])
        given = self.arguments.of(question)
        with self.default_dtype(format):
            first = torch.tensor(question.x, dtype=dtype).reshape(question.shape)
            x = torch.nn.Parameter(first.clone())
            rate = question.steps[0]
            try:
                optimiser = self.made([x], **{self.arguments.step: rate, **given, **self.chosen(way)})
            except (ValueError, NotImplementedError) as error:
                raise refused(error) from error
            for step, gradient in zip(question.steps, question.gradients):
                if question.resets:
                    x.data.copy_(first)
                if step != rate:
                    self.set_step(optimiser, step)
                    rate = step
                g = torch.tensor([-v for v in gradient] if way == "maximize" else gradient, dtype=dtype).reshape(question.shape)
                x.grad = g.clone()
                optimiser.step()
                # Who sets it to None takes no other number for it.
                if x.grad is not None and (x.grad.shape != g.shape or not torch.equal(x.grad, g)):
                    raise Misbehaved(f"step() left {x.grad.flatten().tolist()} in the gradient, which was {g.flatten().tolist()}", "x.grad")
                if x.dtype != dtype or list(x.shape) != question.shape:
                    raise Misbehaved(f"step() made x a {x.dtype} of shape {list(x.shape)}, which was a {dtype} of shape {question.shape}")
                yield [float(v) for v in x.detach().double().flatten().tolist()]

    def set_step(self, optimiser: Any, step: float) -> None:
        for group in optimiser.param_groups:
            if self.arguments.step not in group:
                raise NotAsked(f"whose step changes: its param_groups have no {self.arguments.step!r}")
            group[self.arguments.step] = step

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        dtype = f"torch.{DTYPES[format]}"
        shape = "" if question.raw.get("shape") is None else f".reshape({question.shape})"
        steps, gradients = question.steps[:count], question.gradients[:count]
        usual = {p.name: p.default for p in parameters_of(self.made, self.name) if p.name not in self.keywords}
        given = {**self.keywords, **self.arguments.of(question), **self.chosen(way)}
        words = [f"{name}={value!r}" for name, value in given.items() if usual.get(name) is None or usual[name] != value]
        group = f'opt.param_groups[0]["{self.arguments.step}"]'
        return [
            "import torch",
            self.import_line(),
            *(["torch.set_default_dtype(torch.float64)"] if format == "f64" else []),
            f"x = torch.nn.Parameter(torch.tensor({question.x}, dtype={dtype}){shape})",
            f"opt = {self.name}([x], {self.arguments.step}={question.steps[0]!r}{''.join(f', {word}' for word in words)})",
            f"for lr, g in zip({steps}, {gradients}):",
            *([f"    x.data.copy_(torch.tensor({question.x}){shape})"] if question.resets else []),
            *([f"    {group} = lr"] if len(set(steps)) > 1 else []),
            f"    x.grad = {'-' if way == 'maximize' else ''}torch.tensor(g, dtype={dtype}){shape}",
            "    opt.step()",
            f"print({shows}.flatten().tolist())",
        ]


def needs_closure(made: Any) -> bool:
    step = getattr(made.func if isinstance(made, functools.partial) else made, "step", None)
    if step is None:
        return False
    parameters = list(inspect.signature(step).parameters.values())[1:]
    return any(p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) for p in parameters)
