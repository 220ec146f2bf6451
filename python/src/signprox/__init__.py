"""Judges optimisers and proximal operators by test vectors: `signprox.check(MyAdamW, "adamw")`. It needs the standard library alone.

`signprox.adapter` is for programs that the command judges, and runs on older Pythons: nothing else is loaded for it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from signprox._cases import Case, cases
    from signprox._check import Report, Wrong, check
    from signprox._names import CannotJudge
    from signprox._vectors import Question, subjects

__version__ = "0.1.0"
__all__ = ["CannotJudge", "Case", "Question", "Report", "Wrong", "cases", "check", "subjects"]

_HOMES = {
    **dict.fromkeys(["Case", "cases"], "_cases"),
    **dict.fromkeys(["Report", "Wrong", "check"], "_check"),
    "CannotJudge": "_names",
    **dict.fromkeys(["Question", "subjects"], "_vectors"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'signprox' has no attribute {name!r}")
    return getattr(importlib.import_module(f"signprox.{_HOMES[name]}"), name)
