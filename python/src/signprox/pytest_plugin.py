"""The plugin of pytest: failures that are known, in `signprox.xfail.toml`, and a report of every case, `--signprox-report FILE`."""

from __future__ import annotations

import dataclasses
import functools
import json
import tomllib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import signprox
from signprox._cases import TOGETHER, Case
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


def case_of(item: pytest.Item) -> Case | None:
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
                item.callspec.params["case"] = dataclasses.replace(case, known=ids)  # type: ignore[attr-defined]

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
