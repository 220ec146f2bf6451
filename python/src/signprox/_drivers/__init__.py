"""Asks an object of a library: each driver gives an optimiser the gradients of a question one by one, or a prox its point, and reads x.

What an object is, is seen from its class, and no library is imported that did not make it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Mapping
from typing import Any

from signprox._drivers.arguments import parameters_of
from signprox._drivers.arrays import Arrays
from signprox._drivers.base import Driver, name_of
from signprox._drivers.keras_optimiser import KerasOptimiser
from signprox._drivers.mlx_optimiser import MlxOptimiser
from signprox._drivers.of_function import OfFunction
from signprox._drivers.optax_transformation import OptaxTransformation
from signprox._drivers.run import Run
from signprox._drivers.step import Step
from signprox._drivers.torch_optimiser import TorchOptimiser
from signprox._names import NAMES, CannotJudge
from signprox._vectors import Suite


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
    is_function = suite.questions[0].kind is not None
    bases = bases_of(made)
    kind = next((kind for kind, is_base in OPTIMISERS if any(map(is_base, bases))), None)
    if kind is None and not bases and not is_function and first_name(made) in NAMES[("step",)]:
        kind = OptaxTransformation
    if kind is not None:
        if is_function:
            raise CannotJudge(
                f"{name_of(made)} is an optimiser, and {suite.subject} is a {suite.questions[0].kind}: name an algorithm, such as adamw"
            )
        return kind(made, suite, given)
    if bases and not is_function and callable(getattr(made, "step", None)) and has("torch"):
        # It has the methods of an optimiser of PyTorch, and no base class that says so.
        return TorchOptimiser(made, suite, given)
    if bases:
        raise CannotJudge(f"{name_of(made)} is no optimiser of PyTorch, Keras or MLX: give a function instead")
    if not bases and first_name(made) == "question":
        return Run(made)
    if arrays is None:
        arrays = "numpy" if "numpy" in sys.modules or has("numpy") else "list"
    if arrays not in ("list", "numpy", "torch", "jax"):
        raise CannotJudge(f"arrays={arrays!r} is unknown: choose one of list, numpy, torch, jax")
    made_of = Arrays(arrays)
    return OfFunction(made, suite, given, made_of) if is_function else Step(made, suite, given, made_of)


def has(library: str) -> bool:
    return importlib.util.find_spec(library) is not None
