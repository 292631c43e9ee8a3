# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that Ansible shall never take for templates, whatever stands in them."""

from __future__ import annotations

import ansible.template

if hasattr(ansible.template, "trust_as_template"):
    # From ansible-core 2.19 on nothing is a template that does not say so.
    def never_a_template(text):
        return text
else:
    from ansible.utils.unsafe_proxy import wrap_var

    never_a_template = wrap_var
