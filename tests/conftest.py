# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets every test import `ansible_collections.euc.fleet`, whichever Python runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# `make setup` links the checkout there; EUC_COLLECTIONS_PATH points at another place, such as an installed artifact.
COLLECTIONS = os.environ.get("EUC_COLLECTIONS_PATH") or str(ROOT / ".venv" / "collections")

sys.path.insert(0, COLLECTIONS)
# Ansible commands that tests start must find the same collection.
os.environ["ANSIBLE_COLLECTIONS_PATH"] = COLLECTIONS
sys.path.insert(0, str(ROOT / "tests"))


@pytest.fixture(autouse=True)
def private_state(tmp_path, monkeypatch):
    """Budgets and journals of a test are its own, and simulated time runs at the simulator's pace."""
    monkeypatch.setenv("EUC_FLEET_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("EUC_FLEET_CLOCK_SPEED", "600")
    for name in [name for name in os.environ if name.startswith(("WORKSPOT_", "RAS_", "CITRIX_"))]:
        monkeypatch.delenv(name)
