"""What every driver does: it asks one object one question, and tells what the object raises from what it refuses."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import traceback
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from signprox._names import CannotJudge
from signprox._vectors import LEVELS, Answer, Question

# By format the dtype of x, as all libraries call it. The memory is the optimiser's own affair.
DTYPES = {"f64": "float64", "f32": "float32", "f16": "float16", "bf16": "bfloat16", "bf16-f32": "bfloat16"}
DTYPES |= {level: "float64" for level in LEVELS}


class NotAsked(Exception):
    """A question that the object does not take. The message ends the sentence "not asked: 3 ..."."""


class Refused(NotAsked):
    """An error of the object's own."""


class Raised(Exception):
    """What the object raised, with its place, in one line."""


class Misbehaved(Exception):
    """What no right step does, besides a wrong x. It happened in step `count`, and the expression `shows` shows it."""

    def __init__(self, message: str, shows: str = "x") -> None:
        super().__init__(message)
        self.shows, self.count = shows, 1


def one_line(error: BaseException) -> str:
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message if len(message) <= 160 else message[:159] + '…'}"


def place_of(error: BaseException) -> str:
    """The line of code that raised it, outside of this folder."""
    here = str(Path(__file__).parent)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(here)]
    return f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""


def name_of(made: Any) -> str:
    made = made.func if isinstance(made, functools.partial) else made
    return str(getattr(made, "__qualname__", type(made).__name__)).rpartition(".")[2]


class Driver:
    """Asks one object. `run` returns the iterates, or raises NotAsked, Misbehaved, or Raised."""

    # Formats that the library has, and those that are asked if nobody says which.
    formats: Sequence[str] = ("f64",)
    usual: Sequence[str] = ("f64",)
    # Ways of making a step, of which the first is asked always and the others if they work.
    ways: Sequence[str] = ("",)
    # The library whose class it extends, as vectors name it: what it does otherwise is said.
    reference: str | None = None
    # Those among them in which an error is a wrong answer.
    musts: Collection[str] = ()

    def __init__(self, made: Any, library: str) -> None:
        self.name, self.library, self.made = name_of(made), library, made
        # What a functools.partial gives.
        self.keywords: dict[str, Any] = made.keywords if isinstance(made, functools.partial) else {}

    def run(self, question: Question, format: str, way: str) -> Answer:
        # What the object raises comes out of here alone: an error in the judge is not one of the object.
        answer: Answer = []
        try:
            for x in self.iterates(question, format, way):
                answer.append(x)
        except Misbehaved as error:
            error.count = len(answer) + 1
            raise
        except (NotAsked, CannotJudge):
            raise
        except NotImplementedError as error:
            raise NotAsked(f"that it refuses ({one_line(error)})") from error
        except (Exception, SystemExit) as error:
            raise Raised(f"{one_line(error)}{place_of(error)}") from error
        return answer

    def iterates(self, question: Question, format: str, way: str) -> Iterator[list[float]]:
        raise NotImplementedError

    def program(self, question: Question, format: str, way: str, count: int, shows: str = "x") -> list[str]:
        """Lines that show the same without this package: x, or what else `shows`, is printed after `count` steps."""
        raise NotImplementedError

    def import_line(self) -> str:
        made = self.made.func if isinstance(self.made, functools.partial) else self.made
        module = getattr(made, "__module__", "__main__")
        if module == "__main__" or "<" in getattr(made, "__qualname__", "<"):
            return f"# {self.name} is what was judged"
        return f"from {module} import {self.name}"


def version_of(library: str) -> str:
    return f"{library} {getattr(importlib.import_module(library), '__version__', '')}".strip()


def refused(error: BaseException) -> Refused:
    return Refused(f"that it refuses ({one_line(error)})")
