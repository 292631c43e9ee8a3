# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nox`: unit tests, integration targets and playbooks on each supported ansible-core whose Python is found. `make matrix` calls it.

CORE=2.16 in the environment names one of them, whose Python must then be there; arguments after `--` name integration targets, and
playbooks are left out then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nox

ROOT = Path(__file__).resolve().parent
SUPPORTED = {  # ansible-core: the Python to test it with
    "2.16.19": "3.10",
    "2.17.14": "3.10",
    "2.18.19": "3.11",
    "2.19.14": "3.11",
    "2.20.10": "3.12",
    "2.21.5": "3.13",
}
CORE = os.environ.get("CORE", "")

nox.options.sessions = ["matrix"]
nox.options.reuse_venv = "yes"
nox.options.envdir = ".cache/nox"


def find_python(version: str) -> str | None:
    """Return a Python of this version that really starts: from the PATH, or where version managers keep theirs."""
    home = Path.home()
    managers = [
        Path(os.environ.get("PYENV_ROOT", home / ".pyenv"), "versions"),
        Path(os.environ.get("UV_PYTHON_INSTALL_DIR", home / ".local/share/uv/python")),
        home / ".local/share/mise/installs/python",
        home / ".asdf/installs/python",
    ]
    candidates = [shutil.which(f"python{version}")]
    candidates += [str(path) for folder in managers for path in sorted(folder.glob(f"*{version}.*/bin/python{version}"))]
    for candidate in filter(None, candidates):
        # A shim of a version manager may exist for a Python that is not chosen; only running it tells.
        if subprocess.run([candidate, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode == 0:
            return candidate
    return None


FOUND = {core: find_python(python) for core, python in SUPPORTED.items()}


@nox.session(venv_backend="none")
@nox.parametrize("core", [nox.param(core, id=f"ansible-core-{core}") for core in SUPPORTED if core.startswith(CORE)])
def matrix(session: nox.Session, core: str) -> None:
    """Unit tests, integration targets and playbooks; the simulator runs from .venv, as it needs a newer Python than some of these."""
    if FOUND[core] is None:
        (session.error if CORE else session.skip)(f"no Python {SUPPORTED[core]} found")
    python = environment(session, core)
    session.run(python, "-m", "pytest", "-q", "-n", "2", "tests/unit", external=True)
    session.run(python, "tools/ansible_test.py", "integration", *session.posargs, external=True)
    if not session.posargs:
        # The tests of playbooks run where their simulator does, and only the Ansible that they start is this one.
        ansible = {"EUC_FLEET_ANSIBLE_BIN": str(Path(python).parent)}
        session.run(".venv/bin/python", "-m", "pytest", "-q", "-n", "2", "tests/e2e", env=ansible, external=True)


def environment(session: nox.Session, core: str) -> str:
    """Make or reuse the virtual environment for this ansible-core and return its Python."""
    folder = ROOT / ".cache" / "matrix" / core
    python = folder / "bin" / "python"
    if not python.exists():
        session.run(FOUND[core], "-m", "venv", "--clear", str(folder), external=True)
    if core.startswith(("2.16.", "2.17.", "2.18.")):
        # Here ansible-test cannot set environment variables for targets, which tools/ansible_test.py asks it to do. The
        # environment of this one version does it instead: Python runs the import lines of .pth files when it starts.
        # The speed is that of its simulators. What is set already, as by the tests of playbooks, stays.
        variables = {"EUC_FLEET_CLOCK_SPEED": "60", "EUC_FLEET_STATE_DIR": str(folder / "state")}
        for packages in folder.glob("lib/python*/site-packages"):
            (packages / "rehearsal.pth").write_text(f"import os; os.environ.update({variables!r} | os.environ)\n")
    session.run(
        *(str(python), "-m", "pip", "--disable-pip-version-check", "-qq", "install"),
        *("-c", "constraints.txt", "-r", "requirements.txt", f"ansible-core=={core}", "pytest", "pytest-xdist", "hypothesis", "markdown-it-py"),
        external=True,
    )
    return str(python)


@nox.session(venv_backend="none")
def sanity(session: nox.Session) -> None:
    """ansible-test sanity of each supported ansible-core; not part of `make matrix`."""
    for core, found in FOUND.items():
        if found:
            session.run(environment(session, core), "tools/ansible_test.py", "sanity", external=True)


@nox.session
def lock(session: nox.Session) -> None:
    """Renew constraints.txt. ansible-core, and resolvelib which follows it, stay out: the matrix varies them."""
    session.install("uv")
    session.run(
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.10", "--upgrade", "--no-annotate"),
        *("--no-emit-package", "ansible-core", "--no-emit-package", "resolvelib", "--no-emit-package", "euc-simulator"),
        *("--custom-compile-command", "make lock", "--output-file", "constraints.txt"),
        *("requirements-dev.txt", "extensions/simulator/pyproject.toml", "--all-extras"),
    )
