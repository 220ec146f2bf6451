"""MLX: what its optimisers answer, and planted errors."""

import pytest

from signprox import CannotJudge, Wrong, check
from support import pasted, said, shown

optimizers = pytest.importorskip("mlx.optimizers")

RIGHT = [
    (optimizers.Adam, "adam", {"bias_correction": True}, "torch.optim.Adam 2.6", 3),
    (optimizers.AdamW, "adamw", {"bias_correction": True}, "torch.optim.AdamW 2.6", 8),
    # With dampening its first buffer is (1 − τ)g, where PyTorch's is g.
    (optimizers.SGD, "momentum-sgd", {}, None, 13),
    (optimizers.RMSprop, "rmsprop", {}, "torch.optim.RMSprop 2.6", 1),
    (optimizers.Adagrad, "adagrad", {}, "torch.optim.Adagrad 2.6", 1),
    (optimizers.AdaDelta, "adadelta", {}, None, 3),
    (optimizers.Lion, "lion", {}, "Chen et al. 2023, Algorithm 2", 14),
    (optimizers.Adafactor, "adafactor", {"relative_step": False}, None, 7),
]


@pytest.mark.parametrize(("made", "subject", "given", "source", "asked"), RIGHT)
def test_an_optimiser_is_right(made, subject, given, source, asked):
    report = check(made, subject, arguments=given)
    assert report.asked["f32"][0] == asked
    assert source is None or source in report.agrees_with


@pytest.mark.parametrize(
    ("made", "subject", "says"),
    [
        # `bias_correction` is False unless it is asked for.
        (optimizers.Adam, "adam", "looks like  the biases are not corrected"),
        # Its docstring cites Kingma and Ba, whose Adamax corrects the mean.
        (optimizers.Adamax, "adamax", "Adamax is wrong, in f32"),
    ],
)
def test_one_without_a_correction_is_found_and_its_program_shows_it(made, subject, says):
    with pytest.raises(Wrong) as error:
        check(made, subject)
    assert says in str(error.value)
    lines = pasted(str(error.value))
    assert said(lines)[0][:8] in shown(lines)


def test_an_epsilon_that_cannot_be_given_is_asked_for():
    with pytest.raises(CannotJudge, match="Muon has no argument for epsilon of muon"):
        check(optimizers.Muon, "muon")
