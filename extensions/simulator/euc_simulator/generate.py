# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tenants of any size, for trials and benchmarks; the same arguments give the same tenant."""

import random

_DEPARTMENTS = ("Sales", "Finance", "Design", "Support", "Legal", "Lab", "HR", "Audit")
_PLACES = ("EU", "US", "UK", "JP", "AU")
_CLOUDS = (("Azure Cloud", "westeurope"), ("Google Cloud", "europe-west1"), ("Amazon WorkSpaces Core", "eu-central-1"))
_FIRST = ("Ann", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ida", "Jan")
_LAST = ("Adams", "Berg", "Costa", "Dietz", "Eriksen", "Fischer", "Gupta", "Hansen", "Ito", "Jones")
_STATUSES = ("Ready", "Ready", "Ready", "Connected", "Disconnected", "Offline")


def generate(desktops: int, pools: int, users: int, seed: int = 0) -> dict:
    """A tenant with so many of each; desktops are spread evenly over the pools, users get one each while they last."""
    chance = random.Random(seed)
    emails = [f"{_FIRST[n % 10].lower()}.{_LAST[n // 10 % 10].lower()}{n + 1}@example.com" for n in range(users)]
    made_pools, made_desktops = [], []
    for n in range(pools):
        department, place = _DEPARTMENTS[n % 8], _PLACES[n // 8 % 5]
        number = n // 40 + 1 if n >= 40 else ""
        cloud, region = _CLOUDS[n % 3]
        prefix = f"{department[:4].upper()}{place}{number}"
        name = f"{department} {place} {number}".rstrip()
        made_pools.append({"name": name, "cloud": cloud, "pool_type": "Persistent", "region": region, "template": f"{department} image",
                           "vm_type": "STANDARD PREMIUM 128", "subscription_name": "Main", "description": f"{department} in {place}",
                           "create_desktop_on_delete": chance.random() < 0.3, "desktop_name_prefix": prefix,
                           "desktop_name_suffix_length": 4 if desktops > 999 * pools else 3})  # fmt: skip
        for m in range(desktops * n // pools, desktops * (n + 1) // pools):
            width = made_pools[-1]["desktop_name_suffix_length"]
            desktop = {"name": f"{prefix}-{m - desktops * n // pools + 1:0{width}}", "pool": name, "status": chance.choice(_STATUSES)}
            if m < users:
                desktop["user"] = emails[m]
            elif desktop["status"] != "Offline":
                desktop["status"] = "Ready"
            if chance.random() < 0.5:
                desktop["tags"] = {"dept": department.lower(), "ring": chance.choice(("pilot", "early", "broad"))}
            made_desktops.append(desktop)
    made_users = [{"email": email, "first_name": _FIRST[n % 10], "last_name": _LAST[n // 10 % 10], "cost_center": str(100 + n % 20)}
                  for n, email in enumerate(emails)]  # fmt: skip
    return {"pools": made_pools, "desktops": made_desktops, "users": made_users}
