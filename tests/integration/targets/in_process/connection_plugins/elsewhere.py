# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection to this machine that Ansible does not take for the local one."""

from __future__ import annotations

from ansible.plugins.connection.local import Connection as Local

DOCUMENTATION = """
name: elsewhere
short_description: Another connection to this machine
description:
  - Does what P(ansible.builtin.local#connection) does, under another name.
author:
  - euc.fleet contributors (@euc-fleet)
extends_documentation_fragment:
  - ansible.builtin.connection_pipelining
"""


class Connection(Local):
    transport = "elsewhere"
