"""Judges optimisers and proximal operators by test vectors: `signprox.check(MyAdamW, "adamw")`. It needs the standard library alone."""

from signprox._check import Report, Wrong, check
from signprox._names import CannotJudge
from signprox._vectors import subjects

__version__ = "0.1.0"
__all__ = ["CannotJudge", "Report", "Wrong", "check", "subjects"]
