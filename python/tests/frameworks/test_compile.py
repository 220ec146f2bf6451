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


def test_a_compiled_step_is_right():
    assert "Compiled is right" in str(signprox.check(compiled(torch.optim.SGD), "momentum-sgd", follows="pytorch"))


def test_a_compiled_step_that_is_wrong_is_found():
    with pytest.raises(signprox.Wrong, match="momentum"):
        signprox.check(compiled(Forgets), "momentum-sgd", follows="pytorch")
