"""Which hyperparameter each argument of an object is, read from their names."""

from __future__ import annotations

import inspect
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from signprox._drivers.base import NotAsked, name_of
from signprox._names import NAMES, CannotJudge, fixed_in, is_optional, mapping, said_in, snake_case
from signprox._vectors import Question, Suite


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
    always = fixed_in(made)
    names = [p.name for p in named if p.name not in leaves_out and p.name not in always]
    wanted = {"step", *(h for question in suite.questions for h in question.hyperparameters)}
    said = said_in(given, wanted)
    takes = mapping([each for each in names if each not in given], wanted, said)
    values = {**always, **{argument: value for argument, value in given.items() if argument not in said}}
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


def require(name: str, named: Sequence[inspect.Parameter], takes: Container[str], given: Container[str]) -> None:
    for p in named:
        if p.default is p.empty and p.name not in takes and p.name not in given:
            raise CannotJudge(f"{name} requires {p.name}, whose meaning is unknown: give its value by arguments={{'{p.name}': ...}}")
