"""Asks an object of a library: each driver gives an optimiser the gradients of a question one by one, or a prox its point, and reads x.

What an object is, is seen from its class, and no library is imported that did not make it.
"""

from __future__ import annotations

import contextlib
import dis
import functools
import importlib
import importlib.util
import inspect
import math
import sys
import traceback
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from signprox._names import COMPLEX, DECOUPLED_BY_DEFINITION, NAMES, CannotJudge, Source, is_optional, mapping, meanings, snake_case
from signprox._vectors import FORMATS, Answer, Question, Suite

# By format the dtype of x, as all libraries call it. The memory is the optimiser's own affair.
DTYPES = {"f64": "float64", "f32": "float32", "f16": "float16", "bf16": "bfloat16", "bf16-f32": "bfloat16"}


class NotAsked(Exception):
    """A question that the object does not take. The message ends the sentence "not asked: 3 ..."."""


class Raised(Exception):
    """What the object raised, with its place, in one line."""


class Misbehaved(Exception):
    """What no right step does, besides a wrong x. It happened in step `count`, and the expression `shows` shows it."""

    def __init__(self, message: str, shows: str = "x") -> None:
        super().__init__(message)
        self.shows, self.count = shows, 1


def one_line(error: BaseException) -> str:
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message if len(message) <= 160 else message[:159] + '…'}"


def place_of(error: BaseException, own: Sequence[str] = (__file__,)) -> str:
    """The line of code, outside of this file, that raised it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename not in own]
    return f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""


def name_of(made: Any) -> str:
    made = made.func if isinstance(made, functools.partial) else made
    return str(getattr(made, "__qualname__", type(made).__name__)).rpartition(".")[2]


def parameters_of(made: Any, name: str) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(made).parameters.values())
    except (ValueError, TypeError):
        raise CannotJudge(f"{name} has no signature to read: wrap it in a def that names its arguments") from None


@dataclass
class Arguments:
    """Which argument of an object is which hyperparameter, and what it is given besides."""

    name: str
    subject: str
    takes: dict[str, tuple[str, ...]]
    given: dict[str, Any] = field(default_factory=dict)
    # The value of each hyperparameter that has no argument.
    fixed: dict[str, float | bool] = field(default_factory=dict)

    @property
    def step(self) -> str:
        return next(argument for argument, group in self.takes.items() if group == ("step",))

    def of(self, question: Question) -> dict[str, Any]:
        """The values of the arguments, without that of γ."""
        asked = question.hyperparameters
        for name, value in asked.items():
            if name == "decoupled" and not asked.get("weightDecay"):
                continue
            if name in self.fixed and float(self.fixed[name]) != float(value):
                own = self.fixed[name]
                other = f" other than {own:g}" if own and own is not True else ""
                raise NotAsked(f"{'without' if own is True else 'with'} {snake_case(name)}{other}, which it does not take")
        values = {
            argument: asked[group[0]] if len(group) == 1 else tuple(asked[one] for one in group)
            for argument, group in self.takes.items()
            if group != ("step",)
        }
        return {**values, **self.given}


def arguments_of(made: Any, suite: Suite, given: Mapping[str, Any], leading: int, leaves_out: Sequence[str] = ()) -> Arguments:
    """Reads the meaning of the arguments after the `leading` ones from their names. `given` has the value of an argument, or of a hyperparameter
    that has none; a string that names a hyperparameter, or a tuple of them, says what an argument means."""
    name = name_of(made)
    parameters = parameters_of(made, name)[leading:]
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    takes_any = any(p.kind == p.VAR_KEYWORD for p in parameters)
    names = [p.name for p in named if p.name not in leaves_out]
    wanted = {"step", *(h for question in suite.questions for h in question.hyperparameters)}
    said: dict[str, tuple[str, ...]] = {}
    for argument, value in given.items():
        group = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (tuple, list)) else ()
        if group and wanted.issuperset(each for each in group if isinstance(each, str)) and all(isinstance(each, str) for each in group):
            said[argument] = group
    taken = {one for group in said.values() for one in group}
    free = [each for each in names if each not in given]
    takes = {**said, **mapping(free, wanted - taken)}
    values = {argument: value for argument, value in given.items() if argument not in said}
    missing = {one for one in wanted if not any(one in group for group in takes.values())}
    fixed: dict[str, float | bool] = {}
    for one in sorted(missing):
        own = next((each for each in (one, snake_case(one)) if each in values and each not in names), None)
        if own is not None:
            fixed[one] = values.pop(own)
        elif is_optional(one, suite.subject):
            fixed[one] = False if isinstance(_example(suite, one), bool) else 0.0
        else:
            words = next((words for group, words in NAMES.items() if one in group), [snake_case(one)])
            raise CannotJudge(
                f"{name} has no argument for {snake_case(one)} of {suite.subject}: call it {' or '.join(words)}, say what it is called by "
                f"arguments={{'its name': '{one}'}}, or which value it always has by arguments={{'{one}': ...}}"
            )
    for argument in [*values, *said]:
        if argument not in names and not takes_any:
            raise CannotJudge(f"{name} has no argument {argument}: it has {', '.join(names) or 'none'}")
    require(name, named, takes, values)
    return Arguments(name, suite.subject, takes, values, fixed)


def _example(suite: Suite, hyperparameter: str) -> float | bool:
    return next(question.hyperparameters[hyperparameter] for question in suite.questions if hyperparameter in question.hyperparameters)


class Driver:
    """Asks one object. `run` returns the iterates, or raises NotAsked, Misbehaved, or Raised."""

    # Formats that the library has, and those that are asked if nobody says which.
    formats: Sequence[str] = ("f64",)
    usual: Sequence[str] = ("f64",)
    # Ways of making a step, of which the first is asked always and the others if they work.
    ways: Sequence[str] = ("",)

    def __init__(self, made: Any, library: str) -> None:
        self.name, self.library, self.made = name_of(made), library, made
        # What a functools.partial gives.
        self.keywords: dict[str, Any] = made.keywords if isinstance(made, functools.partial) else {}

    def run(self, question: Question, format: str, way: str) -> Answer:
        # What the object raises comes out of here alone: an error in the judge is not one of the object.
        answer: Answer = []
        try:
            for x in self.iterates(question, format, way):
                answer.append(x)
        except Misbehaved as error:
            error.count = len(answer) + 1
            raise
        except (NotAsked, CannotJudge):
            raise
        except NotImplementedError as error:
            raise NotAsked(f"that it refuses ({one_line(error)})") from error
        except (Exception, SystemExit) as error:
            raise Raised(f"{one_line(error)}{place_of(error)}") from error
        return answer

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        raise NotImplementedError

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        """Lines that show the same without this package: x, or what else `shows`, is printed after `count` steps."""
        raise NotImplementedError

    def import_line(self) -> str:
        made = self.made.func if isinstance(self.made, functools.partial) else self.made
        module = getattr(made, "__module__", "__main__")
        if module == "__main__" or "<" in getattr(made, "__qualname__", "<"):
            return f"# {self.name} is what was judged"
        return f"from {module} import {self.name}"


def version_of(library: str) -> str:
    return f"{library} {getattr(importlib.import_module(library), '__version__', '')}".strip()


def refused(error: BaseException) -> NotAsked:
    return NotAsked(f"that it refuses ({one_line(error)})")


class TorchOptimiser(Driver):
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


class Arrays:
    """How a library makes an array of a list of floats, and a list of it again."""

    def __init__(self, library: str) -> None:
        self.library = library
        self.module = None if library == "list" else importlib.import_module("jax.numpy" if library == "jax" else library)
        self.formats: Sequence[str] = {"list": ("f64",), "numpy": ("f64", "f32", "f16")}.get(library, tuple(DTYPES))
        if library == "jax" and not importlib.import_module("jax").config.jax_enable_x64:
            self.formats = self.formats[1:]

    @property
    def told(self) -> str:
        return "plain lists" if self.library == "list" else version_of(self.library)

    @property
    def imports(self) -> list[str]:
        return {"list": [], "jax": ["import jax.numpy as jnp"]}.get(self.library, [f"import {self.library}"])

    def make(self, values: Any, format: str, shape: Sequence[int] | None = None, complex: bool = False) -> Any:
        """An array of nested lists of numbers."""
        module = self.module
        if module is None:
            return [row[:] if isinstance(row, list) else row for row in values]
        name = DTYPES[format] if not complex else {"float64": "complex128", "float32": "complex64"}.get(DTYPES[format])
        if name is None:
            raise NotAsked(f"of complex numbers, which {self.library} does not have in {format}")
        dtype = getattr(module, name)
        array = module.tensor(values, dtype=dtype) if self.library == "torch" else module.array(values, dtype=dtype)
        return array if shape is None else array.reshape(tuple(shape))

    def text(self, values: Any, format: str, shape: Sequence[int] | None = None) -> str:
        if self.module is None:
            return repr(values)
        made = {"torch": "torch.tensor", "jax": "jnp.array"}.get(self.library, f"{self.library}.array")
        name = f"{made.partition('.')[0]}.{DTYPES[format]}"
        return f"{made}({values}, dtype={name}){'' if shape is None else f'.reshape{tuple(shape)}'}"

    def shown(self, value: Any, format: str) -> str:
        """A value as it is written in a program: an array of this library, or what else an argument is."""
        if not hasattr(value, "tolist"):
            return repr(value)
        dtype = str(value.dtype).rpartition(".")[2]
        return self.text(value.tolist(), format).replace(f".{DTYPES[format]})", f".{dtype})")

    def read(self, found: Any, shape: Sequence[int], complex: bool = False) -> list[float]:
        """The numbers of what the object returned, which must have the shape."""
        if found is None:
            raise Misbehaved(f"it returned None, right is an array of shape {list(shape)}")
        if hasattr(found, "detach"):
            found = found.detach().double() if not complex else found.detach()
        own_shape = getattr(found, "shape", None)
        # bfloat16 is a dtype that NumPy and lists read through float alone.
        values = found.tolist() if hasattr(found, "tolist") else found
        flat = list(flattened(values))
        if (own_shape is not None and tuple(own_shape) != tuple(shape)) or len(flat) != math.prod(shape):
            raise Misbehaved(f"it returned the shape {list(own_shape) if own_shape is not None else [len(flat)]}, right is {list(shape)}")
        if complex:
            return [float(part) for value in flat for part in (value.real, value.imag)]
        try:
            return [float(value) for value in flat]
        except (TypeError, ValueError) as error:
            raise Misbehaved(f"it returned {flat[:4]}, right are {len(flat)} real numbers") from error


def flattened(values: Any) -> Iterator[Any]:
    if isinstance(values, (list, tuple)):
        for value in values:
            yield from flattened(value)
    else:
        yield values


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


class Prox(Driver):
    """A function `prox(y, gamma, **parameters)` of arrays."""

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any], arrays: Arrays) -> None:
        super().__init__(made, arrays.told)
        self.arrays, self.formats, self.given = arrays, arrays.formats, dict(given)
        function = suite.questions[0].raw["function"]
        if {"inner", "functions", "blocks"} & set(function):
            raise CannotJudge(f"{suite.subject} is built from other functions, which a plain function is not given: the guard asks for it")
        self.sources = prox_arguments(made, suite, given)

    def call(self, question: Question, format: str) -> tuple[Any, dict[str, Any]]:
        function, is_complex = question.raw["function"], question.raw["function"]["type"] in COMPLEX
        shape = function.get("shape")
        y = question.x
        if is_complex:
            y = [*y, 0.0][: len(y) + len(y) % 2]
            point = self.arrays.make([complex(a, b) for a, b in zip(y[::2], y[1::2])], format, complex=True)
        else:
            point = self.arrays.make(y, format, shape)
        values = {argument: source(function, float(question.raw["step"])) for argument, source in self.sources.items()}
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
        try:
            found = self.made(point, **values)
        except ValueError as error:
            if raised_by_itself(error):
                raise refused(error) from error
            raise
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


def prox_arguments(made: Any, suite: Suite, given: Mapping[str, Any]) -> dict[str, Source]:
    """For each argument of a prox after the point, what it is given."""
    name = name_of(made)
    parameters = parameters_of(made, name)[1:]
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    wanted = [key for key in suite.questions[0].raw["function"] if key != "type"]
    names = [p.name for p in named]
    if len(named) < len(parameters):
        names += [snake_case(key) for key in wanted if key != "shape"]
    is_set = suite.statement.startswith("r(u) = 0 ") or not wanted
    sources, _ = meanings(name, names, suite.subject.removeprefix("prox-"), wanted, given, is_set)
    require(name, named, sources, given)
    return sources


def require(name: str, named: Sequence[inspect.Parameter], takes: Container[str], given: Container[str]) -> None:
    for p in named:
        if p.default is p.empty and p.name not in takes and p.name not in given:
            raise CannotJudge(f"{name} requires {p.name}, whose meaning is unknown: give its value by arguments={{'{p.name}': ...}}")


class OptaxTransformation(Driver):
    """A function that makes a pair of `init` and `update`, as those of optax do. Each step makes one with its own γ, and keeps the memory."""

    ways = ("eager", "jit")

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


class KerasOptimiser(Driver):
    """A Keras optimiser. Each subtracts γλx from x: where an algorithm adds λx to the gradient, `weight_decay` is another one."""

    formats: Sequence[str] = ("f64", "f32", "f16", "bf16", "bf16-f32")
    usual = ("f32",)

    def __init__(self, made: Any, suite: Suite, given: Mapping[str, Any]) -> None:
        super().__init__(made, version_of("keras"))
        self.keras = importlib.import_module("keras")
        self.library += f", {self.keras.backend.backend()}"
        if self.keras.backend.backend() == "jax" and not importlib.import_module("jax").config.jax_enable_x64:
            self.formats = self.formats[1:]
        has_flag = any("decoupled" in question.hyperparameters for question in suite.questions)
        left_out = [] if has_flag or suite.subject in DECOUPLED_BY_DEFINITION else ["weight_decay"]
        self.arguments = arguments_of(made, suite, {**({"decoupled": True} if has_flag else {}), **given}, 0, left_out)

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
        for x in [found] if question.is_prox and not isinstance(found[0], (list, tuple)) else found:
            yield [float(value) for value in flattened(x)]

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        return []


def bases_of(made: Any) -> list[str]:
    made = made.func if isinstance(made, functools.partial) else made
    return [f"{base.__module__}.{base.__qualname__}" for base in made.__mro__] if inspect.isclass(made) else []


# By library, how the base class of its optimisers is known.
OPTIMISERS: list[tuple[Callable[[Any, Suite, Mapping[str, Any]], Driver], Callable[[str], bool]]] = [
    (TorchOptimiser, lambda base: base.startswith("torch.optim.")),
    (KerasOptimiser, lambda base: base.startswith("keras.") and base.endswith("Optimizer")),
    (MlxOptimiser, lambda base: base == "mlx.optimizers.optimizers.Optimizer"),
]


def first_name(made: Any) -> str:
    return next((p.name for p in parameters_of(made, name_of(made))), "")


def driver_for(made: Any, suite: Suite, given: Mapping[str, Any], arrays: str | None) -> Driver:
    """The driver for an object, by its class."""
    if not callable(made):
        detail = f"an object of the type {type(made).__name__}"
        raise CannotJudge(f"{detail} cannot be judged: give the class, or the function that makes it, since questions differ in hyperparameters")
    is_prox = suite.questions[0].is_prox
    bases = bases_of(made)
    kind = next((kind for kind, is_base in OPTIMISERS if any(map(is_base, bases))), None)
    if kind is None and not bases and not is_prox and first_name(made) in NAMES[("step",)]:
        kind = OptaxTransformation
    if kind is not None:
        if is_prox:
            raise CannotJudge(f"{name_of(made)} is an optimiser, and {suite.subject} is a prox: name an algorithm, such as adamw")
        return kind(made, suite, given)
    if bases:
        raise CannotJudge(f"{name_of(made)} is no optimiser of PyTorch, Keras or MLX: give a function instead")
    if not bases and first_name(made) == "question":
        return Run(made)
    if arrays is None:
        arrays = "numpy" if "numpy" in sys.modules or has("numpy") else "list"
    if arrays not in ("list", "numpy", "torch", "jax"):
        raise CannotJudge(f"arrays={arrays!r} is unknown: choose one of list, numpy, torch, jax")
    made_of = Arrays(arrays)
    return Prox(made, suite, given, made_of) if is_prox else Step(made, suite, given, made_of)


def has(library: str) -> bool:
    return importlib.util.find_spec(library) is not None
