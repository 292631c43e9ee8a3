# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a new machine joins a domain, and who administers it: fields that templates and gateways have in common. All are write-only."""

from __future__ import annotations

from ...core.schema import CREATE, Field

DOMAIN = (
    Field("domain", sent="domainToJoin.domain", when=CREATE),
    Field("domain_name", sent="domainToJoin.domainName", when=CREATE),
    Field("domain_ou", sent="domainToJoin.domainOU", when=CREATE),
    Field("domain_user", sent="domainToJoin.userName", when=CREATE),
    Field("domain_password", sent="domainToJoin.password", when=CREATE, secret=True),
)
LOCAL_ADMIN = (
    Field("local_admin", sent="localAdmin.userName", when=CREATE),
    Field("local_admin_password", sent="localAdmin.password", when=CREATE, secret=True),
)
