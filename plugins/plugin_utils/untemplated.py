# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that Ansible shall never take for templates, whatever stands in them."""

from __future__ import annotations

import ansible.template

if hasattr(ansible.template, "trust_as_template"):
    # From ansible-core 2.19 on nothing is a template that does not say so.
    def never_a_template(value):
        return value
else:
    from ansible.utils.native_jinja import NativeJinjaText
    from ansible.utils.unsafe_proxy import wrap_var

    def never_a_template(value):
        # A text of Jinja's own kind also stays one if it looks like a dictionary, as JSON does.
        return wrap_var(NativeJinjaText(value) if isinstance(value, str) else value)
