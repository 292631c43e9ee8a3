# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets every test import `ansible_collections.euc.fleet`, whichever Python runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# `make setup` links the checkout there; EUC_COLLECTIONS_PATH points at another place, such as an installed artifact.
COLLECTIONS = os.environ.get("EUC_COLLECTIONS_PATH") or str(ROOT / ".venv" / "collections")

sys.path.insert(0, COLLECTIONS)
# Ansible commands that tests start must find the same collection.
os.environ["ANSIBLE_COLLECTIONS_PATH"] = COLLECTIONS
