"""`cases`: one test for each question, and one for all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from signprox._check import NothingAsked, Report, __tracebackhide__, ask_all, formats_of  # noqa: F401
from signprox._drivers import driver_for
from signprox._names import CannotJudge, snake_case
from signprox._vectors import FORMATS, Question, Suite, load, near

TOGETHER = "together"


@dataclass(frozen=True)
class Case:
    """What a parametrised test gets: a question in a format, or all of them, since one convention must explain all answers."""

    suite: Suite
    format: str
    follows: str | None
    # None for all of them together, except `known`, which are known to fail.
    question: Question | None
    known: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return f"{self.suite.subject}-{TOGETHER}" if self.question is None else self.question.id

    def __str__(self) -> str:
        if self.question is None:
            return f"{self.suite.subject}-{self.format}-{TOGETHER}"
        subject, _, number = self.id.rpartition("-")
        words = [snake_case(name) for name, value in self.question.hyperparameters.items() if value]
        return "-".join([subject, self.format, *words, number])

    def check(self, implementation: Any, *, arguments: Mapping[str, Any] | None = None, arrays: str | None = None) -> Report:
        """As `signprox.check`, for this case alone. A question that the implementation does not take is skipped."""
        driver = driver_for(implementation, self.suite, arguments or {}, arrays)
        formats_of(driver, self.suite, self.format)
        if self.question is None:
            questions = [question for question in self.suite.questions if question.id not in self.known]
            return ask_all(driver, self.suite, questions, [self.format], True, self.follows)
        try:
            return ask_all(driver, self.suite, [self.question], [self.format], True, self.follows)
        except NothingAsked as nothing:
            _skip(str(nothing))


def together(subject: str, format: str, follows: str | None) -> Case:
    """All questions about a subject in a format. Raises `CannotJudge` for what there is not."""
    suite = load(subject)
    suite.convention(follows)
    _questions(suite, format)
    return Case(suite, format, follows, None)


def _questions(suite: Suite, format: str) -> list[Question]:
    if format not in FORMATS:
        raise CannotJudge(f"there is no format {format!r}: {near(format, FORMATS)}")
    questions = [question for question in suite.questions if question.offers(format)]
    if not questions:
        raise CannotJudge(f"{suite.subject} has no questions in {format}")
    return questions


def _skip(why: str) -> NoReturn:
    import pytest

    pytest.skip(why)


def cases(subject: str, *, follows: str | None = None, dtype: str | Iterable[str] = "f64") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """
    Makes a pytest test of each question about a subject; the test has an argument `case`:

        @signprox.cases("adamw", follows="pytorch")
        def test_adamw(case):
            case.check(MyAdamW)

    Raises `CannotJudge` for a subject, a reference or a format that there is not.
    """
    import pytest

    suite = load(subject)
    suite.convention(follows)
    every: list[Case] = []
    for format in [dtype] if isinstance(dtype, str) else dtype:
        every += [Case(suite, format, follows, question) for question in [*_questions(suite, format), None]]
    return pytest.mark.parametrize("case", every, ids=str)
