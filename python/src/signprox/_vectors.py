"""Reads the test vectors, and judges answers by them. The rule is that of `signprox vectors check`: one convention must explain every answer.

An answer is a list of iterates x^1, ..., x^T, each a list of floats; that of a prox, a value or a gradient is one point, and that of who refuses is
empty.
"""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signprox._names import CannotJudge

Answer = list[list[float]]
Interval = str | list[str]
# The intervals of each iterate, or "refuses" in their place.
Rows = list[list[Interval]] | str

# The accuracies that a prox by iteration may claim; it computes in doubles.
LEVELS = ("1e-4", "1e-8", "1e-12")
FORMATS = ("f64", "f32", "f16", "bf16", "bf16-f32", *LEVELS)

# What is asked of a function, as its subjects begin; without one of these a name is that of a prox.
KINDS = ("prox", "value", "gradient", "policy")

_HERE = Path(__file__).resolve().parent
# A wheel has the vectors beside this file; a checkout has them where all languages read them.
FOLDER = next((each for each in (_HERE / "v1", _HERE.parents[2] / "fixtures/vectors/v1") if each.is_dir()), _HERE / "v1")
_BESIDE = {"manifest", "kills"}


def near(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known: the nearest that is, or all of them."""
    known = sorted(known)
    found = difflib.get_close_matches(word, known, 1)
    return f"did you mean {found[0]}?" if found else f"choose one of {', '.join(known)}"


@dataclass(frozen=True)
class Question:
    """One vector: what is asked, and what is right."""

    subject: str
    raw: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def kind(self) -> str | None:
        """What is asked of a function: one of KINDS; None of an optimiser."""
        return kind_of(self.subject)

    @property
    def step(self) -> float:
        """The step of a prox."""
        return float(self.raw.get("step", 1))

    def may_refuse(self, format: str) -> bool:
        return any(rows == "refuses" for _, rows in self.answers(format))

    @property
    def x(self) -> list[float]:
        """x^0, or the point of a prox."""
        return [float(v) for v in self.raw["x"]]

    @property
    def shape(self) -> list[int]:
        return [int(n) for n in self.raw.get("shape", [len(self.raw["x"])])]

    @property
    def resets(self) -> bool:
        """Whether each step starts at x^0; the memory stays."""
        return self.raw.get("start") == "reset"

    @property
    def steps(self) -> list[float]:
        return [float(v) for v in self.raw["steps"]]

    @property
    def gradients(self) -> list[list[float]]:
        return [[float(v) for v in g] for g in self.raw["gradients"]]

    @functools.cached_property
    def hyperparameters(self) -> dict[str, float | bool]:
        return {k: v if isinstance(v, bool) else float(v) for k, v in self.raw.get("hyperparameters", {}).items()}

    def offers(self, format: str) -> bool:
        return any(format in answer for answer in self.raw["answers"])

    def answers(self, format: str) -> list[tuple[set[int], Rows]]:
        """Each accepted answer, with the conventions of which it is the answer."""
        return [(set(answer["conventions"]), answer[format]) for answer in self.raw["answers"] if format in answer]

    def right_by(self, format: str, iterates: Answer) -> set[int]:
        """The conventions by which the iterates are right."""
        return {c for conventions, rows in self.answers(format) if fits(rows, iterates) for c in conventions}

    def usual(self, format: str, convention: int) -> Rows:
        return next(rows for conventions, rows in self.answers(format) if convention in conventions)


@dataclass(frozen=True)
class Suite:
    """The vectors of an algorithm, or of the prox of a function."""

    subject: str
    statement: str
    conventions: list[str]
    choices: dict[str, str]
    references: dict[str, dict[str, Any]]
    forms: list[str]
    questions: list[Question]

    def convention(self, follows: str | None) -> int | None:
        if follows is None:
            return None
        if follows not in self.references:
            known = near(follows, self.references) if self.references else "leave `follows` out"
            raise CannotJudge(f"nothing is known of {follows} for {self.subject}: {known}")
        return int(self.references[follows]["convention"])


def kind_of(subject: str) -> str | None:
    """What the questions of a subject ask of a function; None if it is an optimiser."""
    return next((kind for kind in KINDS if subject.startswith(f"{kind}-")), None)


def subjects() -> list[str]:
    """The names of what there are vectors for."""
    return sorted({path.stem for path in FOLDER.glob("*.json")} - _BESIDE)


@functools.cache
def load(subject: str) -> Suite:
    """The vectors of a subject, such as `adamw`, `prox-l1` or `l1`."""
    names = subjects()
    name = next((each for each in (subject, f"prox-{subject}") if each in names), None)
    if name is None:
        known = [each.removeprefix("prox-") for each in names]
        raise CannotJudge(f"there are no vectors for {subject!r}: {near(subject.removeprefix('prox-'), known)}")
    raw = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Suite(
        name,
        raw["statement"],
        raw["conventions"],
        raw["choices"],
        raw["references"],
        raw["forms"],
        [Question(name, vector) for vector in raw["vectors"]],
    )


def is_right(x: float, interval: Interval) -> bool:
    if interval == "any":
        return True
    if isinstance(interval, str):
        return str(x) == interval
    return float(interval[0]) <= x <= float(interval[1])


def is_near(x: float, form: float | str, interval: Interval) -> bool:
    """Whether x is what a wrong form answers, whose digits are seven, by the width of what is right."""
    if isinstance(form, str):
        return is_right(x, form)
    width = 0.0 if isinstance(interval, str) else float(interval[1]) - float(interval[0])
    return interval == "any" or abs(x - form) <= max(width, 1e-6 * max(1.0, abs(form)))


def fits(rows: Rows, iterates: Answer) -> bool:
    return first_wrong(rows, iterates) is None


def first_wrong(rows: Rows, iterates: Answer) -> tuple[int, int] | None:
    """The first entry that is not right, as the number of the iterate from 0 on and the place in it."""
    if isinstance(rows, str):
        return (0, 0) if iterates else None
    for t, row in enumerate(rows):
        found = iterates[t] if t < len(iterates) else []
        for i, interval in enumerate(row):
            if i >= len(found) or not is_right(found[i], interval):
                return t, i
        if len(found) > len(row):
            return t, len(row)
    return (len(rows), 0) if len(iterates) > len(rows) else None


def simplest(interval: Interval) -> str:
    """The number of fewest digits in an interval."""
    if isinstance(interval, str):
        return interval
    lower, upper = float(interval[0]), float(interval[1])
    middle = lower / 2 + upper / 2
    texts = [format(middle, f".{digits}g") for digits in range(1, 18)]
    return next((text for text in texts if lower <= float(text) <= upper), repr(middle))


@dataclass
class Asked:
    """An answer to one question, in one format and one way of making a step."""

    question: Question
    format: str
    way: str
    iterates: Answer
    right: set[int]


class Judge:
    """Takes answers one by one."""

    def __init__(self, suite: Suite, follows: str | None = None) -> None:
        self.suite, self.follows = suite, follows
        wanted = suite.convention(follows)
        self.everything = set(range(len(suite.conventions)))
        self.wanted = self.everything if wanted is None else {wanted}
        self.usual = min(self.wanted)
        # What explains all answers so far: of the conventions that are wanted, and of all.
        self.left, self.any_left = set(self.wanted), set(self.everything)
        self.answers: list[Asked] = []

    def take(self, question: Question, format: str, way: str, iterates: Answer) -> None:
        right = question.right_by(format, iterates)
        self.answers.append(Asked(question, format, way, iterates, right))
        self.left &= right
        self.any_left &= right

    def count(self, format: str) -> int:
        return len({asked.question.id for asked in self.answers if asked.format == format})

    def counterexample(self) -> Asked | None:
        """The shortest answer that is wrong by every convention that is wanted."""
        wrong = [asked for asked in self.answers if not asked.right & self.wanted]
        return min(wrong, key=self._length, default=None)

    def _length(self, asked: Asked) -> tuple[int, int, int, int, str]:
        question = asked.question
        flags = sum(bool(v) for v in question.hyperparameters.values())
        t, _ = first_wrong(question.usual(asked.format, self.usual), asked.iterates) or (0, 0)
        numbers = [question.raw[name] for name in ("x", "step", "steps", "gradients", "hyperparameters") if name in question.raw]
        return t, flags, len(question.x), len(repr(numbers)), question.id

    def contradiction(self) -> list[Asked]:
        """Two answers, each right by some convention, which no convention explains together; or the last of those that none does."""
        for i, one in enumerate(self.answers):
            for other in self.answers[:i]:
                if not one.right & other.right & self.wanted:
                    return [other, one]
        left = set(self.wanted)
        for asked in self.answers:
            left &= asked.right
            if not left:
                return [asked]
        return []

    def looks_like(self, format: str) -> list[str]:
        """The known wrong forms that explain all answers in a format."""
        return [name for f, name in enumerate(self.suite.forms) if all(self._is_form(f, each) for each in self.answers if each.format == format)]

    def _is_form(self, form: int, asked: Asked) -> bool:
        told: Sequence[Sequence[float | str]] | None = asked.question.raw["looksLike"].get(str(form))
        if told is None:
            return self.usual in asked.right
        usual = asked.question.usual(asked.format, self.usual)
        rows: Sequence[Sequence[Any]] = [["refuses"] * len(like) for like in told] if isinstance(usual, str) else usual
        if [len(row) for row in rows] != [len(x) for x in asked.iterates]:
            return False
        return all(
            is_near(x, like, interval) for row, like_row, found in zip(rows, told, asked.iterates) for interval, like, x in zip(row, like_row, found)
        )
