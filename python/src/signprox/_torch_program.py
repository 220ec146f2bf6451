"""Writes down what is done with optimisers of a PyTorch class while it is done, as the lines of a program that does the same. It runs on Python 3.8."""

from __future__ import annotations

import contextlib
import functools
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CLOSURE = """
def closure():
    opt.zero_grad()
    loss = sum((each * g).sum() for each, g in zip({parameters}, {gradients}))
    loss.backward()
    return loss
""".strip()


class Recorder:
    """In place of a class: `make` makes its optimisers, whose steps are recorded. What belongs to x has no attribute `called`."""

    def __init__(self, torch: Any, make: Callable[..., Any], name: str, import_line: str, usual: Mapping[str, Any]) -> None:
        self.torch, self.made, self.name, self.usual = torch, make, name, usual
        is_double = torch.get_default_dtype() == torch.float64
        self.lines = ["import torch", import_line, *(["torch.set_default_dtype(torch.float64)"] if is_double else [])]
        self.names: dict[str, Any] = {}
        self.given: Any = None
        self.loads = False
        self.values: list[dict[str, float]] = []
        self.after: list[Any] = []

    def make(self, groups: Any, **arguments: Any) -> Any:
        # Its class adds the other hyperparameters to a group.
        given = [dict(group) if isinstance(group, dict) else group for group in groups]
        optimiser = self.made(groups, **arguments)
        own: Any = optimiser.step
        load: Any = getattr(optimiser, "load_state_dict", own)

        @functools.wraps(own)
        def step(*closures: Any) -> Any:
            return self.step(optimiser, functools.partial(own, *closures), *closures)

        @functools.wraps(load)
        def load_state_dict(state: Any) -> None:
            self.loads = True
            load(state)

        optimiser.step, optimiser.load_state_dict = step, load_state_dict
        # A class may be made once more before it makes a step.
        self.given = given, arguments
        return optimiser

    def step(self, optimiser: Any, make_step: Callable[[], Any], closure: Any = None) -> Any:
        if self.given is not None:
            self.begin(optimiser, *self.given)
            self.given = None
        for i, (group, before) in enumerate(zip(optimiser.param_groups, self.values)):
            self.lines += [f'opt.param_groups[{i}]["{key}"] = {group[key]!r}' for key in before if group[key] != before[key]]
        for name, parameter in self.names.items():
            self.tell_gradient(name, parameter.grad)
        paused = [name for name in self.own if self.names[name].grad is None]
        if closure is not None:
            active = [name for name, parameter in self.names.items() if any(parameter is each for each in closure.active)]
            gradients = ", ".join(self.literal(gradient) for gradient in closure.gradients)
            self.lines += CLOSURE.format(parameters=f"[{', '.join(active)}]", gradients=f"[{gradients}]").split("\n")
        self.lines.append("opt.step()" if closure is None else "print(opt.step(closure))")
        try:
            return make_step()
        finally:
            self.values = values_of(optimiser)
            self.after = [self.content(parameter) for parameter in self.names.values()]
            told = [f"{name} is {self.names[name].tolist()}" for name in self.own]
            told += [
                f"{name}.grad is {parameter.grad.tolist()}"
                for name, parameter in self.names.items()
                if parameter.grad is not None and closure is None and self.literal(parameter.grad) != self.gradients[name][1]
            ]
            self.lines[-1] += f"  # {f'{paused[0]} has no gradient here' if paused and closure is None else ', '.join(told)}"

    def begin(self, optimiser: Any, groups: Any, arguments: Mapping[str, Any]) -> None:
        """The lines that make the parameters and the optimiser."""
        if self.loads:
            self.lines[0] = "import copy, torch"
            self.lines.append("state = copy.deepcopy(opt.state_dict())")
        every = [parameter for group in groups for parameter in (group["params"] if isinstance(group, dict) else [group])]
        self.names, self.gradients = {}, {}
        for parameter in every:
            called = getattr(parameter, "called", None) or next(each for each in ("p", "q", f"p{len(self.names)}") if each not in self.names)
            self.names[called] = parameter
            self.gradients[called] = (None, "None")
            self.lines.append(f"{called} = torch.nn.Parameter({self.literal(parameter)}){'' if parameter.is_leaf else '.clone()'}")
        self.own = [name for name, parameter in self.names.items() if not hasattr(parameter, "called")]

        def text(value: Any) -> str:
            if isinstance(value, dict):
                return "{" + ", ".join(f'"{key}": {text(item)}' for key, item in value.items()) + "}"
            name = next((name for name, parameter in self.names.items() if parameter is value), None)
            return name or (f"[{', '.join(map(text, value))}]" if isinstance(value, list) else repr(value))

        told = [f"{key}={value!r}" for key, value in arguments.items() if self.usual.get(key) is None or self.usual[key] != value]
        self.lines.append(f"opt = {self.name}({', '.join([text(groups), *told])})")
        self.lines += ["opt.load_state_dict(state)"] if self.loads else []
        self.values, self.loads = values_of(optimiser), False

    def tell_gradient(self, name: str, gradient: Any) -> None:
        before, text = self.gradients[name]
        now = "None" if gradient is None else self.literal(gradient)
        if gradient is before and now == text:
            return
        self.lines.append(f"{name}.grad.copy_({now})" if gradient is before is not None else f"{name}.grad = {now}")
        self.gradients[name] = gradient, now

    def literal(self, tensor: Any) -> str:
        """A tensor with these numbers that lies in memory as this one does."""
        tensor = tensor.detach()
        made = f"torch.tensor({tensor.tolist()}, dtype={tensor.dtype})"
        made += f".reshape({list(tensor.shape)})" if tensor.numel() == 0 else ""
        if tensor.is_contiguous():
            return made
        is_transposed = tensor.dim() == 2 and tensor.t().is_contiguous()
        return f"{made}.t().contiguous().t()" if is_transposed else f"{made}.repeat_interleave(2, -1)[..., ::2]"

    def is_repeated(self) -> bool:
        """Whether the lines, where they are executed, do what was done: the numbers of the parameters and of their gradients are those."""
        scope: dict[str, Any] = {}
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            exec("\n".join(self.lines), scope)  # noqa: S102
        return all(name in scope for name in self.names) and repr([self.content(scope[name]) for name in self.names]) == repr(self.after)

    def content(self, parameter: Any) -> list[Any]:
        return [parameter.tolist(), None if parameter.grad is None else parameter.grad.tolist()]


def values_of(optimiser: Any) -> list[dict[str, float]]:
    """The numbers of each group, of which the learning rate may change."""
    return [{key: value for key, value in group.items() if isinstance(value, float)} for group in optimiser.param_groups]
