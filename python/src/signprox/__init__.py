"""Judges optimisers and proximal operators by test vectors: `signprox.check(MyAdamW, "adamw")`. It needs the standard library alone."""

from signprox._cases import Case, cases
from signprox._check import Report, Wrong, check
from signprox._names import CannotJudge
from signprox._vectors import Question, subjects

__version__ = "0.1.0"
__all__ = ["CannotJudge", "Case", "Question", "Report", "Wrong", "cases", "check", "subjects"]
