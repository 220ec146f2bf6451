"""Optimisers of PyTorch whose step is compiled. The guard makes thousands of optimisers, each of which would be compiled anew: a minute for a claim."""

import pytest

import signprox

torch = pytest.importorskip("torch")


class Forgets(torch.optim.SGD):
    """A momentum that is never kept."""

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                p.sub_(p.grad + group["weight_decay"] * p, alpha=group["lr"])


def compiled(kind):
    class Compiled(kind):
        def __init__(self, params, lr=0.1, momentum=0.0, weight_decay=0.0):
            super().__init__(params, lr=lr, momentum=momentum, weight_decay=weight_decay)
            # After eight compilations PyTorch gives up, and would run what is not compiled.
            torch._dynamo.reset()
            self.step = torch.compile(super().step, backend="aot_eager")

    return Compiled


def second_iterates(is_compiled):
    """Two steps of PyTorch's own SGD with two parameters without a dimension, and no line of ours."""
    torch._dynamo.reset()
    parameters = [torch.nn.Parameter(torch.tensor(value, dtype=torch.float64)) for value in (-0.3125, -0.5)]
    optimiser = torch.optim.SGD(parameters, lr=0.5, momentum=0.75, weight_decay=0.5)
    step = torch.compile(optimiser.step, backend="aot_eager") if is_compiled else optimiser.step
    for gradients in ([0.0, 0.0], [-0.5, 1.0]):
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        step()
    return [parameter.item() for parameter in parameters]


def test_a_compiled_step_is_right_where_pytorch_is():
    assert second_iterates(False) == [0.1328125, -0.6875]
    ask = lambda: signprox.check(compiled(torch.optim.SGD), "momentum-sgd", follows="pytorch")
    if second_iterates(True) == second_iterates(False):
        assert "Compiled is right" in str(ask())
    else:
        # PyTorch 2.13 loses the second gradient of parameters without a dimension; everything else is right.
        with pytest.raises(signprox.Wrong, match="Compiled is wrong with numbers, in"):
            ask()


def test_a_compiled_step_that_is_wrong_is_found():
    with pytest.raises(signprox.Wrong, match="momentum"):
        signprox.check(compiled(Forgets), "momentum-sgd", follows="pytorch")
