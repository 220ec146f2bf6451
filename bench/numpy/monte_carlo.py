"""Monte Carlo of the left sides of theorems 1 and 2, n = 10, K = 20, T = 1000, vectorised over R replicates.

d = 1/2 sum a_i (x_i - c_i)^2, linear or quadratic r_k; SPGM with B = 1, signProx with B = T by multinomial counts.
Arguments: algorithm, r_k, naive (expressions) or out (every operation writes into a kept array).
"""
import sys
import time

import numpy as np

algorithm, kind, style = sys.argv[1:4]
n, K, T, R = 10, 20, 1000, 2000
steps = int(sys.argv[4]) if len(sys.argv) > 4 else 60
rng = np.random.default_rng(1)
i, k = np.arange(n), np.arange(K)
curvature, center = 0.5 + i / 10, i / 7
slope = ((k[:, None] * 7 + i * 3) % 11 - 5) / 4
theta = np.full(K, 1 / K)
common = 1.1 if kind == "quadratic" else 0.0
largest, norm1 = max(common, curvature.max()), np.maximum(common, curvature).sum()
step = 1 / (largest * np.sqrt(T)) if algorithm == "spgm" else 1 / (2 * norm1 * np.sqrt(T))
ratio = step * common / (1 + step * common)


def residuals(y):
    """The gamma-divided residuals of all components, R x K x n."""
    return common * (y[:, None, :] - slope) / (1 + step * common)


def naive_mapping(x):
    gradient = curvature * (x - center)
    if kind == "linear":
        return gradient, gradient + theta @ slope
    return gradient, gradient + np.einsum("k,rki->ri", theta, residuals(x - step * gradient))


def naive(x, steps):
    total = np.zeros(R)
    for t in range(steps):
        gradient, mapping = naive_mapping(x)
        total += (mapping**2).sum(axis=1) if algorithm == "spgm" else np.abs(mapping).sum(axis=1)
        y = x - step * gradient
        if algorithm == "spgm":
            drawn = slope[rng.choice(K, size=R, p=theta)]
            x = y - step * drawn if kind == "linear" else y - ratio * (y - drawn)
        else:
            counts = rng.multinomial(T, theta, size=R)
            if kind == "linear":
                stochastic = gradient + counts @ slope / T
            else:
                stochastic = gradient + np.einsum("rk,rki->ri", counts, residuals(y)) / T
            x = x - step * np.sign(stochastic)
    return total / steps


mean_slope = theta @ slope
cumulative = np.cumsum(theta)
cumulative[-1] = 1
gradient, y, mapping, drawn = (np.empty((R, n)) for _ in range(4))
uniforms, norms = np.empty(R), np.empty(R)
divided = common / (1 + step * common)


def optimised(x, steps):
    """The same with the affine constants computed beforehand: sum_k w_k (y - c_k) = (sum w_k) y - sum w_k c_k."""
    x = x.copy()
    total = np.zeros(R)
    for t in range(steps):
        np.subtract(x, center, out=gradient)
        np.multiply(gradient, curvature, out=gradient)
        np.multiply(gradient, -step, out=y)
        np.add(y, x, out=y)
        if kind == "linear":
            np.add(gradient, mean_slope, out=mapping)
        else:
            np.subtract(y, mean_slope, out=mapping)
            np.multiply(mapping, divided, out=mapping)
            np.add(mapping, gradient, out=mapping)
        if algorithm == "spgm":
            np.einsum("ri,ri->r", mapping, mapping, out=norms)
        else:
            np.abs(mapping, out=mapping)
            np.sum(mapping, axis=1, out=norms)
        np.add(total, norms, out=total)
        if algorithm == "spgm":
            rng.random(out=uniforms)
            np.take(slope, np.searchsorted(cumulative, uniforms, side="right"), axis=0, out=drawn, mode="clip")
            if kind == "linear":
                np.multiply(drawn, step, out=drawn)
                np.subtract(y, drawn, out=x)
            else:
                np.subtract(y, drawn, out=drawn)
                np.multiply(drawn, ratio, out=drawn)
                np.subtract(y, drawn, out=x)
        else:
            counts = rng.multinomial(T, theta, size=R).astype(float)
            np.matmul(counts, slope, out=drawn)
            np.divide(drawn, T, out=drawn)
            if kind == "quadratic":
                np.subtract(y, drawn, out=drawn)
                np.multiply(drawn, divided, out=drawn)
            np.add(drawn, gradient, out=drawn)
            np.sign(drawn, out=drawn)
            np.multiply(drawn, step, out=drawn)
            np.subtract(x, drawn, out=x)
    return total / steps


run = naive if style == "naive" else optimised
run(np.ones((R, n)), 3)
start = time.process_time()
left = run(np.ones((R, n)), steps)
# Every iteration costs the same: the time of `steps` of them, for one replicate of T.
print(left.mean(), file=sys.stderr)
print((time.process_time() - start) / steps * T / R)
