# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that save a file; mirrors DOWNLOAD of module_utils/workspot/downloads.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  dest:
    description:
      - File to write, with mode 0600 and in one step. Its folder must exist.
    type: path
    required: true
  wait_timeout:
    description:
      - Seconds to wait for the file at most.
    type: int
    default: 900
  poll_interval:
    description:
      - Seconds before the second look at work under way. Later looks come at growing intervals of up to 30 seconds.
    type: int
    default: 5
"""
