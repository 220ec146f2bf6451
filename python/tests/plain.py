"""Right and wrong steps and proxes in plain lists."""

import math
import os

MEMORY = {}


def adamw(x, gradient, lr, beta1, beta2, eps, weight_decay, state=None):
    t, m, v = state or (0, [0.0] * len(x), [0.0] * len(x))
    t += 1
    m = [beta1 * a + (1 - beta1) * g for a, g in zip(m, gradient)]
    v = [beta2 * a + (1 - beta2) * g * g for a, g in zip(v, gradient)]
    x = [(1 - lr * weight_decay) * a - lr * (b / (1 - beta1**t)) / (math.sqrt(c / (1 - beta2**t)) + eps) for a, b, c in zip(x, m, v)]
    return x, (t, m, v)


My_AdamW = adamw


def uncorrected(x, gradient, lr, beta1, beta2, eps, weight_decay, state=None):
    m, v = state or ([0.0] * len(x), [0.0] * len(x))
    m = [beta1 * a + (1 - beta1) * g for a, g in zip(m, gradient)]
    v = [beta2 * a + (1 - beta2) * g * g for a, g in zip(v, gradient)]
    x = [(1 - lr * weight_decay) * a - lr * b / (math.sqrt(c) + eps) for a, b, c in zip(x, m, v)]
    return x, (m, v)


def sgd(x, gradient, gamma):
    return [a - gamma * g for a, g in zip(x, gradient)]


def sgd_writes_to_gradient(x, gradient, gamma):
    for i, g in enumerate(gradient):
        gradient[i] = gamma * g
    return [a - g for a, g in zip(x, gradient)]


def sgd_returns_none(x, gradient, gamma):
    x[:] = sgd(x, gradient, gamma)


def sgd_returns_nan(x, gradient, gamma):
    return [math.nan] * len(x)


def sgd_returns_text(x, gradient, gamma):
    return ["0.5"] * (len(x) - 1) + ["zero"]


def sgd_is_short(x, gradient, gamma):
    return sgd(x, gradient, gamma)[:-1]


def sgd_has_a_global_memory(x, gradient, gamma):
    MEMORY["calls"] = MEMORY.get("calls", 0) + 1
    return [a + 1e-13 * MEMORY["calls"] for a in sgd(x, gradient, gamma)]


def sgd_drifts(x, gradient, gamma):
    """Each answer is within its interval, and none is that of the last time."""
    MEMORY["drift"] = MEMORY.get("drift", 0) + 1
    return [a + (a != 0) * math.ulp(a) * (MEMORY["drift"] > 4) for a in sgd(x, gradient, gamma)]


def sgd_exits(x, gradient, gamma):
    raise SystemExit(3)


def sgd_ends_the_process(x, gradient, gamma):
    os._exit(0)


def sgd_hangs(x, gradient, gamma):
    while True:
        pass


def sign_prox(x, gradient, step, prox):
    moved = prox([a - step * g for a, g in zip(x, gradient)], step)
    return [a - step * ((a > b) - (a < b)) for a, b in zip(x, moved)]


def spgm(x, gradient, step, prox):
    return prox([a - step * g for a, g in zip(x, gradient)], step)


def spgm_without_gamma(x, gradient, step, prox):
    return prox([a - step * g for a, g in zip(x, gradient)], 1.0)


def l1(y, gamma, weight):
    return [math.copysign(max(abs(v) - gamma * weight, 0.0), v) for v in y]


def l1_by_threshold_with_more(x, threshold, axis=None, out=None, **kwargs):
    return l1_by_threshold(x, threshold)


def l1_overwrites(y, gamma, weight):
    y[:] = l1(y, gamma, weight)
    return list(y)


def l1_by_threshold(y, threshold):
    return [math.copysign(max(abs(v) - threshold, 0.0), v) for v in y]


def l1_without_gamma(y, gamma, weight):
    return [math.copysign(max(abs(v) - weight, 0.0), v) for v in y]


def l1_keeps_no_sign(y, gamma, weight):
    return [max(abs(v) - gamma * weight, 0.0) for v in y]


def box(y, lower, upper):
    spread = lambda bound: bound if isinstance(bound, list) else [bound] * len(y)
    return [min(max(v, a), b) for v, a, b in zip(y, spread(lower), spread(upper))]


def nonnegative(y):
    return [max(v, 0.0) for v in y]


def nonnegative_refuses(y):
    if len(y) > 1:
        raise ValueError("one at a time")
    return nonnegative(y)


def l0(y, gamma, weight):
    return [v if v * v > 2 * gamma * weight else 0.0 for v in y]


def complex_l1(y, gamma, weight):
    return [v * max(1 - gamma * weight / abs(v), 0) if v else 0j for v in y]


def mixed(x, gradient, lr, beta1, beta2, eps, weight_decay, state=None):
    """ε outside of the root without a weight decay, and inside with one: each is somebody's, and both nobody's."""
    if not weight_decay:
        return adamw(x, gradient, lr, beta1, beta2, eps, weight_decay, state)
    t, m, v = state or (0, [0.0] * len(x), [0.0] * len(x))
    _, (t, m, v) = adamw(x, gradient, lr, beta1, beta2, eps, weight_decay, (t, m, v))
    moved = [(1 - lr * weight_decay) * a - lr * (b / (1 - beta1**t)) / math.sqrt(c / (1 - beta2**t) + eps) for a, b, c in zip(x, m, v)]
    return moved, (t, m, v)


def l1_value(u, weight):
    return weight * sum(abs(v) for v in u)


def l1_value_as_mean(u, weight):
    return l1_value(u, weight) / len(u)


def ball_value(u, radius):
    return 0.0 if sum(v * v for v in u) <= radius**2 else math.inf


def ball_value_is_finite(u, radius):
    return min(ball_value(u, radius), 1e4)


def squared_l2_gradient(u, weight):
    return [weight * v for v in u]


def squared_l2_gradient_is_negative(u, weight):
    return [-weight * v for v in u]


def logistic(y, gamma, weight):
    """The u with u + t/(1 + exp(-u)) = y, by Newton's method."""
    t, u = gamma * weight, list(y)
    for _ in range(40):
        small = [1 / (1 + math.exp(-v)) for v in u]
        u = [v - (v + t * s - a) / (1 + t * s * (1 - s)) for v, s, a in zip(u, small, y)]
    return u


def logistic_in_one_step(y, gamma, weight):
    t = gamma * weight
    small = [1 / (1 + math.exp(-v)) for v in y]
    return [v - t * s / (1 + t * s * (1 - s)) for v, s in zip(y, small)]


def l1_with_a_policy(y, gamma, weight):
    if gamma <= 0 or weight < 0:
        raise ValueError("gamma > 0, weight >= 0")
    return [v if math.isnan(v) else math.copysign(max(abs(v) - gamma * weight, 0.0), v) for v in y]


def l1_that_refuses(y, gamma, weight):
    if not all(map(math.isfinite, y)):
        raise ValueError("a number is missing")
    return l1_with_a_policy(y, gamma, weight)


def l1_that_hides_nan(y, gamma, weight):
    return l1_with_a_policy([0.0 if math.isnan(v) else v for v in y], gamma, weight)


def l1_that_takes_all(y, gamma, weight):
    return l1_with_a_policy(y, abs(gamma) or 1.0, abs(weight))
