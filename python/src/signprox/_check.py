"""`check`: asks an implementation the test vectors, and says what is wrong with it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signprox._drivers import driver_for
from signprox._drivers.base import Driver, Misbehaved, NotAsked, Raised, Refused, name_of
from signprox._names import CannotJudge, snake_case
from signprox._vectors import FORMATS, LEVELS, Answer, Asked, Judge, Question, Rows, Suite, first_wrong, load, near, simplest

# Named choices of optimisers that agree with a convention are shown, up to so many.
_MOST_SHOWN = 3


class Wrong(AssertionError):
    """An answer is wrong. The message has what was returned, what is right and the input in its first line, and lines that show it."""

    # So it is printed, and so it is caught.
    __module__ = "signprox"


def __tracebackhide__(raised: Any) -> bool:
    """Tells pytest not to show lines of this module below the test of which they say what is wrong."""
    return bool(raised.errisinstance((Wrong, CannotJudge)))


class NothingAsked(CannotJudge):
    """The implementation takes none of the questions."""


@dataclass(frozen=True)
class Report:
    """What was asked, and with which conventions all of it is right."""

    subject: str
    name: str
    library: str
    # By format, how many of how many questions were asked.
    asked: dict[str, tuple[int, int]]
    ways: tuple[str, ...]
    not_asked: tuple[str, ...]
    conventions: tuple[str, ...]
    agrees_with: tuple[str, ...]
    # What it does otherwise than the library whose class it extends: "not as torch.optim.Adam: eps inside root".
    unlike: str

    def __str__(self) -> str:
        counts = ", ".join(f"{count} of {of} questions in {format}" for format, (count, of) in self.asked.items())
        facts = [("asked", counts + (f"; {', '.join(self.ways)}" if len(self.ways) > 1 else ""))]
        facts += [("not asked", line) for line in self.not_asked]
        if self.agrees_with:
            facts.append(("as", ", ".join(self.agrees_with)))
        if self.conventions not in ((), ("the-rule",)):
            facts.append(("with", self.conventions[0] + (f", or {len(self.conventions) - 1} others" if len(self.conventions) > 1 else "")))
        few = all(2 * count < of for count, of in self.asked.values())
        verdict = f"✓ {self.subject}: {self.name} is right{' in the few questions that it takes' if few else ''}"
        return screen(verdict + (f", but {self.unlike}" if self.unlike else ""), self.library, facts)


def screen(verdict: str, library: str, facts: Iterable[tuple[str, str]], lines: Iterable[str] = (), first: str = "") -> str:
    """What is found, below a first line that says all where only that is shown."""
    head = f"{verdict}{' ' * max(2, 80 - len(verdict) - len(library))}{library}"
    told = [f"    {name:<12}{value}" for name, value in facts]
    return "\n".join([*([first] if first else []), head, "", *told, *(["", *(f"        {line}" for line in lines)] if lines else [])])


def check(
    implementation: Any,
    subject: str,
    *,
    follows: str | None = None,
    dtype: str | Iterable[str] | None = None,
    arguments: Mapping[str, Any] | None = None,
    arrays: str | None = None,
    timeout: float | None = None,
) -> Report:
    """
    Judges an implementation by the test vectors of `subject`, such as `adamw` or `l1`.

    `implementation` is a class of PyTorch optimisers, or a function `step(x, gradient, lr, ...)`, `prox(y, gamma, ...)`, `value(u, ...)` or
    `gradient(u, ...)`. What its arguments mean is read from their names.

    `follows` names a paper or library whose conventions it must have, such as `pytorch`; without it any convention is right, if it explains all
    answers. `dtype` is a format or several of f64, f32, f16, bf16 and bf16-f32 (an x of bf16 whose memory is in f32), or `all` but the last;
    for a prox by iteration it is the accuracy that it claims: 1e-4, 1e-8 or 1e-12. `arguments` has the values of other
    arguments, or says what an argument means: `{"wd": "weightDecay"}`. `arrays` is what functions get: `numpy`, `torch`, `jax` or `list`. With
    `timeout` in seconds it runs in a process of its own, which may hang or die; without, one that ends the process ends the tests too.

    Raises `Wrong`, with the smallest counterexample, and `CannotJudge` if nothing can be found out.
    """
    if timeout is not None:
        given = (implementation, subject, follows, None if dtype is None else dtype if isinstance(dtype, str) else list(dtype), arguments, arrays)
        return _isolated(given, timeout)
    suite = load(subject)
    driver = driver_for(implementation, suite, arguments or {}, arrays)
    return ask_all(driver, suite, suite.questions, formats_of(driver, suite, dtype), dtype is not None, follows)


def formats_of(driver: Driver, suite: Suite, dtype: str | Iterable[str] | None) -> list[str]:
    """The formats that are asked for, which the library must have."""
    if dtype is None and not any(question.offers(format) for question in suite.questions for format in FORMATS if format not in LEVELS):
        raise CannotJudge(f"{suite.subject} has no closed form: say which accuracy {driver.name} claims, as in dtype='{LEVELS[1]}'")
    if dtype is None:
        return [format for format in driver.usual if format in driver.formats] or [driver.formats[0]]
    own = [format for format in driver.formats if format != "bf16-f32" and any(question.offers(format) for question in suite.questions)]
    wanted = own if dtype == "all" else [dtype] if isinstance(dtype, str) else list(dtype)
    for each in wanted:
        if each not in FORMATS:
            raise CannotJudge(f"there is no format {each!r}: {near(each, FORMATS)}")
        if each not in driver.formats:
            raise CannotJudge(f"{driver.library} has no {each} here: choose one of {', '.join(driver.formats)}")
    return wanted


def ask_all(driver: Driver, suite: Suite, questions: list[Question], formats: list[str], demanded: bool, follows: str | None) -> Report:
    """Asks the questions in each format and each way, and judges all answers together."""
    judge, ways, not_asked, asked = Judge(suite, follows), list(driver.ways), [], {}
    refusals: dict[str, set[str]] = {}
    refused: list[str] = []
    for format in formats:
        offered = [question for question in questions if question.offers(format)]
        raised: list[tuple[Question, str, str]] = []
        for question in offered:
            for way in list(ways):
                try:
                    iterates = _answer_to(driver, question, format, way)
                except NotAsked as no:
                    refusals.setdefault(str(no), set()).add(question.id)
                    break
                except Raised as what:
                    if way != ways[0] and way not in driver.musts and not any(each.way == way for each in judge.answers):
                        ways.remove(way)
                        not_asked.append(f"{way}: {what}")
                        continue
                    raised.append((question, way, str(what)))
                    break
                except Misbehaved as no:
                    raise Wrong(_misbehaved(driver, question, format, way, str(no), no.count, no.shows)) from None
                judge.take(question, format, way, iterates)
        if raised and judge.count(format) == 0:
            if demanded:
                raise CannotJudge(f"{driver.name} answers nothing in {format}: {raised[0][2]}")
            refused.append(f"{format}: {raised[0][2]}")
            continue
        if raised:
            question, way, error = raised[0]
            raise Wrong(_misbehaved(driver, question, format, way, f"it raised {error}"))
        asked[format] = (judge.count(format), len(offered))
        if not judge.left and judge.answers:
            raise Wrong(_wrong(driver, judge, format))
    if not judge.answers and refused:
        raise CannotJudge(f"{driver.name} answers nothing in {refused[0]}")
    if not judge.answers:
        why = "; ".join(f"{len(ids)} {reason}" for reason, ids in refusals.items()) or f"there is none in {', '.join(formats)}"
        raise NothingAsked(f"{driver.name} was asked no question of {suite.subject}: {why}")
    _ask_again(driver, judge)
    not_asked += refused + [f"{len(ids)} {reason}" for reason, ids in refusals.items()]
    conventions = tuple(suite.conventions[c] for c in sorted(judge.left))
    agrees = tuple(reference["source"] for reference in suite.references.values() if reference["convention"] in judge.left)
    return Report(suite.subject, driver.name, driver.library, asked, tuple(ways), tuple(not_asked), conventions, agrees, _unlike(driver, judge))


def _unlike(driver: Driver, judge: Judge) -> str:
    own = judge.suite.references.get(driver.reference or "")
    # What is on file of a library may be older than the library itself.
    is_library = str(getattr(driver.made, "__module__", "")).partition(".")[0] == driver.library.partition(" ")[0]
    if judge.follows is not None or own is None or own["convention"] in judge.left or is_library:
        return ""
    wanted = judge.suite.conventions[own["convention"]].split()
    words = [word.replace("-", " ") for word in judge.suite.conventions[min(judge.left)].split() if word not in wanted]
    return f"not as {own['source'].rstrip('0123456789. ')}: {', '.join(words)}"


def _answer_to(driver: Driver, question: Question, format: str, way: str) -> Answer:
    """What the object answers; nothing at all, where it raises an error and may."""
    try:
        return driver.run(question, format, way)
    except (Refused, Raised):
        if question.may_refuse(format):
            return []
        raise


def _ask_again(driver: Driver, judge: Judge) -> None:
    """Asks the first question again: an optimiser that begins with the memory of another one answers something else."""
    first = judge.answers[0]
    again = _answer_to(driver, first.question, first.format, first.way)
    if repr(again) != repr(first.iterates):
        text = f"it returned {again} when it was asked again, and first {first.iterates}: it shares its memory with others, or is random"
        raise Wrong(_misbehaved(driver, first.question, first.format, first.way, text))


def _head(driver: Driver, subject: str, format: str, way: str) -> tuple[str, str]:
    how = f" with {way}" if way not in ("", driver.ways[0]) else ""
    return f"✗ {subject}: {driver.name} is wrong{how}, in {format}", driver.library


def _misbehaved(driver: Driver, question: Question, format: str, way: str, what: str, count: int = 4, shows: str = "x") -> str:
    head = _head(driver, question.subject, format, way)
    return screen(*head, [("found", what), ("question", question.id)], _program(driver, question, format, way, count, shows), what)


def _program(driver: Driver, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
    try:
        return driver.program(question, format, way, count, shows)
    except NotAsked:
        return []


def _entry(question: Question, t: int, i: int) -> str:
    return {"value": "r(u)", "gradient": f"∇r(u)[{i}]", None: f"x_{t + 1}[{i}]"}.get(question.kind, f"u[{i}]")


def _wrong(driver: Driver, judge: Judge, format: str) -> str:
    """What is wrong, where one convention does not explain the answers."""
    suite, found = judge.suite, judge.counterexample()
    if judge.follows is not None and judge.any_left:
        own = " or ".join(suite.conventions[c] for c in sorted(judge.any_left)[:_MOST_SHOWN])
        wanted = suite.conventions[judge.usual]
        facts = [("it has", own), (judge.follows, wanted)]
        differ = [(word, suite.choices[word]) for word in own.split() if word not in wanted.split() and word in suite.choices]
        facts += [("", f"{word}: {text}") for word, text in differ]
    else:
        facts = [("looks like", " or ".join(like))] if (like := judge.looks_like(found.format if found else format)) else []
    if found is None:
        return _contradicting(driver, judge, format, facts)
    verdict, library = _head(driver, suite.subject, found.format, found.way)
    facts += _counterexample(judge, found)
    with contextlib.suppress(NotAsked, Raised, Misbehaved):
        again = _answer_to(driver, found.question, found.format, found.way)
        if repr(again) != repr(found.iterates):
            t, i = first_wrong([[[repr(v), repr(v)] for v in x] for x in found.iterates], again) or (0, 0)
            entry = f"{_entry(found.question, t, i)} = {_at(again, t, i)} for {_at(found.iterates, t, i)}"
            facts.append(("asked again", f"{entry}: it shares its memory with others, or is random"))
    return screen(verdict, library, facts, _program_of(driver, judge, found), _in_short(judge, found))


def _in_short(judge: Judge, found: Asked) -> str:
    """`returned -0.094, right -0.075 at x = [1], γ = 0.5`, with the fewest digits, four at least, that tell both apart."""
    t, i = first_wrong(found.question.usual(found.format, judge.usual), found.iterates) or (0, 0)
    returned, right = _at(found.iterates, t, i), _right(judge, found, t, i).partition(";")[0]
    with contextlib.suppress(ValueError):
        shorter = ([f"{float(text):.{digits}g}" for text in (returned, right)] for digits in range(4, 17))
        returned, right = next((pair for pair in shorter if pair[0] != pair[1]), (returned, right))
    return f"returned {returned}, right {right} at {_counterexample(judge, found)[0][1]}"


def _program_of(driver: Driver, judge: Judge, found: Asked) -> list[str]:
    t, i = first_wrong(found.question.usual(found.format, judge.usual), found.iterates) or (0, 0)
    lines = _program(driver, found.question, found.format, found.way, t + 1)
    right = _right(judge, found, t, i).partition(";")[0]
    return [*lines[:-1], f"{lines[-1]}  # {_entry(found.question, t, i)} is {_at(found.iterates, t, i)}, right is {right}"] if lines else []


def _at(iterates: Answer, t: int, i: int) -> str:
    return repr(iterates[t][i]) if t < len(iterates) and i < len(iterates[t]) else "nothing"


def _right(judge: Judge, found: Asked, t: int, i: int) -> str:
    """The right number by the usual convention, and those of others that differ."""
    rows = [found.question.usual(found.format, judge.usual)]
    rows += [each for conventions, each in found.question.answers(found.format) if conventions & judge.wanted]
    usual, *others = dict.fromkeys(_simplest_at(each, t, i) for each in rows)
    more = f", {len(others) - _MOST_SHOWN} more" if len(others) > _MOST_SHOWN else ""
    return usual + (f"; by other conventions {', '.join(others[:_MOST_SHOWN])}{more}" if others else "")


def _simplest_at(rows: Rows, t: int, i: int) -> str:
    if isinstance(rows, str):
        return "an error"
    return simplest(rows[t][i]) if t < len(rows) and i < len(rows[t]) else "no number"


def _numbers(values: Iterable[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _counterexample(judge: Judge, found: Asked) -> list[tuple[str, str]]:
    question = found.question
    t, i = first_wrong(question.usual(found.format, judge.usual), found.iterates) or (0, 0)
    if question.kind is not None:
        own = [f"{snake_case(name)} = {value}" for name, value in question.raw["function"].items() if name != "type"]
        point = f"y = [{_numbers(question.x)}], γ = {question.step:g}" if "step" in question.raw else f"u = [{_numbers(question.x)}]"
        at = [point, ", ".join(own)]
    else:
        # A hyperparameter of 0 does nothing.
        used = {snake_case(name): value for name, value in question.hyperparameters.items() if value}
        at = [
            f"x = [{_numbers(question.x)}], γ = {_numbers(question.steps[: t + 1])}",
            ", ".join(name if value is True else f"{name} = {value:g}" for name, value in used.items()),
            f"gradients {', '.join(f'[{_numbers(g)}]' for g in question.gradients[: t + 1])}",
        ]
    told = [line for line in at if line]
    return [
        *zip(["at", *[""] * len(told)], told),
        ("returned", f"{_entry(question, t, i)} = {_at(found.iterates, t, i)}"),
        ("right is", _right(judge, found, t, i)),
        ("question", question.id),
    ]


def _contradicting(driver: Driver, judge: Judge, format: str, facts: list[tuple[str, str]]) -> str:
    """Where each answer is right by some convention, and all are by none: those that contradict each other."""
    verdict, library = _head(driver, judge.suite.subject, format, "")
    found = judge.contradiction()
    words = [_common_words(judge.suite, asked.right & judge.wanted) for asked in found]
    shared = set.intersection(*map(set, words))
    told = [
        ("", f"{asked.question.id} by {' '.join(word for word in own if word not in shared) or 'none that the others allow'}")
        for asked, own in zip(found, words)
    ]
    facts = [*facts, ("found", "each answer is right by some convention, and no convention explains all:"), *told]
    return screen(verdict, library, facts, _program(driver, found[-1].question, found[-1].format, found[-1].way, 4))


def _common_words(suite: Suite, conventions: set[int]) -> list[str]:
    """The choices that all of the conventions make."""
    first, *others = [suite.conventions[c].split() for c in sorted(conventions)]
    return [word for word in first if all(word in other for other in others)]


def _isolated(given: tuple[Any, ...], timeout: float) -> Report:
    """`check` in a process of its own."""
    name = name_of(given[0])
    try:
        sent = pickle.dumps((sys.path, given))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise CannotJudge(f"with a timeout {name} must be importable from a module: {error}") from None
    if getattr(given[0], "__module__", None) == "__main__":
        raise CannotJudge(f"with a timeout {name} must be importable: it is defined in the script that runs, so move it to a module")
    with tempfile.TemporaryDirectory(prefix="signprox-") as folder:
        path = Path(folder, "said")
        code = "import sys; from signprox._check import _answer; _answer(sys.stdin.buffer.read(), sys.argv[1])"
        command = [sys.executable, "-c", code, str(path)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(each or os.getcwd() for each in sys.path)}
        try:
            done = subprocess.run(command, input=sent, capture_output=True, timeout=timeout, env=environment, check=False)
        except subprocess.TimeoutExpired:
            raise Wrong(f"✗ {given[1]}: {name} did not answer within {timeout:g} s") from None
        if not path.exists():
            last = (done.stderr.decode(errors="replace").strip().splitlines() or [""])[-1]
            raise Wrong(f"✗ {given[1]}: {name} ended its process with exit code {done.returncode}{f': {last}' if last else ''}")
        kind, value = pickle.loads(path.read_bytes())
    if kind == "right":
        return Report(**value)
    raise {"wrong": Wrong, "cannot": CannotJudge}[kind](value)


def _answer(sent: bytes, path: str) -> None:
    given: tuple[Any, ...]
    sys.path[:], given = pickle.loads(sent)
    implementation, subject, follows, dtype, arguments, arrays = given
    try:
        report = check(implementation, subject, follows=follows, dtype=dtype, arguments=arguments, arrays=arrays)
        said: tuple[str, Any] = ("right", {field.name: getattr(report, field.name) for field in dataclasses.fields(report)})
    except Wrong as wrong:
        said = ("wrong", str(wrong))
    except CannotJudge as cannot:
        said = ("cannot", str(cannot))
    part = Path(f"{path}.part")
    part.write_bytes(pickle.dumps(said))
    part.rename(path)
