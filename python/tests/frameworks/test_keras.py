"""Keras: what its optimisers answer, and planted errors."""

import os

import pytest

from signprox import CannotJudge, Wrong, check
from support import pasted, said, shown

os.environ.setdefault("KERAS_BACKEND", "jax")
keras = pytest.importorskip("keras")
optimizers = keras.optimizers

RIGHT = [
    (optimizers.Adam, "adam", {}, "keras.optimizers.Adam 3", 6),
    (optimizers.Adam, "adamw", {}, "keras.optimizers.AdamW 3", 14),
    (optimizers.AdamW, "adamw", {}, "keras.optimizers.AdamW 3", 14),
    (optimizers.SGD, "momentum-sgd", {}, "keras.optimizers.SGD 3", 7),
    (optimizers.RMSprop, "rmsprop", {}, "keras.optimizers.RMSprop 3", 6),
    (optimizers.Adagrad, "adagrad", {}, "keras.optimizers.Adagrad 3", 3),
    (optimizers.Adadelta, "adadelta", {}, None, 3),
    (optimizers.Adamax, "adamax", {}, "keras.optimizers.Adamax 3", 6),
    (optimizers.Nadam, "nadam", {"momentumDecay": 1}, None, 2),
    (optimizers.Adafactor, "adafactor", {}, "keras.optimizers.Adafactor 3", 7),
    (optimizers.Lion, "lion", {}, "Chen et al. 2023, Algorithm 2", 10),
]


@pytest.mark.parametrize(("made", "subject", "given", "source", "asked"), RIGHT)
def test_an_optimiser_is_right(made, subject, given, source, asked):
    report = check(made, subject, arguments=given)
    assert report.asked["f32"][0] == asked
    assert source is None or source in report.agrees_with


def test_a_decay_that_is_subtracted_is_not_judged_as_one_of_the_gradient():
    assert any("with weight_decay" in line for line in check(optimizers.Adam, "adam").not_asked)


def test_the_epsilon_of_muon_is_not_its_argument_of_that_name():
    with pytest.raises(CannotJudge, match="epsilon other than 1e-07"):
        check(optimizers.Muon, "muon")


def test_a_wrong_one_is_found_and_its_program_shows_it():
    class Swapped(optimizers.Adam):
        def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
            super().__init__(learning_rate, beta_2, beta_1, epsilon)

    with pytest.raises(Wrong, match="Swapped is wrong, in f32"):
        check(Swapped, "adam")
    with pytest.raises(Wrong) as error:
        check(optimizers.AdamW, "adamw", follows="pytorch")
    lines = pasted(str(error.value))
    assert said(lines)[0] in shown(lines)
