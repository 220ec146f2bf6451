"""optax: what its transformations answer, and planted errors."""

import functools

import pytest

from signprox import CannotJudge, Wrong, check
from support import pasted, said, shown

optax = pytest.importorskip("optax")
jax = pytest.importorskip("jax")

RIGHT = [
    (optax.adam, "adam", {}, "optax.adam, optax.amsgrad", 3),
    (optax.amsgrad, "adam", {"amsgrad": True}, "optax.adam, optax.amsgrad", 3),
    (optax.adamw, "adamw", {}, "optax.adamw", 8),
    (optax.lion, "lion", {}, "Chen et al. 2023, Algorithm 2", 14),
    (optax.sgd, "momentum-sgd", {}, "torch.optim.SGD 2.6", 4),
    (optax.rmsprop, "rmsprop", {}, "optax.rmsprop", 6),
    (optax.adagrad, "adagrad", {}, "keras.optimizers.Adagrad 3", 3),
    (optax.adadelta, "adadelta", {}, None, 9),
    (optax.adamax, "adamax", {}, "torch.optim.Adamax 2.6", 6),
    (optax.radam, "radam", {}, "optimi.RAdam 0.3", 3),
    (optax.sign_sgd, "sign-sgd", {}, None, 5),
    (optax.signum, "signum", {}, None, 6),
]


@pytest.mark.parametrize(("made", "subject", "given", "source", "asked"), RIGHT)
def test_a_transformation_is_right_eagerly_and_under_jit(made, subject, given, source, asked):
    report = check(made, subject, arguments=given)
    assert report.asked["f32"][0] == asked
    assert report.ways == ("eager", "jit")
    assert source is None or source in report.agrees_with


def test_in_doubles():
    jax.config.update("jax_enable_x64", True)
    try:
        assert list(check(optax.adamw, "adamw", dtype=["f64", "bf16"]).asked) == ["f64", "bf16"]
    finally:
        jax.config.update("jax_enable_x64", False)
    with pytest.raises(CannotJudge, match="has no f64 here"):
        check(optax.adamw, "adamw", dtype="f64")


def uncorrected(learning_rate, b1=0.9, b2=0.999, eps=1e-8, weight_decay=1e-4):
    def init(x):
        return jax.numpy.zeros_like(x), jax.numpy.zeros_like(x)

    def update(g, state, x):
        m, v = b1 * state[0] + (1 - b1) * g, b2 * state[1] + (1 - b2) * g * g
        return -learning_rate * (m / (jax.numpy.sqrt(v) + eps) + weight_decay * x), (m, v)

    return optax.GradientTransformation(init, update)


def wrong_under_jit(learning_rate, b1=0.9, b2=0.999, eps=1e-8, weight_decay=1e-4):
    right = optax.adamw(learning_rate, b1, b2, eps, weight_decay=weight_decay)

    def update(g, state, x):
        moved, state = right.update(g, state, x)
        return (2 * moved if isinstance(g, jax.core.Tracer) else moved), state

    return optax.GradientTransformation(right.init, update)


@pytest.mark.parametrize(
    ("made", "subject", "says"),
    [
        (uncorrected, "adamw", "looks like  the biases are not corrected"),
        (wrong_under_jit, "adamw", "is wrong with jit, in f32"),
        (functools.partial(optax.adamw, eps_root=0.25), "adamw", "adamw is wrong, in f32"),
        # Its first update is 0, and each other that of the step before (optax 0.2.8).
        (optax.rprop, "rprop", "is wrong, in f32"),
    ],
)
def test_a_wrong_one_is_found_and_its_program_shows_it(made, subject, says):
    with pytest.raises(Wrong) as error:
        check(made, subject)
    assert says in str(error.value)
    lines = pasted(str(error.value))
    if "jit" not in says:
        assert said(lines)[0] in shown(lines)


def test_what_was_made_already_is_refused():
    with pytest.raises(CannotJudge, match="give the class, or the function that makes it"):
        check(optax.adam(0.5), "adam")


def test_a_function_that_makes_something_else_is_refused():
    with pytest.raises(CannotJudge, match="made a float, which has no init and update"):
        check(lambda learning_rate: learning_rate, "sgd")


def test_nadam_without_a_decay_of_its_momentum_is_that_of_a_large_one():
    with pytest.raises(CannotJudge, match="no argument for momentum_decay of nadam"):
        check(optax.nadam, "nadam")
    assert check(optax.nadam, "nadam", arguments={"momentumDecay": 2**20}).asked["f32"][0] > 0
