# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tenants of any size, for trials and benchmarks; the same arguments give the same tenant."""

import random

_DEPARTMENTS = ("Sales", "Finance", "Design", "Support", "Legal", "Lab", "HR", "Audit")
_PLACES = ("EU", "US", "UK", "JP", "AU")
_CLOUDS = (("Azure Cloud", "westeurope", "Azure main"),
           ("Google Cloud", "europe-west1", "Google main"),
           ("Amazon WorkSpaces Core", "eu-central-1", "Amazon main"))
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
        cloud, region, subscription = _CLOUDS[n % 3]
        prefix = f"{department[:4].upper()}{place}{number}"
        name = f"{department} {place} {number}".rstrip()
        made_pools.append({"name": name, "cloud": cloud, "pool_type": "Persistent", "region": region, "template": f"{department} image",
                           "vm_type": "STANDARD PREMIUM 128", "subscription_name": subscription, "description": f"{department} in {place}",
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
    made_users = [{"email": email, "first_name": _FIRST[n % 10], "last_name": _LAST[n // 10 % 10], "cost_center": str(100 + n % 20),
                   "groups": [f"{_DEPARTMENTS[n % 8]} staff"]}
                  for n, email in enumerate(emails)]  # fmt: skip
    return {"pools": made_pools, "desktops": made_desktops, "users": made_users, **_around(made_pools)}


def _around(pools: list[dict]) -> dict:
    """A little of everything else, to fit these pools."""
    if not pools:
        return {}
    used = list(dict.fromkeys((pool["template"], pool["subscription_name"], pool["region"]) for pool in pools))
    behind = [pool["name"] for pool in pools if pool["subscription_name"] == "Google main"]
    apps = [("Office tools", r"C:\Program Files\Office\office.exe"), ("Ledger", r"C:\Ledger\ledger.exe"), ("Drawing", r"C:\Draw\draw.exe")]
    return {
        "clouds": [
            {"name": subscription, "config_type": cloud, "regions": [{"name": region, **_places(cloud, region)}],
             **({} if cloud == "Azure Cloud" else {"custom_images": [{"image_name": "base-win11", "image_type": "Windows 11", "region": region}]})}
            for cloud, region, subscription in _CLOUDS],
        "templates": [
            {"name": template, "subscription_name": subscription, "region": "Global" if subscription == "Google main" else region, "status": "Published",
             "template_os_type": "Windows", "template_type": "Cloud Desktop", "cpu": 2, "memory": "8192 MB", "storage": "128 GB",
             "pause_resume_supported": True} for template, subscription, region in used],
        "gateway_clusters": [
            {"name": "Europe gateways", "subscription_name": "Google main", "auth_type": "AAD", "policy_name": "Default Gateway", "name_prefix": "gw",
             "image_name": "Windows Server (2025)", "vm_class_name": "Standard Gateway",
             "regional_clusters": [{"region": "europe-west1", "zone": "europe-west1-b", "pools": behind, "hosts": 2}]}],
        "app_pools": [{"name": "App servers", "cloud": "Google Cloud", "region": "europe-west1", "zone": "europe-west1-b",
                       "server_name_prefix": "APP", "servers": 3}],
        "applications": [{"name": name, "app_pool": "App servers", "full_path": path, "gateway_cluster": "Europe gateways",
                          "target_platforms": ["Windows", "OSX"]} for name, path in apps],
        "bundles": [{"name": "Everyone", "applications": ["Office tools"]}, {"name": "Accounting", "applications": ["Office tools", "Ledger"]}],
        "global_desktops": [{"name": "Desktop near you", "pools": [pool["name"] for pool in pools[:3]]}],
        "groups": [{"name": f"{department} staff", "bundle": "Accounting" if department in ("Finance", "Audit") else "Everyone",
                    **({"global_desktops": ["Desktop near you"]} if department == "Sales" else {})} for department in _DEPARTMENTS],
        "stale_devices": [{"device_name": f"OLD-{n:03}", "desktop_deleted_dtm": f"2026-0{n}-15T08:00:00Z", "pool_name": pools[0]["name"]} for n in (1, 2, 3)],
    }  # fmt: skip


def _places(cloud: str, region: str) -> dict:
    if cloud == "Google Cloud":
        return {"zones": [f"{region}-b", f"{region}-c"], "networks": [{"name": "default", "id": f"projects/example/global/networks/{region}"}]}
    if cloud == "Azure Cloud":
        return {}
    return {"networks": [{"name": "desktops", "id": "subnet-0a1b2c3d", "cidr": "10.20.0.0/16", "vpc_id": "vpc-0a1b2c3d"}],
            "security_groups": [{"name": "desktops", "id": "sg-0a1b2c3d", "vpc_id": "vpc-0a1b2c3d"}]}
