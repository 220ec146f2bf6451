"""AdamW and SGD of PyTorch with one planted error each, as somebody would really write it."""

from typing import ClassVar

import torch


class AdamW(torch.optim.Optimizer):
    """A right one, whose steps the others spoil."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "amsgrad": amsgrad})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                self.update(p, group, self.state[p])

    def update(self, p, group, state):
        if not state:
            state.update(t=0, m=torch.zeros_like(p), v=torch.zeros_like(p), largest=torch.zeros_like(p))
        state["t"] += 1
        (beta1, beta2), t = group["betas"], state["t"]
        self.decay(p, group)
        self.average(p, group, state, beta1, beta2)
        self.move(p, group, state, 1 - beta1**t, 1 - beta2**t)

    def decay(self, p, group):
        p.mul_(1 - group["lr"] * group["weight_decay"])

    def average(self, p, group, state, beta1, beta2):
        state["m"].mul_(beta1).add_(p.grad, alpha=1 - beta1)
        state["v"].mul_(beta2).addcmul_(p.grad, p.grad, value=1 - beta2)

    def second(self, group, state):
        state["largest"] = torch.maximum(state["largest"], state["v"])
        return state["largest"] if group["amsgrad"] else state["v"]

    def move(self, p, group, state, first, second):
        p.sub_(group["lr"] * (state["m"] / first) / ((self.second(group, state) / second).sqrt() + group["eps"]))


class NoCorrection(AdamW):
    def move(self, p, group, state, first, second):
        super().move(p, group, state, 1, 1)


class EpsInsideRoot(AdamW):
    def move(self, p, group, state, first, second):
        p.sub_(group["lr"] * (state["m"] / first) / (self.second(group, state) / second + group["eps"]).sqrt())


class EpsSquared(AdamW):
    def move(self, p, group, state, first, second):
        super().move(p, {**group, "eps": group["eps"] ** 2}, state, first, second)


class CoupledDecay(AdamW):
    def decay(self, p, group):
        pass

    def average(self, p, group, state, beta1, beta2):
        g = p.grad + group["weight_decay"] * p
        state["m"].mul_(beta1).add_(g, alpha=1 - beta1)
        state["v"].mul_(beta2).addcmul_(g, g, value=1 - beta2)


class DecayWithoutStep(AdamW):
    def decay(self, p, group):
        p.mul_(1 - group["weight_decay"])


class WrongSignOfDecay(AdamW):
    def decay(self, p, group):
        p.mul_(1 + group["lr"] * group["weight_decay"])


class NoAmsgrad(AdamW):
    def second(self, group, state):
        return state["v"]


class CountsFromTwo(AdamW):
    def update(self, p, group, state):
        if not state:
            state.update(t=1, m=torch.zeros_like(p), v=torch.zeros_like(p), largest=torch.zeros_like(p))
        super().update(p, group, state)


class LosesState(AdamW):
    def update(self, p, group, state):
        state["m"] = torch.zeros_like(p)
        super().update(p, group, {"t": 0, "m": torch.zeros_like(p), "v": torch.zeros_like(p), "largest": torch.zeros_like(p)})


class WritesToGradient(AdamW):
    def update(self, p, group, state):
        super().update(p, group, state)
        p.grad.mul_(0.5)


class SharedState(AdamW):
    memory: ClassVar = {}

    def update(self, p, group, state):
        super().update(p, group, SharedState.memory.setdefault(tuple(p.shape), {}))


class SinglePrecision(AdamW):
    """Takes its roots in single precision."""

    def move(self, p, group, state, first, second):
        root = (self.second(group, state) / second).float().sqrt()
        p.sub_(group["lr"] * (state["m"] / first) / (root + group["eps"]))


class WrongForeach(AdamW):
    """Its foreach path forgets the correction."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False, foreach=None):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad)
        self.foreach = foreach

    def move(self, p, group, state, first, second):
        super().move(p, group, state, *((1, 1) if self.foreach else (first, second)))


class WrongMaximize(AdamW):
    """Its maximize turns the decay too."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False, maximize=False):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad)
        self.sign = -1 if maximize else 1

    def decay(self, p, group):
        super().decay(p, {**group, "weight_decay": self.sign * group["weight_decay"]})

    def average(self, p, group, state, beta1, beta2):
        state["m"].mul_(beta1).add_(self.sign * p.grad, alpha=1 - beta1)
        state["v"].mul_(beta2).addcmul_(p.grad, p.grad, value=1 - beta2)


class MixedConventions(AdamW):
    """Adds ε outside of the root without a weight decay, and inside with one: each is somebody's, and both nobody's."""

    def move(self, p, group, state, first, second):
        if group["weight_decay"]:
            EpsInsideRoot.move(self, p, group, state, first, second)
        else:
            super().move(p, group, state, first, second)


class WrongShape(AdamW):
    def update(self, p, group, state):
        super().update(p, group, state)
        p.data = p.data[:1]


class Raises(AdamW):
    def average(self, p, group, state, beta1, beta2):
        if group["amsgrad"]:
            raise RuntimeError("amsgrad is\nbroken")
        super().average(p, group, state, beta1, beta2)


class RaisesAlways(AdamW):
    def step(self, closure=None):
        raise RuntimeError("never worked")


class RefusesDoubles(AdamW):
    def update(self, p, group, state):
        if p.dtype == torch.float64:
            raise TypeError("doubles are not supported")
        super().update(p, group, state)


class RefusesAmsgrad(AdamW):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False):
        if amsgrad:
            raise ValueError("no amsgrad here")
        super().__init__(params, lr, betas, eps, weight_decay)


class LeavesProcess(AdamW):
    def step(self, closure=None):
        import os

        os._exit(0)


class Hangs(AdamW):
    def step(self, closure=None):
        while True:
            pass


class Prints(AdamW):
    def step(self, closure=None):
        print("stepping")
        super().step()


class NeedsClosure(AdamW):
    def step(self, closure):
        super().step()


class OtherNames(torch.optim.Optimizer):
    """SGD whose arguments nobody would guess."""

    def __init__(self, params, eta, mu=0.0, nesterov=False, wd=0.0, *, mode):
        super().__init__(params, {"eta": eta, "mu": mu, "nesterov": nesterov, "wd": wd})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                g = p.grad + group["wd"] * p
                state = self.state[p]
                state["b"] = b = group["mu"] * state["b"] + g if "b" in state else g.clone()
                p.sub_(group["eta"] * (g + group["mu"] * b if group["nesterov"] else b))


class WrongForeachAndMaximize(AdamW):
    """Its foreach path turns no gradient round."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False, foreach=None, maximize=False):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad)
        self.sign = -1 if maximize and not foreach else 1

    def average(self, p, group, state, beta1, beta2):
        state["m"].mul_(beta1).add_(self.sign * p.grad, alpha=1 - beta1)
        state["v"].mul_(beta2).addcmul_(p.grad, p.grad, value=1 - beta2)


class DecayOfConstructor(AdamW):
    def decay(self, p, group):
        super().decay(p, self.defaults)


class KeepsGradient(AdamW):
    """Its memory of the first gradient is the tensor of the gradient."""

    def average(self, p, group, state, beta1, beta2):
        first = state.setdefault("first", p.grad)
        super().average(p, group, state, beta1, beta2)
        if state["t"] == 2:
            state["m"] = beta1 * (1 - beta1) * first + (1 - beta1) * p.grad


class MovesCopy(AdamW):
    def move(self, p, group, state, first, second):
        super().move(p.contiguous(), group, state, first, second)


class NeedsDimension(AdamW):
    def move(self, p, group, state, first, second):
        super().move(p[: p.shape[0]], group, state, first, second)


class NeedsEntries(AdamW):
    def move(self, p, group, state, first, second):
        state["largest gradient"] = p.grad.abs().max()
        super().move(p, group, state, first, second)


class MemoryInDefaultDtype(AdamW):
    def update(self, p, group, state):
        if not state:
            state.update(t=0, m=torch.zeros(p.shape), v=torch.zeros(p.shape), largest=torch.zeros(p.shape))
        super().update(p, group, state)


class CallsClosureTwice(AdamW):
    def step(self, closure=None):
        if closure is not None:
            with torch.enable_grad():
                closure()
                loss = closure()
        super().step()
        return None if closure is None else loss
