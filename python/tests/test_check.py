"""`check` with plain functions: needs the standard library alone."""

import json
import math
import random
import sys

import pytest

import plain
import signprox
from signprox import CannotJudge, Wrong, _vectors, check
from support import pasted, said, shown

RIGHT = [
    (plain.sgd, "sgd", {}),
    (plain.sign_prox, "sign-prox", {}),
    (plain.spgm, "spgm", {}),
    (plain.l1, "l1", {}),
    (plain.l1, "prox-l1", {}),
    (plain.l1_by_threshold, "l1", {}),
    (plain.l1_by_threshold_with_more, "l1", {}),
    (plain.box, "box", {}),
    (plain.nonnegative, "nonnegative", {}),
    (plain.l0, "l0", {}),
    (plain.complex_l1, "complex-l1", {}),
    (plain.l1_value, "value-l1", {}),
    (plain.ball_value, "value-l2-ball", {}),
    (plain.squared_l2_gradient, "gradient-squared-l2", {}),
    (plain.l1_with_a_policy, "policy-l1", {"follows": "numpy"}),
    (plain.l1_that_refuses, "policy-l1", {"follows": "scikit-learn"}),
]


@pytest.mark.parametrize(("made", "subject", "given"), RIGHT)
def test_a_right_one_is_asked_everything_and_passes(made, subject, given):
    report = check(made, subject, arrays="list", **given)
    (asked, of), suite = report.asked["f64"], _vectors.load(subject)
    assert asked == of == sum(question.offers("f64") for question in suite.questions)
    assert report.not_asked == ()
    assert f"{report.name} is right" in str(report)


def test_what_it_does_not_take_is_not_asked_and_said():
    report = check(plain.adamw, "adamw", arrays="list", follows="pytorch")
    asked, of = report.asked["f64"]
    assert 0 < asked < of
    assert report.not_asked == (f"{of - asked} with amsgrad, which it does not take",)
    assert report.agrees_with == ("torch.optim.AdamW 2.6", "optax.adamw")


WRONG = [
    (plain.uncorrected, "adamw", "looks like  the biases are not corrected"),
    (plain.sgd_writes_to_gradient, "sgd", "in the gradient, which was"),
    (plain.sgd_returns_none, "sgd", "it returned None"),
    (plain.sgd_returns_nan, "sgd", "x_1[0] = nan"),
    (plain.sgd_returns_text, "sgd", "real numbers"),
    (plain.sgd_is_short, "sgd", "it returned the shape"),
    (plain.sgd_has_a_global_memory, "sgd", "asked again"),
    (plain.sgd_drifts, "sgd", "when it was asked again"),
    (plain.spgm_without_gamma, "spgm", "looks like"),
    (plain.l1_without_gamma, "l1", "looks like  the threshold is w instead of γw"),
    (plain.l1_keeps_no_sign, "l1", "y = [-6], γ = 1"),
    (plain.l1_overwrites, "l1", "it overwrote its argument"),
    (plain.l1_value_as_mean, "value-l1", "looks like  the mean over the entries in place of the sum"),
    (plain.ball_value_is_finite, "value-l2-ball", "r(u) = 10000.0"),
    (plain.squared_l2_gradient_is_negative, "gradient-squared-l2", "looks like  the gradient of −r"),
    (plain.l1_that_hides_nan, "policy-l1", "looks like  a NaN becomes 0"),
    (plain.l1_that_takes_all, "policy-l1", "right is    an error"),
]


@pytest.mark.parametrize(("made", "subject", "says"), WRONG)
def test_a_wrong_one_is_refused_with_what_is_wrong(made, subject, says):
    with pytest.raises(Wrong) as error:
        check(made, subject, arrays="list")
    assert says in str(error.value)
    assert f"✗ {_vectors.load(subject).subject}: {made.__name__} is wrong, in f64" in str(error.value)


def test_the_first_line_has_what_was_returned_what_is_right_and_where():
    with pytest.raises(Wrong, match=r"^returned 5.312, right -5.312 at y = \[-6\], γ = 1\n✗ prox-l1: l1_keeps_no_sign is wrong") as error:
        check(plain.l1_keeps_no_sign, "l1", arrays="list")
    assert error.exconly().startswith("signprox.Wrong: returned ")


@pytest.mark.parametrize(("made", "subject"), [(plain.uncorrected, "adamw"), (plain.l1_without_gamma, "l1"), (plain.l1_keeps_no_sign, "l1")])
def test_the_program_of_a_counterexample_shows_what_was_returned(made, subject):
    with pytest.raises(Wrong) as error:
        check(made, subject, arrays="list")
    lines = pasted(str(error.value))
    returned, right = said(lines)
    assert returned in shown(lines)
    assert returned != right
    # With the right one in its place, the same program shows what is right.
    mine = {"adamw": "adamw", "l1": "l1"}[subject]
    corrected = [line.replace(f"import {made.__name__}", f"import {mine} as {made.__name__}") for line in lines]
    values = [
        float(word) for word in shown(corrected).replace("(", " ").replace("[", " ").replace("]", " ").replace(",", " ").split() if word[-1].isdigit()
    ]
    assert any(math.isclose(value, float(right), rel_tol=1e-12, abs_tol=1e-14) for value in values)


@pytest.mark.parametrize("level", _vectors.LEVELS)
def test_a_prox_by_iteration_claims_a_level(level):
    assert list(check(plain.logistic, "logistic", arrays="list", dtype=level).asked) == [level]
    with pytest.raises(Wrong, match="one step of Newton"):
        check(plain.logistic_in_one_step, "logistic", arrays="list", dtype=level)


CANNOT = [
    (plain.logistic, "logistic", {}, "prox-logistic has no closed form: say which accuracy logistic claims, as in dtype='1e-8'"),
    (plain.squared_l2_gradient, "gradient-quadratic", {}, "squared_l2_gradient has no argument for"),
    (plain.sgd, "sdg", {}, "there are no vectors for 'sdg': did you mean sgd?"),
    (plain.l1, "l11", {}, "did you mean l1?"),
    (plain.adamw, "adamw", {"follows": "torch"}, "nothing is known of torch for adamw: did you mean pytorch?"),
    (plain.adamw, "adamw", {"follows": "mlx"}, "choose one of heavyball, optax, pytorch, tensorflow"),
    (plain.sgd, "sgd", {"follows": "pytorch"}, "nothing is known of pytorch for sgd: leave `follows` out"),
    (plain.sgd, "sgd", {"dtype": "float32"}, "there is no format 'float32'"),
    (plain.sgd, "sgd", {"dtype": "f32"}, "plain lists has no f32 here: choose one of f64"),
    (plain.sgd, "sgd", {"arguments": {"beta": 1}}, "sgd has no argument beta: it has gamma"),
    (plain.sgd, "adamw", {}, "sgd has no argument for beta1 of adamw: call it"),
    (plain.sgd, "spgm", {}, "spgm takes proxes: give sgd an argument `prox`"),
    (plain.adamw, "sgd", {}, "adamw requires beta1, whose meaning is unknown"),
    (plain.nonnegative, "l1", {}, "nonnegative has no argument for γ"),
    (plain.l1, "conjugate", {}, "prox-conjugate is built from other functions"),
    (plain.sgd, "sgd", {"arrays": "tensorflow"}, "arrays='tensorflow' is unknown"),
    (plain.sgd_exits, "sgd", {}, "sgd_exits answers nothing in f64: SystemExit: 3 (plain.py:"),
    (len, "l1", {}, "len has no argument for γ"),
    (3, "sgd", {}, "an object of the type int cannot be judged"),
]


@pytest.mark.parametrize(("made", "subject", "given", "says"), CANNOT)
def test_what_cannot_be_judged_is_said_in_one_line(made, subject, given, says):
    with pytest.raises(CannotJudge) as error:
        check(made, subject, **{"arrays": "list", **given})
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def run(question):
    """SGD that is asked whole questions, and leaves one out."""
    if question == next(each for each in _vectors.load("sgd").questions if each.offers("f64")):
        return None
    x, iterates = question.x, []
    for step, gradient in zip(question.steps, question.gradients):
        x = plain.sgd(question.x if question.resets else x, gradient, step)
        iterates.append(x)
    return iterates


def test_a_function_of_a_question_may_leave_some_out():
    report = check(run, "sgd")
    asked, of = report.asked["f64"]
    assert asked == of - 1
    assert report.not_asked == ("1 that it does not offer",)
    assert list(check(lambda question, format: run(question), "sgd", dtype=["f64", "f32"]).asked) == ["f64", "f32"]
    with pytest.raises(Wrong, match="returned    x_1"):
        check(lambda question: [question.x for _ in question.steps], "sgd")
    with pytest.raises(CannotJudge, match="was asked no question of sgd: 4 that it does not offer"):
        check(lambda question: None, "sgd")


def test_who_refuses_questions_is_judged_by_the_others():
    report = check(plain.nonnegative_refuses, "nonnegative", arrays="list")
    asked, of = report.asked["f64"]
    assert 0 < asked < of
    assert report.not_asked == (f"{of - asked} that it refuses (ValueError: one at a time)",)


def test_a_process_of_its_own_may_end_or_hang():
    with pytest.raises(Wrong, match="sgd_ends_the_process ended its process with exit code 0"):
        check(plain.sgd_ends_the_process, "sgd", arrays="list", timeout=300)
    with pytest.raises(Wrong, match="sgd_hangs did not answer within 3 s"):
        check(plain.sgd_hangs, "sgd", arrays="list", timeout=3)
    assert check(plain.sgd, "sgd", arrays="list", timeout=300) == check(plain.sgd, "sgd", arrays="list")
    with pytest.raises(Wrong, match="the biases are not corrected"):
        check(plain.uncorrected, "adamw", arrays="list", timeout=300)
    with pytest.raises(CannotJudge, match="must be importable"):
        check(lambda x, gradient, gamma: x, "sgd", arrays="list", timeout=300)


def test_another_convention_than_the_one_that_is_followed_is_named():
    with pytest.raises(Wrong) as error:
        check(plain.adamw, "adamw", arrays="list", follows="tensorflow")
    assert "it has      decay-before-step eps-outside-root eps-added-after-correction" in str(error.value)
    assert "eps-added-after-correction: √v̂ + ε: Kingma and Ba 2015" in str(error.value)


def test_all_subjects_can_be_read():
    manifest = json.loads((_vectors.FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(f"{subject}.json" for subject in signprox.subjects()) == sorted(manifest["files"])
    for subject in signprox.subjects():
        suite = _vectors.load(subject)
        assert suite.questions
        for question in suite.questions:
            for format in _vectors.FORMATS:
                for conventions, rows in question.answers(format):
                    assert conventions
                    assert rows


def test_decimals_are_read_as_the_doubles_nearest_to_them():
    draw = random.Random(1)
    for _ in range(1000):
        x = math.ldexp(draw.uniform(-1, 1), draw.randint(-200, 200))
        assert _vectors.is_right(x, [repr(x), repr(x)])
        assert not _vectors.is_right(x, [repr(math.nextafter(x, math.inf)), "1e999"])
        below, above = sorted((x, x * draw.uniform(0.5, 2)))
        simple = _vectors.simplest([repr(below), repr(above)])
        assert below <= float(simple) <= above


def test_nan_and_infinities_are_right_only_where_they_are_asked_for():
    for word in ("nan", "inf", "-inf"):
        assert _vectors.is_right(float(word), word)
        assert not _vectors.is_right(0.0, word)
        assert not _vectors.is_right(float(word), ["-1e308", "1e308"])
        assert _vectors.is_right(float(word), "any")


def test_nothing_but_the_standard_library_is_loaded():
    import subprocess

    code = "import sys, signprox; print([m for m in ('numpy', 'torch', 'jax', 'keras', 'mlx', 'pytest') if m in sys.modules])"
    environment = {"PYTHONPATH": ":".join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout == "[]\n"
