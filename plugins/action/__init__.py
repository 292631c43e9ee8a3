# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every worker needs, imported once.

Ansible looks into this package for the action of a task before it forks the worker for it, and what is imported by then the worker has. Imported
in each worker, this took 0.1 s, more than most tasks.
"""

from ..module_utils.citrix import client as _citrix  # noqa: F401
from ..module_utils.ras import client as _ras  # noqa: F401
from ..module_utils.workspot import client as _workspot  # noqa: F401
from . import in_process  # noqa: F401
