# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences: bought and free, one entry for each VM type."""

from ..wire import Call, Reply, serves

# Name in the file -> name on the wire.
FIELDS = {
    "service": "service", "vm_type": "vmType",
    "concurrent_users_available": "concurrentUsersAvailable", "concurrent_users_entitlement": "concurrentUsersEntitlement",
    "dr_users_available": "drUsersAvailable", "dr_users_entitlement": "drUsersEntitlement",
    "named_users_available": "namedUsersAvailable", "named_users_entitlement": "namedUsersEntitlement",
    "rdr_users_available": "rdrUsersAvailable", "rdr_users_entitlement": "rdrUsersEntitlement",
    "vm_backups_available": "vmBackupsAvailable", "vm_backups_entitlement": "vmBackupsEntitlement",
    "vm_backups_retention_available": "vmBackupsRetentionAvailable",
    "vm_backups_retention_entitlement": "vmBackupsRetentionEntitlement",
}  # fmt: skip
DEFAULT = [{"service": "Cloud Desktop", "vm_type": "STANDARD PREMIUM 128", "named_users_available": 80, "named_users_entitlement": 100,
            "concurrent_users_available": 40, "concurrent_users_entitlement": 50}]


@serves("getLicensesUsingGET", "GET /v1.0/licenses")
def list_licenses(control, call: Call) -> Reply:
    return Reply(200, {"licenses": [{FIELDS[key]: value for key, value in item.items()} for item in control.licenses]})
