# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that may wait; mirrors WAIT of module_utils/core/reconcile.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait until the work that was started is done. Steps that build on one another are waited for all the same.
      - Without it, the returned object is as it will be, and the returned C(operation), where there is one, is the id of the work under way;
        M(euc.fleet.workspot_operation_info) tells what became of one of Workspot Control.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most. The default is 900, unless the notes of the module say otherwise.
      - After it the task fails and tells the operation's id; the work may go on, and running the task again takes up the wait.
    type: int
  poll_interval:
    description:
      - Seconds before the first look at work under way. Later looks come at growing intervals of up to 30 seconds, and all waits of this
        user and machine together use at most half of the read budget.
    type: int
    default: 5
"""
