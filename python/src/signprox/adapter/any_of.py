"""Offers an object as everything that it may be, for `signprox identify my_module:MyOptimiser`: a request goes to the adapter of its subject."""

import inspect

from signprox._names import CannotJudge
from signprox.adapter import named_object, numpy_prox, optimiser
from signprox.adapter.base import Adapter, failure
from signprox.adapter.named_optimiser import WITH_MEMORY, WITHOUT_MEMORY


class AnyOf(Adapter):
    def __init__(self, adapters):
        self.by_subject = adapters
        algorithms = [each for each in adapters.values() if each.algorithms]
        proxes = [each for each in adapters.values() if not each.algorithms]
        first = next(iter(adapters.values()))
        super().__init__(name=first.description["implementation"]["name"], nonfinite=None, dtype=first.description["dtype"])
        own = {field: first.description[field] for field in ("implementation", "conventions")}
        self.description.update(
            own,
            methods=[*(["step", "run"] if algorithms else []), *(["prox"] if proxes else []), "batch"],
            algorithms=[name for each in algorithms for name in each.algorithms],
            functions=list(dict.fromkeys(name for each in adapters.values() for name in each.description["functions"])),
            smooth=list(first.description["smooth"]) if algorithms else [],
            shapes=["matrix"],
        )

    def answer(self, request):
        if request.get("method") not in ("step", "run", "prox"):
            return super().answer(request)
        subject = request["function"]["type"] if request["method"] == "prox" else request["algorithm"]
        if subject not in self.by_subject:
            return failure(request.get("id"), "unsupported", f"it cannot be {subject}")
        return self.by_subject[subject].answer(request)


def makes_optimiser(loaded):
    """Whether it is a function like those of optax: from a learning rate to something that has `init` and `update`."""
    if optimiser.library_of(loaded) is None:
        return False
    try:
        made = loaded(0.5)
    except Exception:
        return False
    return not hasattr(made, "shape")


def make(asked):
    loaded = named_object.load(asked["object"])
    # A class is no function of arrays, and neither is a function that makes an optimiser.
    functions = {} if inspect.isclass(loaded) or makes_optimiser(loaded) else asked["functions"]
    adapters, why = {}, None
    for name in [*functions, *WITHOUT_MEMORY, *WITH_MEMORY]:
        alone = {**asked, "as": name, **functions.get(name, {})}
        try:
            adapters[name] = (numpy_prox if name in functions else optimiser).make(alone)
            # What has no argument is asked only where it is 0.
            fixed = getattr(adapters[name], "fixed", {})
            adapters[name].missing = [*getattr(adapters[name], "missing", []), *(each for each, own in fixed.items() if own is None)]
        except Exception as error:  # It is called as much that it is not.
            why = why or error
    if not adapters:
        raise CannotJudge(str(why) if why else f"{asked['object']} is neither an optimiser nor a function of arrays")
    return AnyOf(adapters)
