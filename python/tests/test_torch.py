"""`check` with optimisers of PyTorch."""

import pytest

import signprox
from signprox import CannotJudge, Wrong, check
from support import pasted, said, shown

torch = pytest.importorskip("torch")
wrong_torch = pytest.importorskip("wrong_torch")

OWN = {
    "Adam": "adam",
    "AdamW": "adamw",
    "RMSprop": "rmsprop",
    "Adagrad": "adagrad",
    "Adadelta": "adadelta",
    "Adamax": "adamax",
    "RAdam": "radam",
    "Rprop": "rprop",
    "ASGD": "asgd",
    "NAdam": "nadam",
    "Adafactor": "adafactor",
}


@pytest.mark.parametrize("name", OWN)
def test_an_optimiser_of_pytorch_is_right_in_all_formats_and_ways(name):
    report = check(getattr(torch.optim, name), OWN[name], dtype="all")
    assert list(report.asked) == ["f64", "f32", "f16", "bf16"]
    assert all(count == of for count, of in report.asked.values())
    assert {"loop", "foreach"} <= set(report.ways)
    assert report.not_asked == ()
    assert torch.get_default_dtype() == torch.float32


def test_sgd_is_right_in_a_loop_and_its_foreach_writes_to_the_gradient():
    report = check(torch.optim.SGD, "momentum-sgd", dtype="all", arguments={"foreach": False})
    assert report.asked["f64"][0] < report.asked["f64"][1]
    assert any("decoupled" in line for line in report.not_asked)
    with pytest.raises(Wrong, match="is wrong with foreach.*\n.*\n.*step\\(\\) left .* in the gradient"):
        check(torch.optim.SGD, "momentum-sgd")


def wrong(name, subject="adamw", **given):
    with pytest.raises(Wrong) as error:
        check(getattr(wrong_torch, name), subject, **given)
    return str(error.value)


SAYS = {
    "NoCorrection": "looks like  the biases are not corrected",
    "EpsSquared": "looks like  ε is squared",
    "CoupledDecay": "looks like  the weight decay is in the gradient",
    "DecayWithoutStep": "looks like  the weight decay is not multiplied by the step",
    "WrongSignOfDecay": "returned    x_1[0] = 0.99609375",
    "NoAmsgrad": "looks like  AMSGrad is ignored",
    "CountsFromTwo": "looks like  iterations are counted from 1",
    "LosesState": "returned    x_2[1]",
    "WritesToGradient": "found       step() left [0.03125, 0.0] in the gradient, which was [0.0625, 0.0]",
    "SharedState": "it shares its memory with others, or is random",
    "SinglePrecision": "is wrong, in f64",
    "WrongForeach": "is wrong with foreach, in f64",
    "WrongMaximize": "is wrong with maximize, in f64",
    "WrongShape": "of shape [1], which was a torch.float64 of shape [2]",
    "MixedConventions": "no convention explains all",
    "WrongForeachAndMaximize": "is wrong with foreach and maximize, in f64",
    "DecayOfConstructor": "is wrong with own group, in f64",
    "KeepsGradient": "is wrong with one grad tensor, in f64",
    "MovesCopy": "is wrong with transposed, in f64",
    "NeedsDimension": "is wrong with numbers, in f64",
    "NeedsEntries": "is wrong with beside an empty one, in f64",
    "MemoryInDefaultDtype": "is wrong, in f64",
    "CallsClosureTwice": "found       step(closure) called closure 2 times, right is once",
    "Raises": "found       it raised RuntimeError: amsgrad is broken (wrong_torch.py:",
}


@pytest.mark.parametrize("name", SAYS)
def test_a_planted_error_is_found_and_said(name):
    assert SAYS[name] in wrong(name)


@pytest.mark.parametrize("name", ["NoCorrection", "CoupledDecay", "WrongForeach", "WrongMaximize", "NoAmsgrad", "WritesToGradient"])
def test_the_program_of_a_counterexample_shows_what_was_returned(name):
    lines = pasted(wrong(name))
    printed = shown(lines)
    torch.set_default_dtype(torch.float32)
    assert (said(lines)[0] if " is " in lines[-1] else "[0.03125, 0.0]") in printed


def test_another_convention_is_right_unless_another_is_followed():
    assert check(wrong_torch.EpsInsideRoot, "adamw").conventions == (
        "decay-before-step eps-inside-root eps-added-after-correction max-before-correction",
    )
    message = wrong("EpsInsideRoot", follows="pytorch")
    assert "eps-inside-root: √(v + ε): TensorFlow and optax" in message
    assert "looks like" not in message


def test_what_it_refuses_is_not_asked_and_said():
    report = check(wrong_torch.RefusesAmsgrad, "adamw", dtype="f64")
    asked, of = report.asked["f64"]
    assert report.not_asked[-1] == f"{of - asked} that it refuses (ValueError: no amsgrad here)"
    report = check(wrong_torch.RefusesDoubles, "adamw")
    assert list(report.asked) == ["f32"]
    assert any("f64: TypeError: doubles are not supported" in line for line in report.not_asked)
    with pytest.raises(CannotJudge, match="RefusesDoubles answers nothing in f64: TypeError: doubles are not supported"):
        check(wrong_torch.RefusesDoubles, "adamw", dtype="f64")


@pytest.mark.parametrize(
    ("name", "subject", "says"),
    [
        ("NeedsClosure", "adamw", "NeedsClosure.step needs a closure"),
        ("RaisesAlways", "adamw", "RaisesAlways answers nothing in f64: RuntimeError: never worked"),
        ("OtherNames", "momentum-sgd", "OtherNames has no argument for momentum of momentum-sgd"),
        ("AdamW", "l1", "AdamW is an optimiser, and prox-l1 is a prox"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(name, subject, says):
    with pytest.raises(CannotJudge) as error:
        check(getattr(wrong_torch, name), subject)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_an_optimiser_that_is_made_already_is_refused():
    made = torch.optim.Adam([torch.nn.Parameter(torch.ones(1))])
    with pytest.raises(CannotJudge, match="give the class"):
        check(made, "adam")


def test_lbfgs_needs_a_closure():
    with pytest.raises(CannotJudge, match="closure"):
        check(torch.optim.LBFGS, "sgd")


def test_arguments_say_what_names_do_not():
    names = {"eta": "step", "mu": "momentum", "wd": "weightDecay", "mode": 0}
    report = check(wrong_torch.OtherNames, "momentum-sgd", arguments=names)
    assert report.asked["f64"][0] > 0
    with pytest.raises(CannotJudge, match="OtherNames requires mode"):
        check(wrong_torch.OtherNames, "momentum-sgd", arguments={name: names[name] for name in ("eta", "mu", "wd")})


def test_it_may_print(capsys):
    signprox.check(wrong_torch.Prints, "adamw", dtype="f64")
    assert "stepping" in capsys.readouterr().out


def test_a_prox_of_tensors():
    def l1(y, gamma, weight):
        return torch.sign(y) * torch.clamp(y.abs() - gamma * weight, min=0)

    report = check(l1, "l1", arrays="torch", dtype="all")
    assert list(report.asked) == ["f64", "f32", "f16", "bf16"]
    with pytest.raises(Wrong, match="the threshold is γ instead of γw"):
        check(lambda y, gamma, weight: l1(y, gamma, 1.0), "l1", arrays="torch")


def test_a_step_of_tensors_starts_again_where_a_question_says_so():
    def adamw(x, gradient, lr, beta1, beta2, eps, weight_decay, state=None):
        t, m, v = state or (0, 0, 0)
        t, m, v = t + 1, beta1 * m + (1 - beta1) * gradient, beta2 * v + (1 - beta2) * gradient**2
        return (1 - lr * weight_decay) * x - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps), (t, m, v)

    report = check(adamw, "adamw", arrays="torch", dtype=["f64", "bf16"])
    assert all(0 < count < of for count, of in report.asked.values())
