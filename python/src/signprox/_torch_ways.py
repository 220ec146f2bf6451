"""In which circumstances a class of PyTorch optimisers is asked to make its steps, as data, and how x and its gradients are put into them.

The right answer is in each the one without it: only what is done with x, not what becomes of it, depends on its place in memory, the group that it is in
or the way in which it is called. The guard and `signprox.check` ask all of them. It runs on Python 3.8.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Implementations of a step that a class may offer as flags, beside its default loop, and the flag that turns the gradient round. Those exclude each
# other, and this one goes with each.
IMPLEMENTATIONS = ["foreach", "fused", "differentiable"]
MAXIMIZE = "maximize"


@dataclass(frozen=True)
class Way:
    """A circumstance."""

    # What is asked, as it stands in a report.
    says: str
    # Flags that are on, which the constructor must have.
    flags: tuple[str, ...] = ()
    # How x lies in memory: `transposed`, `strided`, or `numbers`, which are parameters without a dimension. By default one after the other.
    layout: str = ""
    # Whether entries of x must move by themselves, since there are more of them, or they are in different parameters.
    entry_by_entry: bool = False
    # The group of x has its own values, and the constructor was given others.
    own_group: bool = False
    # The gradients of all steps are written to one tensor.
    in_place: bool = False
    # A parameter without entries comes before x.
    empty: bool = False
    closure: bool = False
    # Whether an error is a wrong answer. Else who raises one is not asked, and the report says so.
    must: bool = False


WAYS: dict[str, Way] = {
    **{f"{flag} and {MAXIMIZE}": Way(f"{flag} together with {MAXIMIZE}", flags=(flag, MAXIMIZE)) for flag in IMPLEMENTATIONS},
    "own group": Way("a group whose hyperparameters all differ from those of the constructor", own_group=True),
    "one grad tensor": Way("gradients that are written to the same tensor in every step", in_place=True),
    "transposed": Way("x as a transposed matrix", layout="transposed", entry_by_entry=True),
    "strided": Way("x as every second entry of a tensor", layout="strided"),
    "numbers": Way("each entry of x as a parameter without a dimension", layout="numbers", entry_by_entry=True, must=True),
    "beside an empty one": Way("x after a parameter without entries", empty=True, entry_by_entry=True, must=True),
    "closure": Way("a closure, which is called once, with gradients enabled", closure=True),
}


def ways_of(made: Any, names: Sequence[str], entry_by_entry: bool) -> list[str]:
    """The circumstances in which a class with these arguments may be asked; `entry_by_entry` says whether its algorithm moves each entry by itself."""
    takes = takes_closure(made)
    return [
        name
        for name, way in WAYS.items()
        if all(flag in names for flag in way.flags) and (entry_by_entry or not way.entry_by_entry) and (takes or not way.closure)
    ]


def takes_closure(made: Any) -> bool:
    """Whether `step` of a class, or of an optimiser, takes a closure."""
    try:
        inspect.signature(made.step).bind(*([None, None] if inspect.isclass(made) else [None]))
        return True
    except (AttributeError, TypeError, ValueError):
        return False


def laid_out(torch: Any, x: Any, layout: str) -> list[Any]:
    """Tensors that hold the numbers of x in this layout. A vector is transposed beside itself, since alone it lies one after the other."""
    if layout == "transposed":
        return [x.t().contiguous().t() if x.dim() > 1 else torch.stack([x, x]).t()]
    if layout == "strided":
        wide = x.new_zeros((*x.shape, 2))
        wide[..., 0] = x
        return [wide[..., 0]]
    return [entry.clone() for entry in x.reshape(-1).unbind()] if layout == "numbers" else [x.clone()]


def gathered(torch: Any, parts: Sequence[Any], layout: str, dimensions: int) -> Any:
    """The inverse of `laid_out`, for an x of so many dimensions."""
    if layout == "numbers":
        return torch.stack([part.detach() for part in parts])
    return parts[0].detach()[:, 0] if layout == "transposed" and dimensions == 1 else parts[0].detach()


def give_gradient(torch: Any, parameters: Sequence[Any], gradient: Any, way: Way) -> None:
    """Puts the gradient of x into `grad`, as autograd lays it out; written to the tensor that is there, if the way says so."""
    for parameter, part in zip(parameters, laid_out(torch, gradient, way.layout)):
        if way.in_place and parameter.grad is not None:
            parameter.grad.copy_(part)
        else:
            parameter.grad = torch.empty_like(parameter).detach().copy_(part)


def groups_of(torch: Any, parameters: Sequence[Any], way: Way) -> list[Any]:
    """The parameters that the constructor gets."""
    if not way.empty:
        return list(parameters)
    nothing = torch.nn.Parameter(parameters[0].detach().new_empty(0))
    nothing.grad, nothing.called = torch.empty_like(nothing).detach(), "nothing"
    return [nothing, *parameters]


def other_than(value: Any, is_negative: bool = False) -> Any:
    """Another value of a hyperparameter, which is as valid: rates are below 1, and factors above it."""
    if isinstance(value, (tuple, list)):
        return tuple(other_than(one) for one in value)
    if isinstance(value, bool):
        return not value
    if value == 0:
        return -0.125 if is_negative else 0.125
    return value / 2 if abs(value) < 1 else value + 1


def in_own_group(make: Callable[..., Any], groups: Sequence[Any], arguments: Mapping[str, Any], mapped: Mapping[str, tuple[str, ...]]) -> Any:
    """
    An optimiser of one group that has its own values of the arguments that mean a hyperparameter, beside a constructor with others. What the class
    does not keep in its groups is no value of theirs; PyTorch's Adagrad makes its memory, with the initial sum, in the constructor.
    """
    usual = make([{"params": list(groups)}], **arguments).param_groups[0]
    own = [name for name, group in mapped.items() if name in usual and group != ("initialSum",)]
    given = {name: arguments[name] for name in own if name in arguments}
    others = {name: other_than(value, mapped[name] == ("beta2Decay",)) for name, value in given.items()}
    # Forms may exclude other values: nesterov a dampening.
    numbers = {name: value for name, value in others.items() if not isinstance(value, bool)}
    for each in (others, numbers):
        try:
            return make([{"params": list(groups), **given}], **{**arguments, **each})
        except (ValueError, NotImplementedError) as error:
            refusal = error
    raise refusal


def step_by_closure(torch: Any, optimiser: Any, active: Sequence[Any], wrong: Callable[[str], Exception]) -> None:
    """`step(closure)`, where the closure computes the gradients that are in `grad` as those of a linear loss. `wrong` makes the error to raise."""
    gradients, losses = [parameter.grad.detach().clone() for parameter in active], []

    def closure() -> Any:
        if not torch.is_grad_enabled():
            raise wrong("step(closure) called closure under no_grad, right is under enable_grad")
        optimiser.zero_grad()
        loss = sum((parameter * gradient).sum() for parameter, gradient in zip(active, gradients))
        loss.backward()
        losses.append(loss.item())
        return loss

    # For whoever writes down what is done.
    vars(closure).update(active=active, gradients=gradients)
    for parameter in active:
        parameter.grad = None
    returned = optimiser.step(closure)
    if not losses:
        raise wrong("step(closure) did not call closure, right is to call it for the gradients")
    if len(losses) > 1:
        raise wrong(f"step(closure) called closure {len(losses)} times, right is once")
    found = float("nan") if returned is None else returned.item() if torch.is_tensor(returned) else returned
    if found != losses[0] and abs(losses[0]) < float("inf"):
        raise wrong(f"step(closure) returned {returned}, right is the loss, {losses[0]}")


def kept_in_default(torch: Any, optimiser: Any, x: Any) -> list[Any]:
    """The tensors that an optimiser keeps about x in the default dtype, which is not that of x."""
    usual = torch.get_default_dtype()
    # By identity: a class that is no subclass may have the numbers `id(p)` as keys, which a tensor cannot be compared with.
    own: dict[str, Any] = next((memory for key, memory in optimiser.state.items() if key is x), {})
    return [value for value in own.values() if torch.is_tensor(value) and value.dtype == usual != x.dtype]


def memory_in_default(torch: Any, optimiser: Any, x: Any) -> bool:
    """Whether something of the shape of x is kept in the default dtype, which is not that of x."""
    return any(value.dim() > 0 for value in kept_in_default(torch, optimiser, x))


def keeps_scalars(torch: Any, optimiser: Any, x: Any) -> bool:
    """
    Whether an optimiser keeps single numbers in the default dtype and nothing of the shape of x: PyTorch's own do, as the product of NAdam's momenta.
    Their digits are those of the default dtype, and not an error of the class; a memory with fewer digits than x is one.
    """
    kept = kept_in_default(torch, optimiser, x)
    return any(value.dim() == 0 for value in kept) and all(value.dim() == 0 for value in kept)
