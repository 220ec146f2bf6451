"""The plugin of pytest: what a configuration lists, failures that are known, in `signprox.xfail.toml`, and a report of every case,
`--signprox-report FILE`."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import json
import re
import sys
import tomllib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import signprox
from signprox._cases import TOGETHER, Case, together
from signprox._vectors import load

XFAIL = "signprox.xfail.toml"
_KEYS = {"id": True, "reason": True, "issue": False, "test": False, "dtype": False}


@dataclass(frozen=True)
class Known:
    """A failure that is known: the id of a question, and if it is not so in all, the name of the test and the format."""

    id: str
    reason: str
    issue: str = ""
    test: str = ""
    dtype: str = ""

    def is_about(self, item: pytest.Item, case: Case) -> bool:
        name = getattr(item, "originalname", item.name)
        return self.id == case.id and self.test in ("", name) and self.dtype in ("", case.format)


def read_known(path: Path) -> list[Known]:
    """The entries of a file; none if there is no file."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise pytest.UsageError(f"{path.name} cannot be read: {error}") from None
    known = entries.get("xfail", [])
    if set(entries) - {"xfail"} or not isinstance(known, list):
        raise pytest.UsageError(f"{path.name} must have [[xfail]] tables alone, each with id and reason")
    return [_entry(path.name, number, entry) for number, entry in enumerate(known, 1)]


def _entry(file: str, number: int, entry: Any) -> Known:
    where = f"{file}: entry {number}"
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise pytest.UsageError(f"{where} must have texts: id and reason, and if you like issue, test and dtype")
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise pytest.UsageError(f"{where} has {unknown[0]!r}: an entry has {', '.join(_KEYS)}")
    missing = [key for key, needed in _KEYS.items() if needed and not entry.get(key, "").strip()]
    if missing:
        raise pytest.UsageError(f"{where} has no {missing[0]}: say why it fails, and of which question")
    if not _exists(entry["id"]):
        raise pytest.UsageError(f"{where}: there is no question {entry['id']!r}: copy the id that a failure names, such as adamw-c4a8cc50812b")
    return Known(**entry)


def _exists(id: str) -> bool:
    subject = id.rpartition("-")[0]
    try:
        return subject in signprox.subjects() and (id.endswith(f"-{TOGETHER}") or any(id == each.id for each in load(subject).questions))
    except signprox.CannotJudge:
        return False


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("signprox")
    group.addoption("--signprox-report", metavar="FILE", help="write what was found of each case of signprox to this JSON file")


def pytest_configure(config: pytest.Config) -> None:
    known = read_known(config.rootpath / XFAIL)
    path = config.getoption("--signprox-report")
    if path is not None and not Path(path).resolve().parent.is_dir():
        raise pytest.UsageError(f"--signprox-report {path}: there is no such folder")
    config.pluginmanager.register(Cases(known, None if path is None or hasattr(config, "workerinput") else Path(path)), "signprox-cases")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A configuration that the command reads too; nothing is judged while it is collected."""
    part = _PARTS.get(file_path.name)
    return None if part is None else Configuration.from_parent(parent, path=file_path)


# Where a configuration may stand, and how it is found in the file.
_PARTS: dict[str, Callable[[str], Any]] = {
    "signprox.json": json.loads,
    "pyproject.toml": lambda text: tomllib.loads(text).get("tool", {}).get("signprox"),
    "package.json": lambda text: json.loads(text).get("signprox"),
}


class Configuration(pytest.File):
    """What a configuration lists: each object of Python is a test. Programs, and what is in another language, are for the command."""

    def collect(self) -> Iterator[pytest.Item]:
        try:
            part = _PARTS[self.path.name](self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            if self.path.name != "signprox.json":
                # Somebody else's file, which need not be read for us.
                return
            raise self.CollectError(f"{self.path.name} cannot be read: {error}") from None
        listed = part.get("implementations", {}) if isinstance(part, dict) else {}
        for name, one in listed.items() if isinstance(listed, dict) else []:
            judge = one.get("judge") if isinstance(one, dict) else None
            if isinstance(judge, str) and re.fullmatch(r"[^\W\d][\w.]*:[\w.]+", judge):
                yield Implementation.from_parent(self, name=name, asked=one)


class Implementation(pytest.Item):
    """One implementation of a configuration: all questions about what it is judged as."""

    def __init__(self, *, asked: dict[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self.asked = asked
        self.why: signprox.CannotJudge | None = None
        self.case: Case | None = None
        try:
            self.case = together(_meant(asked), asked.get("dtype", "f64"), asked.get("follows"))
        except signprox.CannotJudge as why:
            # The other tests are to be collected.
            self.why = why

    def runtest(self) -> None:
        if self.case is None:
            raise self.why or signprox.CannotJudge("nothing to ask")
        folder = str(self.path.parent)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        module, _, name = self.asked["judge"].partition(":")
        try:
            found = functools.reduce(getattr, name.split("."), importlib.import_module(module))
        except (ImportError, AttributeError) as error:
            raise signprox.CannotJudge(f"{self.asked['judge']} is not found: {error}") from None
        arguments = self.asked.get("arguments")
        self.case.check(found, arguments=arguments)
        for question in self.case.suite.questions:
            if question.id not in self.case.known or not question.offers(self.case.format):
                continue
            try:
                dataclasses.replace(self.case, question=question).check(found, arguments=arguments)
            except signprox.Wrong:
                continue
            raise signprox.CannotJudge(f"{question.id} is right again: take it out of {XFAIL}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, (signprox.Wrong, signprox.CannotJudge)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.name}: {self.asked['judge']}"


def _meant(asked: dict[str, Any]) -> str:
    """What it is judged as: what is said, or else the subject that its name is, such as AdamW or MyAdamW; any other word may name a variant."""
    if "as" in asked:
        return str(asked["as"])
    name = re.split(r"[.:]", asked["judge"])[-1]
    word = name.lower().replace("_", "").removeprefix("my")
    subject = next((each for each in signprox.subjects() if each.replace("-", "") == word), None)
    if subject is None:
        raise signprox.CannotJudge(f'{name} is no name of a subject: say what it is, as in "as": "adamw"')
    return subject


def case_of(item: pytest.Item) -> Case | None:
    if isinstance(item, Implementation):
        return item.case
    callspec = getattr(item, "callspec", None)
    case = None if callspec is None else callspec.params.get("case")
    return case if isinstance(case, Case) else None


class Cases:
    """What one session knows."""

    def __init__(self, known: Sequence[Known], report: Path | None) -> None:
        self.known, self.report = known, report
        self.used: set[Known] = set()
        self.found: list[dict[str, str]] = []

    # After others, which may leave tests out.
    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            case = case_of(item)
            if case is None:
                continue
            for known in self.known:
                if known.is_about(item, case):
                    self.used.add(known)
                    reason = f"{known.reason}{f' ({known.issue})' if known.issue else ''}"
                    item.add_marker(pytest.mark.xfail(reason=reason, raises=signprox.Wrong, strict=True))
            if case.question is None:
                about = functools.partial(_is_known, item, case, self.known)
                ids = frozenset(question.id for question in case.suite.questions if about(question))
                asked = dataclasses.replace(case, known=ids)
                if isinstance(item, Implementation):
                    item.case = asked
                else:
                    item.callspec.params["case"] = asked  # type: ignore[attr-defined]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        case = case_of(item)
        if case is not None and (report.when == "call" or report.outcome != "passed"):
            said = call.excinfo.value if call.excinfo is not None else getattr(report, "wasxfail", "")
            is_ours = call.excinfo is None or isinstance(said, (signprox.Wrong, signprox.CannotJudge, pytest.skip.Exception))
            told = str(said) if is_ours else f"{type(said).__name__}: {said}"
            found = {"subject": case.suite.subject, "question": case.id, "dtype": case.format, "verdict": verdict_of(report, call), "says": told}
            report.user_properties.append(("signprox", json.dumps(found)))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        # With several processes the reports of all come to the one that writes.
        self.found += [{"test": report.nodeid, **json.loads(str(value))} for name, value in report.user_properties if name == "signprox"]

    def pytest_sessionfinish(self) -> None:
        if self.report is None:
            return
        text = json.dumps({"format": "signprox-pytest-1", "signprox": signprox.__version__, "tests": self.found}, indent=2, ensure_ascii=False)
        self.report.write_text(f"{text}\n", encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for known in self.known:
            if known not in self.used and not hasattr(terminalreporter.config, "workerinput"):
                terminalreporter.write_line(f"{XFAIL}: no test here asks {known.id}{f' in {known.dtype}' if known.dtype else ''}", yellow=True)


def _is_known(item: pytest.Item, case: Case, known: Sequence[Known], question: Any) -> bool:
    one = dataclasses.replace(case, question=question)
    return any(each.is_about(item, one) for each in known)


def verdict_of(report: pytest.TestReport, call: pytest.CallInfo[None]) -> str:
    """What is found of a case: right, wrong, known (to be wrong), right again, not asked, or error."""
    if hasattr(report, "wasxfail"):
        return "known" if report.outcome == "skipped" else "right again"
    if report.outcome == "passed":
        return "right"
    if report.outcome == "skipped":
        return "not asked"
    if call.excinfo is None:
        return "right again"
    return "wrong" if isinstance(call.excinfo.value, signprox.Wrong) else "error"
