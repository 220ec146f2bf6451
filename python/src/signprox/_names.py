"""Names that libraries give to one thing, as data: those of hyperparameters, and those of the arguments of a prox. It runs on Python 3.8."""

from __future__ import annotations

import functools
import math
import re
from typing import TYPE_CHECKING, Any, Callable, Mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# For each hyperparameter the names of arguments that mean it; a pair covers several hyperparameters at once. Besides, each may be called by
# its own name, as in the vectors (`weightDecay`) or as Python writes it (`weight_decay`).
NAMES: dict[tuple[str, ...], list[str]] = {
    ("step",): ["lr", "learning_rate", "step_size", "gamma"],
    ("momentum",): ["momentum", "beta"],
    ("dampening",): ["dampening"],
    ("nesterov",): ["nesterov"],
    ("weightDecay",): ["weight_decay"],
    ("decoupled",): ["decoupled", "decoupled_weight_decay"],
    ("beta1", "beta2"): ["betas"],
    ("epsilon",): ["eps", "epsilon"],
    ("amsgrad",): ["amsgrad"],
    ("momentumDecay",): ["momentum_decay"],
    ("alpha",): ["alpha", "rho", "decay"],
    ("centered",): ["centered"],
    ("stepDecay",): ["lr_decay"],
    ("initialSum",): ["initial_accumulator_value"],
    ("rho",): ["rho"],
    ("lambda",): ["lambd"],
    ("beta2Decay",): ["beta2_decay", "beta_2_decay", "decay_rate"],
    ("epsilon1", "epsilon2"): ["eps"],
    ("epsilon1",): ["epsilon_1"],
    ("epsilon2",): ["epsilon_2"],
    ("clipping",): ["d", "clip_threshold", "clipping_threshold"],
    ("beta1",): ["beta1", "beta_1", "b1"],
    ("beta2",): ["beta2", "beta_2", "b2"],
    ("etaMinus", "etaPlus"): ["etas"],
    ("etaMinus",): ["eta_minus"],
    ("etaPlus",): ["eta_plus"],
    ("smallestStep", "largestStep"): ["step_sizes"],
    ("smallestStep",): ["min_step_size"],
    ("largestStep",): ["max_step_size"],
}

# What an optimiser may lack, whose step is then that of 0 or False. What else it does not take must be named, since no value is usual.
OPTIONAL = {"dampening", "nesterov", "weightDecay", "decoupled", "amsgrad", "centered", "stepDecay", "initialSum"}
# RMSprop without momentum is RMSprop; a method of momentum without it is another.
OPTIONAL_IN = {"rmsprop": {"momentum"}}

# Where an algorithm has both forms, or is defined by the one, libraries agree what `weight_decay` is.
DECOUPLED_BY_DEFINITION = {"adamw", "lion", "muon", "adafactor"}
# Libraries that subtract γλx from x in every optimiser. Where an algorithm adds λx to the gradient, theirs with a decay is another one.
ALWAYS_DECOUPLED = {"keras"}

# γ of prox_{γr}. If r has a weight and the function no argument for it, γ times the weight: prox_{γ(wr)} = prox_{(γw)r}.
STEP = ["step", "step_size", "stepsize", "gamma", "tau", "t"]
# The weight of r. If the function has no argument for γ, γ times the weight.
WEIGHT = ["weight", "lam", "lambda_", "lmbda", "alpha", "reg"]
# The number at which a thresholding cuts: γw for l1, √(2γw) for l0.
LEVEL = ["threshold", "thresh", "thr", "value", "lambd", "kappa"]
LEVELS: dict[str, tuple[Callable[[float], float], str]] = {
    "l1": (lambda product: product, "γ·weight"),
    "l0": (lambda product: math.sqrt(2 * product), "√(2γ·weight)"),
}
LEVELS["complex-l1"] = LEVELS["l1"]
# Functions of complex vectors: the point has alternating real and imaginary parts; the last number is real if their count is odd.
COMPLEX = {"complex-l1", "complex-group-l2", "complex-l1-ball", "complex-linf-ball", "real-part-box"}

Source = Callable[[Mapping[str, Any], float], Any]


class CannotJudge(Exception):
    """Nothing was found out: the name, the object or the format does not fit. The message says in one line why, and what to do."""


# Hyperparameters whose value is fixed in a class although it has an argument of the name, by its package and name: `epsilon` of Keras' Muon is that of
# AdamW, which it takes for what is no matrix.
FIXED = {("keras", "Muon"): {"epsilon": 1e-7}}


def fixed_in(made: Any) -> dict[str, float]:
    """The hyperparameters of a class that its arguments of these names do not change."""
    return FIXED.get((str(getattr(made, "__module__", "")).partition(".")[0], getattr(made, "__name__", "")), {})


def left_out(library: str, subject: str, hyperparameters: Collection[str], given: Collection[str]) -> list[str]:
    """The arguments of a library's optimisers that mean another algorithm than the subject, and so are not asked."""
    both = "decoupled" in hyperparameters or subject in DECOUPLED_BY_DEFINITION
    others = ["weight_decay"] if library in ALWAYS_DECOUPLED and not both else []
    for argument in others:
        if argument in given:
            raise CannotJudge(
                f"{argument} is decoupled in every optimiser of {library}, and in the gradient in {subject}: leave it out of the arguments"
            )
    return others


def snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def is_optional(hyperparameter: str, subject: str) -> bool:
    return hyperparameter in OPTIONAL or hyperparameter in OPTIONAL_IN.get(subject, set())


def said_in(given: Mapping[str, Any], wanted: set[str]) -> dict[str, tuple[str, ...]]:
    """By argument the hyperparameters that its given value names: a string, or a list of strings, in place of a value."""
    groups = {argument: (value,) if isinstance(value, str) else value for argument, value in given.items()}
    return {
        argument: tuple(group)
        for argument, group in groups.items()
        if isinstance(group, (tuple, list)) and group and all(isinstance(one, str) and one in wanted for one in group)
    }


def mapping(names: Sequence[str], wanted: set[str], said: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """By argument the hyperparameters that it means, by what is said of it or by its name; where several arguments mean one, the first does."""
    found = dict(said)
    taken = {one for group in said.values() for one in group}
    own_names = [((name,), [name, snake_case(name)]) for name in sorted(wanted)]
    for group, words in [*NAMES.items(), *own_names]:
        argument = next((word for word in words if word in names and word not in found), None)
        if argument is not None and wanted.issuperset(group) and not taken & set(group):
            found[argument] = group
            taken |= set(group)
    return found


def _parameter(name: str, function: Mapping[str, Any], _step: float) -> Any:
    return function[name]


def meanings(
    name: str, names: Sequence[str], kind: str, parameters: Sequence[str], given: Collection[str], is_set: bool
) -> tuple[dict[str, Source], list[str]]:
    """For each argument of a prox of the function `kind` its source(F, step), and the same in words. The prox of a set needs no γ."""
    sources: dict[str, Source] = {}
    told: list[str] = []

    def use(argument: str, source: Source, words: str) -> None:
        sources[argument] = source
        told.append(f"{argument} = {words}")

    def first_of(words: Sequence[str]) -> str | None:
        free = [each for each in names if each not in sources and each not in given]
        return next((word for word in words if word in free), None)

    for parameter in parameters:
        argument = first_of([snake_case(parameter), parameter])
        if argument is not None and parameter != "weight":
            use(argument, functools.partial(_parameter, parameter), parameter)
    weighted, weight, step, level = "weight" in parameters, first_of(WEIGHT), first_of(STEP), first_of(LEVEL)
    either = step or weight
    if weight is not None and weighted and step is not None:
        use(step, lambda F, step: step, "γ")
        use(weight, lambda F, step: F["weight"], "weight")
    elif weighted and either is not None:
        use(either, lambda F, step: step * F["weight"], "γ·weight")
    elif step is not None:
        use(step, lambda F, step: step, "γ")
    elif level is not None and kind in LEVELS:
        level_of, words = LEVELS[kind]
        use(level, lambda F, step: level_of(step * F["weight"]), words)
    elif not is_set:
        known = [*STEP, *(WEIGHT if weighted else []), *(LEVEL if kind in LEVELS else [])]
        raise CannotJudge(f"{name} has no argument for γ: call it one of {', '.join(known)}")
    for parameter in parameters:
        if parameter not in ("weight", "shape") and f"= {parameter}" not in " ".join(told):
            raise CannotJudge(f"{name} has no argument for {parameter} of {kind}: call it {snake_case(parameter)}")
    return sources, told
