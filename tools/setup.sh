#!/bin/sh
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Makes .venv: a Python that is new enough, the pinned tools, the simulator, and this checkout as a collection.
# PYTHON=/path/to/python chooses the interpreter.

set -eu
cd "$(dirname "$0")/.."

say() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if suits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

command -v git >/dev/null || fail "git is missing; install it with your system's package manager."

python=$(find_python)
[ -n "$python" ] || fail "no Python 3.11 to 3.14 found (tried: ${PYTHON:-python3 and python3.11 to python3.14}).
       Install one, or name it: make setup PYTHON=/path/to/python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$python cannot make virtual environments; install its venv package (Debian, Ubuntu: python3-venv)."

version=$("$python" -c 'import platform; print(platform.python_version())')
# A .venv that was moved, or made with another Python, is of no use.
if [ "$(.venv/bin/python -c 'import platform, sys; print(platform.python_version(), sys.prefix)' 2>/dev/null)" \
    != "$version $(pwd -P)/.venv" ]; then
    say "creating .venv with Python $version"
    rm -rf .venv
    "$python" -m venv .venv
fi

pip() { .venv/bin/python -m pip --disable-pip-version-check -qq "$@"; }

say "installing tools (versions from constraints.txt)"
pip install -c constraints.txt -r requirements-dev.txt

if [ -f extensions/simulator/pyproject.toml ]; then
    say "installing the simulator from extensions/simulator"
    extras=$(.venv/bin/python -c "
import tomllib
with open('extensions/simulator/pyproject.toml', 'rb') as project:
    print(','.join(tomllib.load(project)['project'].get('optional-dependencies', {})))")
    pip install -c constraints.txt -e "extensions/simulator[$extras]"
fi

# Ansible and Python find a collection by its path ansible_collections/NAMESPACE/NAME only.
mkdir -p .venv/collections/ansible_collections/euc
ln -sfn ../../../.. .venv/collections/ansible_collections/euc/fleet

touch .venv/.ready
say "done"
