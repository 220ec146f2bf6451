"""The pytest plugin, run by pytest on files of its own."""

import functools
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

import signprox
from signprox import pytest_plugin

HERE = pathlib.Path(__file__).resolve().parent
BAD = "adamw-97a4b3642ac6"  # A question about AMSGrad.

CASES = """
import plain, signprox

@signprox.cases("adamw", follows="pytorch")
def test_right(case):
    case.check(plain.adamw, arrays="list")

@signprox.cases("l1")
def test_wrong(case):
    case.check(plain.l1_keeps_no_sign, arrays="list")
"""


def run_in(folder, text, *words, xfail=None):
    (folder / "test_mine.py").write_text(text, encoding="utf-8")
    if xfail is not None:
        (folder / "signprox.xfail.toml").write_text(xfail, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent / "src"), str(HERE)]), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pytest", "-p", "signprox.pytest_plugin", "-p", "no:cacheprovider", "--rootdir", ".", "--color=no", "-rA"]
    done = subprocess.run([*command, *words], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def run(tmp_path):
    return functools.partial(run_in, tmp_path)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The run without a file of known failures."""
    return run_in(tmp_path_factory.mktemp("first"), CASES)


@pytest.fixture(scope="module")
def ids(first):
    """The questions about l1 that fail."""
    return [f"prox-l1-{name.rpartition('-')[2]}" for name in ids_that_fail(first[1]) if not name.endswith("together")]


def ids_that_fail(out):
    return sorted({line.split("[")[1].split("]")[0] for line in out.splitlines() if line.startswith("FAILED")})


def test_each_question_is_a_test_whose_name_can_be_read(first):
    status, out = first
    assert status == 1
    assert "PASSED test_mine.py::test_right[adamw-f64-beta1-beta2-epsilon-weight_decay-c4a8cc50812b]" in out
    assert "PASSED test_mine.py::test_right[adamw-f64-together]" in out
    assert "adamw was asked no question of adamw: 1 with amsgrad, which it does not take" in out
    assert "7 skipped" in out
    failing = ids_that_fail(out)
    assert "prox-l1-f64-together" in failing
    assert all(name.startswith("prox-l1-f64-") for name in failing)
    assert "✗ prox-l1: l1_keeps_no_sign is wrong, in f64" in out
    assert re.search(r"^E +signprox\.Wrong: returned \S+, right \S+ at y = ", out, re.MULTILINE)
    # The lines of the test are shown, and none of ours.
    assert "case.check(plain.l1_keeps_no_sign" in out
    assert "raise Wrong" not in out
    assert "_check.py" not in out


def xfail_file(ids, **more):
    words = "".join(f'{key} = "{value}"\n' for key, value in more.items())
    return "\n".join(f'[[xfail]]\nid = "{id}"\nreason = "keeps no sign"\nissue = "https://example.org/1"\n{words}' for id in ids)


def test_what_is_known_to_fail_does_not_fail_the_run_and_what_passes_again_does(run, ids):
    assert len(ids) > 3
    status, out = run(CASES, xfail=xfail_file(ids))
    assert status == 0, out
    assert f"{len(ids)} xfailed" in out
    assert "keeps no sign (https://example.org/1)" in out
    # One that is not in the file fails the run, and the others do not.
    status, out = run(CASES, xfail=xfail_file(ids[1:]))
    assert status == 1
    assert ids_that_fail(out) == sorted([f"prox-l1-f64-{ids[0].rpartition('-')[2]}", "prox-l1-f64-together"])
    # An entry that passes again fails the run.
    status, out = run(CASES.replace("l1_keeps_no_sign", "l1"), xfail=xfail_file(ids[:1]))
    assert status == 1
    assert "[XPASS(strict)] keeps no sign (https://example.org/1)" in out


def test_an_entry_may_be_about_one_test_or_format(run, ids):
    assert run(CASES, xfail=xfail_file(ids, test="test_wrong", dtype="f64"))[0] == 0
    assert run(CASES, xfail=xfail_file(ids, test="test_right"))[0] == 1
    assert run(CASES, xfail=xfail_file(ids, dtype="f32"))[0] == 1


def test_an_entry_does_not_excuse_a_crash(run):
    text = CASES.replace('case.check(plain.l1_keeps_no_sign, arrays="list")', "raise RuntimeError")
    status, out = run(text, xfail=xfail_file(["prox-l1-12ff77a0f711"]))
    assert status == 1
    assert "prox-l1-f64-12ff77a0f711" in ids_that_fail(out)


@pytest.mark.parametrize(
    ("xfail", "says"),
    [
        ("[[xfail]]\nid = 3", "entry 1 must have texts"),
        ('[[xfail]]\nid = "adamw-c4a8cc50812b"', "entry 1 has no reason"),
        ('[[xfail]]\nid = "adamw-000000000000"\nreason = "x"', "there is no question 'adamw-000000000000'"),
        ('[[xfail]]\nid = "nothing"\nreason = "x"', "there is no question 'nothing'"),
        ('[[xfail]]\nid = "adamw-c4a8cc50812b"\nreason = "x"\nissues = "x"', "entry 1 has 'issues'"),
        ("xfail = 3", "must have [[xfail]] tables alone"),
        ("[[skip]]\nid = 1", "must have [[xfail]] tables alone"),
        ("[[xfail]", "signprox.xfail.toml cannot be read"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_in_one_line(tmp_path, xfail, says):
    path = tmp_path / "signprox.xfail.toml"
    path.write_text(xfail, encoding="utf-8")
    with pytest.raises(pytest.UsageError) as error:
        pytest_plugin.read_known(path)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_run_with_such_a_file_ends_before_its_tests(run):
    assert run(CASES, xfail="xfail = 3")[0] == 4


def test_an_entry_that_no_test_asks_is_named(run):
    status, out = run(CASES, "-k", "test_right", xfail=xfail_file(["prox-l1-12ff77a0f711"]))
    assert status == 0
    assert "signprox.xfail.toml: no test here asks prox-l1-12ff77a0f711" in out


def test_the_report_has_every_case(run, ids, tmp_path):
    status, _ = run(CASES, "--signprox-report", "found.json", xfail=xfail_file([ids[0], "prox-l1-12ff77a0f711"]))
    assert status == 1
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["tests"]
    verdicts = {each["question"]: each["verdict"] for each in found}
    assert verdicts[ids[0]] == "known"
    assert verdicts[ids[1]] == "wrong"
    assert verdicts["prox-l1-12ff77a0f711"] == "right again"
    assert verdicts["adamw-c4a8cc50812b"] == "right"
    assert verdicts[BAD] == "not asked"
    assert verdicts["adamw-together"] == "right"
    assert "\n✗ prox-l1: l1_keeps_no_sign is wrong" in next(each["says"] for each in found if each["question"] == ids[1])
    assert run(CASES, "--signprox-report", "nowhere/found.json")[0] == 4


@pytest.mark.parametrize(
    ("subject", "given", "says"),
    [
        ("adamww", {}, "did you mean adamw?"),
        ("adamw", {"follows": "torch"}, "did you mean pytorch?"),
        ("adamw", {"dtype": "f8"}, "there is no format 'f8'"),
        ("fista", {"dtype": "bf16"}, "fista has no questions in bf16"),
    ],
)
def test_a_wrong_name_is_one_line_at_collection(subject, given, says):
    with pytest.raises(signprox.CannotJudge) as error:
        signprox.cases(subject, **given)
    assert says in str(error.value)


def test_answers_that_only_together_are_wrong_fail_together(run):
    text = """
import plain, signprox

@signprox.cases("adamw")
def test_mixed(case):
    case.check(plain.mixed, arrays="list")
"""
    status, out = run(text)
    assert status == 1
    assert ids_that_fail(out) == ["adamw-f64-together"]
    assert "no convention explains all" in out


CONFIGURATION = {
    "implementations": {
        "mine": {"judge": "plain:My_AdamW", "follows": "pytorch"},
        "thresholds": {"judge": "plain:l1_keeps_no_sign", "as": "l1"},
        "unnamed": {"judge": "plain:l1_keeps_no_sign"},
        "missing": {"judge": "plain:nothing", "as": "l1"},
        "program": {"judge": ["python3", "adapter.py"]},
        "web": {"judge": "./shrink.mjs"},
    }
}


def test_a_configuration_has_a_test_for_each_object_and_is_collected_without_judging(tmp_path):
    (tmp_path / "signprox.json").write_text(json.dumps(CONFIGURATION), encoding="utf-8")
    code, out = run_in(tmp_path, "", "--collect-only", "-q", "signprox.json")
    assert code == 0, out
    assert [line for line in out.splitlines() if "::" in line] == [f"signprox.json::{name}" for name in ("mine", "thresholds", "unnamed", "missing")]
    code, out = run_in(tmp_path, "", "--signprox-report", "found.json", "signprox.json")
    assert code == 1, out
    assert "PASSED signprox.json::mine" in out
    assert "✗ prox-l1: l1_keeps_no_sign is wrong, in f64" in out, out
    assert 'l1_keeps_no_sign is no name of a subject: say what it is, as in "as": "adamw"' in out
    assert "plain:nothing is not found" in out
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["tests"]
    assert [(each["subject"], each["verdict"]) for each in found] == [("adamw", "right"), ("prox-l1", "wrong"), ("prox-l1", "error")]


def test_a_known_failure_of_a_configuration_is_left_out_and_must_fail(tmp_path, ids):
    (tmp_path / "pyproject.toml").write_text(
        '[tool.signprox.implementations]\nthresholds = { judge = "plain:l1_keeps_no_sign", as = "l1" }\nright = { judge = "plain:l1", as = "l1" }\n',
        encoding="utf-8",
    )
    entry = '[[xfail]]\nid = "{}"\nreason = "no sign"\ntest = "{}"\n'
    code, out = run_in(tmp_path, "", "pyproject.toml", xfail="".join(entry.format(id, "thresholds") for id in ids))
    assert code == 0, out
    code, out = run_in(tmp_path, "", "pyproject.toml", xfail=entry.format(ids[0], "right"))
    assert code == 1, out
    assert f"{ids[0]} is right again: take it out of signprox.xfail.toml" in out
