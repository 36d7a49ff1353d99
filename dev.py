#!/usr/bin/env python3
"""Set up, run, test and check dafeng. Needs Python 3.11 or newer; everything else it installs into .venv/."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Iterable, List, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / "dafeng-setup.json"
LOCKS = ROOT / "requirements"
VENDOR = ROOT / "src" / "dafeng" / "web" / "static" / "vendor"
OLDEST = (3, 11)

#: Lock file -> what of pyproject.toml it holds. `-c` keeps one version of a package in all of them.
LOCKED = {
    "runtime": ["pyproject.toml", "--extra", "power"],
    "dev": ["pyproject.toml", "--extra", "power", "--group", "dev", "-c", "requirements/runtime.txt"],
    "build": ["--group", "build", "-c", "requirements/dev.txt"],
    "uv": ["--group", "uv"],
    "node": ["--group", "node"],
}

#: What `check` asks, in the order it is listed; each is a command of the environment.
CHECKS: Dict[str, List[str]] = {
    "types": ["mypy"],
    "format": ["ruff", "format", "--check", "--output-format", "concise", "."],
    "lint": ["ruff", "check", "--output-format", "concise", "."],
    "layers": ["lint-imports"],
    "formulas": ["python", "-m", "tools.lint"],
    "spelling": ["codespell"],
    "city": ["dafeng", "check"],
    "repository": ["pytest", "tests/repo", "-q", "-m", "not slow"],
}


class Failed(Exception):
    """A command that did not succeed; the message is for the person at the terminal."""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(f"dafeng: {text}", flush=True)


def environ() -> Dict[str, str]:
    """Give the variables under which commands of the environment run: its programs first, nothing from outside."""
    env = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME"}}
    env["VIRTUAL_ENV"] = str(VENV)
    env["PATH"] = f"{BIN}{os.pathsep}{env.get('PATH', '')}"
    return env


def program(name: str) -> str:
    """Find a program of the environment, else of the machine."""
    return shutil.which(name, path=str(BIN)) or shutil.which(name) or name


def run(command: Sequence[object], *, quiet: bool = False) -> int:
    """Run a command of the environment in the repository and give its exit code.

    With `quiet` its output is kept back, and `Failed` carries it if the command does not succeed.
    """
    args = [program(str(command[0])), *map(str, command[1:])]
    if not quiet:
        return subprocess.run(args, cwd=ROOT, env=environ(), check=False).returncode
    done = subprocess.run(
        args, cwd=ROOT, env=environ(), check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise Failed(f"`{' '.join(map(str, command))}` ended with {done.returncode}:\n{done.stdout.rstrip()}")
    return 0


# Set-up: a list of steps, each done again only when something it was made from has changed.


@dataclass(frozen=True)
class Step:
    """One part of the set-up; `inputs` are the files it is made from, `makes` what must exist after it."""

    title: str
    inputs: Tuple[Path, ...]
    makes: Path
    act: Callable[[], None]
    optional: bool = False

    def digest(self) -> str:
        """Hash the inputs: the same hash, the same result."""
        parts = [path.read_bytes() for path in self.inputs if path.exists()]
        return hashlib.sha256(b"\0".join([str(ROOT).encode(), *parts])).hexdigest()


def setup(dev: bool) -> None:
    """Bring the environment up to date: for running dafeng, or with `dev` for working on it too."""
    make_environment()
    lock = LOCKS / ("dev.txt" if dev else "runtime.txt")
    package = BIN / ("dafeng.exe" if os.name == "nt" else "dafeng")
    steps = {
        "uv": Step("the installer (uv)", (LOCKS / "uv.txt",), VENV, install_uv, optional=True),
        lock.stem: Step(f"Python packages of requirements/{lock.name}", (lock,), VENV, lambda: install(lock)),
        "project": Step("dafeng itself", (ROOT / "pyproject.toml", LOCKS / "build.txt"), package, install_project),
        "browser": Step(
            "browser libraries of package.json",
            (ROOT / "package.json", ROOT / "package-lock.json"),
            VENDOR,
            install_browser_libraries,
            optional=True,
        ),
    }
    take(steps)


def take(steps: Dict[str, Step]) -> None:
    """Do those steps whose inputs have changed since, or whose product is gone."""
    stamps = read_stamps()
    for name, step in steps.items():
        digest = step.digest()
        if stamps.get(name) == digest and step.makes.exists():
            continue
        say(f"installing {step.title} ...")
        start = time.monotonic()
        try:
            step.act()
        except Failed as failure:
            if not step.optional:
                raise
            lines = str(failure).splitlines()
            reason = next((line for line in lines if "error" in line.lower()), lines[-1])[:160]
            say(f"{step.title}: not installed; dafeng works without ({reason})")
            continue
        say(f"installed {step.title} in {time.monotonic() - start:.1f} s")
        stamps[name] = digest
        STAMPS.write_text(json.dumps(stamps, indent=1), encoding="utf-8")


def read_stamps() -> Dict[str, str]:
    """Read what earlier set-ups did, nothing where there was none."""
    try:
        return dict(json.loads(STAMPS.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def make_environment() -> None:
    """Make .venv/ unless one for this Python and this folder is there."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    config = VENV / "pyvenv.cfg"
    lines = config.read_text(encoding="utf-8").splitlines() if config.exists() and PYTHON.exists() else []
    pairs = [line.partition("=") for line in lines]
    made_for = [value.strip() for key, _, value in pairs if key.strip() in {"version", "version_info"}]
    home = read_stamps().get("folder", str(ROOT))
    if made_for and made_for[0].startswith(f"{version}.") and home == str(ROOT):
        return
    say(f"making .venv/ with Python {version}")
    venv.EnvBuilder(clear=True, with_pip=False, symlinks=os.name != "nt").create(VENV)
    STAMPS.write_text(json.dumps({"folder": str(ROOT)}), encoding="utf-8")


def pip() -> List[str]:
    """Give the command that installs into .venv/ by pip, where there is no uv yet or none for this machine."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if importlib.util.find_spec("ensurepip") is None:
        raise Failed(
            "this Python has neither pip nor ensurepip. Install one of them (Debian: apt-get install python3-venv)"
        )
    run([PYTHON, "-m", "ensurepip"], quiet=True)
    return [str(PYTHON), "-m", "pip"]


def installer() -> List[str]:
    """Give the command that installs Python packages into .venv/: uv, else pip."""
    uv = shutil.which("uv", path=str(BIN))
    return [uv, "pip", "install", "--python", str(PYTHON)] if uv else [*pip(), "install", "--disable-pip-version-check"]


def install_uv() -> None:
    """Put uv into .venv/ by pip."""
    run([*pip(), "install", "--disable-pip-version-check", "--require-hashes", "-r", LOCKS / "uv.txt"], quiet=True)


def install(lock: Path) -> None:
    """Install exactly what a lock file names, every archive checked against its hash."""
    run([*installer(), "--require-hashes", "-r", lock], quiet=True)


def install_project() -> None:
    """Install dafeng so that edits of src/ take effect at once; its dependencies are those of the lock file."""
    install(LOCKS / "build.txt")
    run([*installer(), "--no-deps", "--no-build-isolation", "--editable", "."], quiet=True)


def install_browser_libraries() -> None:
    """Install the npm packages and copy the files that package.json names under "vendor" to where pages load them."""
    manifest = ROOT / "package.json"
    if not manifest.exists():
        raise Failed("there is no package.json")
    # Without a network this ends after seconds, not minutes: pages can do without.
    patience = [
        "--prefer-offline",
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
    ]
    run([*npm(), "ci", *patience], quiet=True)
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    for target, source in json.loads(manifest.read_text(encoding="utf-8"))["dafeng"]["vendor"].items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, VENDOR / target)


def npm() -> List[str]:
    """Give the npm command: the machine's, else that of the Node.js which PyPI has."""
    if shutil.which("npm") is None and shutil.which("npm", path=str(BIN)) is None:
        say("there is no npm on this machine; installing Node.js from PyPI")
        install(LOCKS / "node.txt")
    return ["npm"]


# The commands.


def do_setup(_: argparse.Namespace) -> int:
    """Set up the environment for working on dafeng."""
    setup(dev=True)
    say(f"ready; the command is {BIN.relative_to(ROOT)}{os.sep}dafeng")
    return 0


def do_run(options: argparse.Namespace) -> int:
    """Set up and serve a city until Ctrl-C."""
    setup(dev=False)
    city = ["--city", options.city] if options.city else []
    command = [program("dafeng"), *city, "serve", "--host", "127.0.0.1", "--port", str(options.port)]
    if os.name == "nt":
        return subprocess.run(command, env=environ(), check=False).returncode
    os.execve(command[0], command, environ())


def do_test(options: argparse.Namespace) -> int:
    """Set up and run the tests: all of them on all cores, or what pytest is asked for."""
    setup(dev=True)
    return run(["python", "-m", "pytest", *(options.arguments or ["-n", "auto", "--dist", "loadfile"])])


def do_check(options: argparse.Namespace) -> int:
    """Run every check, two at a time, and list those that failed."""
    chosen = named("check", options.names, CHECKS)
    setup(dev=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = dict(zip(chosen, pool.map(check, chosen), strict=True))
    failed = [name for name, passed in results.items() if not passed]
    say(
        f"{len(failed)} of {len(chosen)} checks failed: {', '.join(failed)}"
        if failed
        else f"{len(chosen)} checks passed"
    )
    return 1 if failed else 0


def check(name: str) -> bool:
    """Run one check, print what it found, and tell whether it passed."""
    start = time.monotonic()
    try:
        run(CHECKS[name], quiet=True)
    except Failed as failure:
        print(f"\n{name}: failed. {failure}\n", flush=True)
        return False
    say(f"{name}: passed in {time.monotonic() - start:.1f} s")
    return True


def do_fmt(_: argparse.Namespace) -> int:
    """Format the code and repair what the linter can repair."""
    setup(dev=True)
    return run(["ruff", "check", "--fix", "."]) | run(["ruff", "format", "."])


def do_bench(options: argparse.Namespace) -> int:
    """Run benchmarks, all where none is named."""
    known = sorted(path.parent.name for path in (ROOT / "benchmarks").glob("*/__main__.py"))
    chosen = named("benchmark", options.names, known)
    setup(dev=True)
    return max([run(["python", "-m", f"benchmarks.{name}"]) for name in chosen], default=0)


def named(what: str, names: List[str], known: Iterable[str]) -> List[str]:
    """Give the names asked for, all that are known where none was."""
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Failed(f"no {what} '{', '.join(unknown)}'. Choose from: {', '.join(known)}.")
    return names or list(known)


def do_lock(_: argparse.Namespace) -> int:
    """Resolve the newest versions that pyproject.toml and package.json allow, and write the lock files."""
    setup(dev=True)
    for name, what in LOCKED.items():
        target = f"requirements/{name}.txt"
        say(f"resolving {target}")
        options = [
            "--universal",
            "--upgrade",
            "--generate-hashes",
            "--no-header",
            "--no-emit-index-url",
            "--no-emit-find-links",
        ]
        run(["uv", "pip", "compile", *what, *options, "--output-file", target], quiet=True)
    say("resolving package-lock.json")
    run([*npm(), "install", "--package-lock-only"], quiet=True)
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        words = (act.__doc__ or "").rstrip(".")
        sub = commands.add_parser(name, help=words[0].lower() + words[1:], description=act.__doc__)
        sub.set_defaults(act=act)
        return sub

    command("setup", do_setup)
    serve = command("run", do_run)
    serve.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: 8000)")
    serve.add_argument("--city", help="a shipped city, or the folder of a city pack (default: shanghai)")
    tests = command("test", do_test)
    tests.add_argument("arguments", nargs="*", metavar="...", help="passed on to pytest")
    checks = command("check", do_check)
    checks.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(CHECKS)}")
    bench = command("bench", do_bench)
    bench.add_argument("names", nargs="*", metavar="NAME", help="folders of benchmarks/ (default: all)")
    command("lock", do_lock)
    command("fmt", do_fmt)
    return top


def newer_python() -> Optional[str]:
    """Find a Python on this machine that is new enough, where this one is not."""
    names = (f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1))
    return next((path for path in map(shutil.which, names) if path), None)


def main() -> int:
    """Do what the command line asks."""
    if sys.version_info < OLDEST:
        found = newer_python()
        if found:
            os.execv(found, [found, *sys.argv])
        return fail(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
    arguments = sys.argv[1:]
    if arguments[:1] == ["test"] and arguments[1:] not in (["-h"], ["--help"]):
        arguments.insert(1, "--")
    options = parser().parse_args(arguments)
    try:
        return int(options.act(options))
    except Failed as failure:
        return fail(str(failure))
    except KeyboardInterrupt:
        return 130


def fail(text: str) -> int:
    """Say what went wrong and give the exit code for it."""
    print(f"dafeng: {text}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
