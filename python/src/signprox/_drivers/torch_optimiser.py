"""A class of PyTorch optimisers."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from signprox import _torch_ways
from signprox._drivers.arguments import arguments_of, parameters_of
from signprox._drivers.base import DTYPES, Driver, Misbehaved, NotAsked, refused, version_of
from signprox._names import CannotJudge
from signprox._torch_ways import IMPLEMENTATIONS, MAXIMIZE, WAYS, Way
from signprox._vectors import Question, Suite

# Algorithms in which entries of x move together.
WHOLE = {"adafactor", "muon", "error-feedback-sign-sgd", "error-feedback-sign-prox"}


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
        self.flags = [flag for flag in (*IMPLEMENTATIONS, MAXIMIZE) if flag in parameters]
        one_flag = {flag: Way(flag, flags=(flag,)) for flag in self.flags if flag != "differentiable"}
        own = {
            name: WAYS[name] for name in _torch_ways.ways_of(made, self.flags, suite.subject not in WHOLE) if "differentiable" not in WAYS[name].flags
        }
        self.circumstances = {"loop": Way(""), **one_flag, **own}
        self.ways, self.musts = tuple(self.circumstances), {name for name, way in own.items() if way.must}
        # By way, whether the default dtype becomes that of x.
        self.sets_default: dict[str, bool] = {}

    def chosen(self, way: str) -> dict[str, bool]:
        on = self.circumstances[way].flags
        # A class that has one implementation chooses it by itself.
        return {flag: flag in on for flag in self.flags if flag in on or flag in ("foreach", "fused")}

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        before = self.torch.get_default_dtype()
        if format == "f64" and way not in self.sets_default:
            self.sets_default[way] = self.needs_default(question, way)
        # Set before every step, since whoever reads the iterates must not compute in it.
        for x in self.steps_of(question, format, way):
            self.torch.set_default_dtype(before)
            yield x
            self.set_default(format, way)
        self.torch.set_default_dtype(before)

    def set_default(self, format: str, way: str) -> None:
        if format == "f64" and self.sets_default.get(way):
            self.torch.set_default_dtype(self.torch.float64)

    def needs_default(self, question: Question, way: str) -> bool:
        """Whether it works in doubles by default alone, or keeps scalars in the default dtype, as PyTorch's NAdam does; a memory in it is an error."""
        before, found = self.torch.get_default_dtype(), []
        self.keeps, self.has_default_memory = False, False
        try:
            for dtype in (self.torch.float64, self.torch.float32):
                self.torch.set_default_dtype(dtype)
                self.keeps = False
                found.append((list(self.steps_of(question, "f64", way)), self.keeps))
        except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, NotAsked, Misbehaved):
            return len(found) == 1
        finally:
            self.torch.set_default_dtype(before)
        # Numbers of few digits would not show it.
        if self.has_default_memory and repr(found[0][0]) == repr(found[1][0]):
            raise Misbehaved("its memory has the default dtype torch.float32, where x has torch.float64", "list(opt.state.values())[0]")
        return found[1][1]

    def steps_of(self, question: Question, format: str, name: str) -> Iterator[list[float]]:
        torch, dtype, way = self.torch, getattr(self.torch, DTYPES[format]), self.circumstances[name]
        given = {self.arguments.step: question.steps[0], **self.arguments.of(question), **self.chosen(name)}
        self.set_default(format, name)
        first = torch.tensor(question.x, dtype=dtype).reshape(question.shape)
        starts = _torch_ways.laid_out(torch, first, way.layout)
        parameters = [torch.nn.Parameter(start) for start in starts]
        groups = _torch_ways.groups_of(torch, parameters, way)
        try:
            optimiser = _torch_ways.in_own_group(self.made, groups, given, self.arguments.takes) if way.own_group else self.made(groups, **given)
        except (ValueError, NotImplementedError) as error:
            raise refused(error) from error
        rate = question.steps[0]
        for step, gradient in zip(question.steps, question.gradients):
            if question.resets:
                for x, start in zip(parameters, _torch_ways.laid_out(torch, first, way.layout)):
                    x.data.copy_(start)
            if step != rate:
                self.set_step(optimiser, step)
                rate = step
            g = torch.tensor([-v for v in gradient] if MAXIMIZE in way.flags else gradient, dtype=dtype).reshape(question.shape)
            _torch_ways.give_gradient(torch, parameters, g, way)
            right = [x.grad.clone() for x in parameters]
            if way.closure:
                _torch_ways.step_by_closure(torch, optimiser, [x for x in groups if x.grad is not None], Misbehaved)
            else:
                optimiser.step()
            for x, own, start in zip(parameters, right, starts):
                # Who sets it to None takes no other number for it.
                if x.grad is not None and (x.grad.shape != own.shape or not torch.equal(x.grad, own)):
                    raise Misbehaved(f"step() left {x.grad.flatten().tolist()} in the gradient, which was {own.flatten().tolist()}", "x.grad")
                if x.dtype != dtype or x.shape != start.shape:
                    raise Misbehaved(f"step() made x a {x.dtype} of shape {list(x.shape)}, which was a {dtype} of shape {list(start.shape)}")
            self.keeps = _torch_ways.keeps_scalars(torch, optimiser, parameters[0])
            self.has_default_memory = _torch_ways.memory_in_default(torch, optimiser, parameters[0])
            yield [float(v) for v in _torch_ways.gathered(torch, parameters, way.layout, len(question.shape)).double().flatten().tolist()]

    def set_step(self, optimiser: Any, step: float) -> None:
        for group in optimiser.param_groups:
            if self.arguments.step not in group:
                raise NotAsked(f"whose step changes: its param_groups have no {self.arguments.step!r}")
            group[self.arguments.step] = step

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        if way in WAYS and not self.circumstances[way].flags:
            raise NotAsked("whose circumstance no short program shows")
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
            *(["torch.set_default_dtype(torch.float64)"] if format == "f64" and self.sets_default.get(way) else []),
            f"x = torch.nn.Parameter(torch.tensor({question.x}, dtype={dtype}){shape})",
            f"opt = {self.name}([x], {self.arguments.step}={question.steps[0]!r}{''.join(f', {word}' for word in words)})",
            f"for lr, g in zip({steps}, {gradients}):",
            *([f"    x.data.copy_(torch.tensor({question.x}){shape})"] if question.resets else []),
            *([f"    {group} = lr"] if len(set(steps)) > 1 else []),
            f"    x.grad = {'-' if MAXIMIZE in self.circumstances[way].flags else ''}torch.tensor(g, dtype={dtype}){shape}",
            "    opt.step()",
            f"print({shows}.flatten().tolist())",
        ]


def needs_closure(made: Any) -> bool:
    step = getattr(made.func if isinstance(made, functools.partial) else made, "step", None)
    if step is None:
        return False
    parameters = list(inspect.signature(step).parameters.values())[1:]
    return any(p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) for p in parameters)
