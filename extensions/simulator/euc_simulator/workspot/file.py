# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Workspot part of the tenant file: load it, give it back, and change parts of it as an administrator would."""

from dataclasses import asdict
from itertools import islice

from ..tenant import TenantError, refuse_unknown
from . import licenses, policies, sections
from .control import BUILDING, DELETING, READY, REBOOTING, REDEPLOYING, Control, Desktop, Pool, User
from .events import ADMIN, FIELDS, SOMEBODY_ELSE, SYSTEM
from .pools import DEFAULT_DETAILS, DETAILS, SETTINGS
from .power import begin_reboot
from .repair import begin_redeploy

KEYS = ("admin", "pools", "desktops", "users", "policies", "licenses", "directory", "identity_providers", "assignments", "events",
        *(section.key for section in (*sections.BEFORE_USERS, *sections.AFTER_USERS)))

# Words that the collection's own options use for the same thing.
_POOL_ALIASES = {"auto_create_on_delete": "create_desktop_on_delete", "route_through_gateway_type": "route_gateway_type",
                 "type": "pool_type", "subscription": "subscription_name"}
_POOL_OWN = ("id", "name", "cloud", "pool_type", "create_desktop_on_delete", "desktops_on_unassign", "pause_resume_supported",
             "desktop_name_prefix", "desktop_name_suffix_length", "dr_event")
_POOL_SETTINGS = (*SETTINGS.values(), "reference_pool")
# Worked out from the rest, so read and left alone; `desktops` is a number: so many, Ready, as far as they are not listed.
_POOL_DERIVED = ("used_count", "avail_count", "state")
_POOL_KEYS = (*_POOL_OWN, *DETAILS, *_POOL_SETTINGS, *_POOL_ALIASES, *_POOL_DERIVED, "desktops")
_DESKTOP_KEYS = ("id", "name", "pool", "pool_id", "status", "user", "tags", "ip_address", "fqdn", "power", "session", "retention_days", "state")
_ASSIGNMENT_KEYS = ("user", "desktop", "pool", "desktop_id", "pool_id", "state")
_SESSIONS = {"connected": "Connected", "disconnected": "Disconnected"}
_USER_KEYS = ("id", "email", "first_name", "last_name", "cost_center", "role", "groups", "last_login", "pools", "state")
_ADMIN_KEYS = ("username", "password", "client_id", "client_secret", "entra", "siem")
_ADMIN_PARTS = {"entra": ("tenant_id", "client_id", "client_secret"), "siem": ("key_id", "secret_key")}
# An item of desktops with nothing else tells what befell a desktop, and not what an administrator did.
_BEFALLS = {"name", "pool", "status", "session", "ip_address", "fqdn"}


def _items(data: dict, key: str) -> list[dict]:
    items = data.get(key) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise TenantError(f"{key} is a list of mappings.")
    return items


class TenantFile:
    def __init__(self, control: Control):
        self._control = control
        self._before_users = [section(control) for section in sections.BEFORE_USERS]
        self._after_users = [section(control) for section in sections.AFTER_USERS]

    # ---- Load

    def load(self, data: dict) -> None:
        control = self._control
        control.policies = {kind: list(names) for kind, names in policies.DEFAULT.items()}
        control.licenses = [dict(item) for item in licenses.DEFAULT]
        self._set_plain(data)
        for item in _items(data, "pools"):
            self._add_pool(item)
        for section in self._before_users:
            for item in _items(data, section.key):
                section.add(item)
            if section.key == "clouds":
                self._add_subscriptions_of_pools()
        for item in _items(data, "users"):
            self._add_user(item)
        for item in _items(data, "desktops"):
            self._add_desktop(item)
        for item in _items(data, "pools"):
            self._fill_up(item)
        for section in self._after_users:
            for item in _items(data, section.key):
                section.add(item)
        self._add_groups_of_users()
        for item in _items(data, "assignments"):
            self._assign(item)
        for desktop in list(control.desktops.values()):
            self._go_on(desktop)
        control.events.forget()  # all this is how the tenant has been, not what happens to it
        self._add_events(data)

    def change(self, data: dict) -> None:
        """Items are found by pool name, pool and desktop name, or e-mail; `absent: true` removes one, an unknown one is added."""
        control = self._control
        self._set_plain(data)
        for item in _items(data, "pools"):
            pool = control.pool_named(item.get("name"))
            if item.get("absent"):
                self._remove_pool(pool)
            elif pool:
                self._set_pool(pool, item)
                self._fill_up(item)
            else:
                self._add_pool(item)
                self._fill_up(item)
        self._add_subscriptions_of_pools()
        for section in self._before_users:
            for item in _items(data, section.key):
                section.change(item)
        for item in _items(data, "users"):
            user = control.users.get(str(item.get("email")).lower())
            if item.get("absent"):
                for desktop in control.desktops_of_user(user) if user else ():
                    control.release(desktop)
                if user:
                    control.remove_user(user)
            elif user:
                self._set_user(user, item)
            else:
                self._add_user(item)
        for item in _items(data, "desktops"):
            desktop = self._find_desktop(item)
            if item.get("absent"):
                if desktop:
                    control.remove_desktop(desktop)
            elif desktop:
                self._set_desktop(desktop, item)
            else:
                self._add_desktop(item)
        for section in self._after_users:
            for item in _items(data, section.key):
                section.change(item)
        self._add_groups_of_users()
        for item in _items(data, "assignments"):
            self._assign(item)
        self._tell_of(data)
        self._add_events(data)

    def _tell_of(self, data: dict) -> None:
        """A change is somebody's doing, and so an event."""
        for key, items in data.items():
            if key != "events" and not all(isinstance(item, dict) and key == "desktops" and _BEFALLS >= set(item) for item in items):
                self._control.events.note(ADMIN, f"{key} changed".capitalize(), f"{key} were changed in Control.",
                                          username=SOMEBODY_ELSE, email=SOMEBODY_ELSE)

    def _add_events(self, data: dict) -> None:
        """Told as they are; what an event leaves out is empty, and its time is now."""
        for item in _items(data, "events"):
            refuse_unknown("an event", item, tuple(FIELDS))
            self._control.events.note(**{"event_type": SYSTEM, "event_name": "", "description": "", **item})

    def _add_subscriptions_of_pools(self) -> None:
        """What pools and users name is there, even if the file does not list it."""
        subscriptions = next(section for section in self._before_users if section.key == "clouds")
        for pool in self._control.pools.values():
            if pool.details.get("subscription_name"):
                subscriptions.named_or_new(pool.details["subscription_name"], pool.cloud)

    def _add_groups_of_users(self) -> None:
        groups = next(section for section in self._after_users if section.key == "groups")
        for name in dict.fromkeys(name for user in self._control.users.values() for name in user.groups):
            if groups.find({"name": name}) is None:
                groups.add({"name": name})

    def _assign(self, item: dict) -> None:
        """To a desktop by name; or to a pool: that is a right, or one of its free desktops unless the user has one there."""
        refuse_unknown("an assignment", item, _ASSIGNMENT_KEYS)
        email, name = str(item.get("user") or ""), item.get("desktop")
        if not email or not (name or item.get("pool")):
            raise TenantError("An assignment needs a user, and a desktop or a pool.")
        if item.get("state") == "absent":
            return
        if email.lower() not in self._control.users:
            self._add_user({"email": email})
        user = self._control.users[email.lower()]
        pools = [self._pool(item["pool"], f"the assignment of {email}")] if item.get("pool") else list(self._control.pools.values())
        if not name and not pools[0].is_persistent:
            if pools[0] not in user.pools:
                user.pools.append(pools[0])
            return
        desktops = [desktop for pool in pools for desktop in pool.desktops.values()]
        mine = [desktop for desktop in desktops if desktop.email.lower() == email.lower() and name in (None, desktop.name)]
        free = [desktop for desktop in desktops if desktop.name == name and not desktop.email or not name and desktop.is_free]
        if not mine and not free:
            raise TenantError(f"There is no free desktop {name or 'of pool ' + pools[0].name} for {email}.")
        if not mine:
            free[0].email = user.email

    def _set_plain(self, data: dict) -> None:
        control = self._control
        if "admin" in data:
            refuse_unknown("admin", data["admin"], _ADMIN_KEYS)
            for key, value in data["admin"].items():
                if key in _ADMIN_PARTS:
                    refuse_unknown(f"admin.{key}", value, _ADMIN_PARTS[key])
                    vars(getattr(control.admin, key)).update(value)
                else:
                    setattr(control.admin, key, str(value))
        if "policies" in data:
            refuse_unknown("policies", data["policies"], policies.TYPES)
            control.policies = {kind: list(names or ()) for kind, names in data["policies"].items()}
        if "licenses" in data:
            for item in data["licenses"]:
                refuse_unknown("a licence", item, tuple(licenses.FIELDS))
            control.licenses = [dict(item) for item in data["licenses"]]
        if "identity_providers" in data:
            control.identity_providers = [str(name) for name in data["identity_providers"] or ()]
        if "directory" in data:
            if data["directory"] != "any" and not isinstance(data["directory"], list):
                raise TenantError("directory is the word any, or a list of e-mail addresses.")
            control.directory = data["directory"]

    def _add_pool(self, item: dict) -> None:
        refuse_unknown("a pool", item, _POOL_KEYS)
        name = item.get("name")
        if not name:
            raise TenantError("A pool needs a name.")
        made = self._control.ids.make("pool", str(name))
        pool = Pool(item.get("id") or made, str(name), details=dict(DEFAULT_DETAILS))
        self._set_pool(pool, item)
        self._control.pools[pool.id] = pool

    def _set_pool(self, pool: Pool, item: dict) -> None:
        refuse_unknown(f"pool {pool.name}", item, _POOL_KEYS)
        for given, value in item.items():
            key = _POOL_ALIASES.get(given, given)
            if key in DETAILS:
                pool.details[key] = value
            elif key in _POOL_SETTINGS:
                pool.settings[key] = value
            elif key in _POOL_OWN and key not in ("id", "name"):
                setattr(pool, key, value)
        if item.get("gateway_cluster_name") and not {"route_gateway_type", "route_through_gateway_type"} & set(item):
            pool.details["route_gateway_type"] = "Always"
        if pool.desktops_on_unassign not in ("suspend", "return"):
            raise TenantError(f"desktops_on_unassign of pool {pool.name} is suspend or return.")

    def _remove_pool(self, pool: Pool | None) -> None:
        if pool:
            for desktop in list(pool.desktops.values()):
                self._control.remove_desktop(desktop)
            del self._control.pools[pool.id]
            for thing in (*self._control.users.values(), *self._control.global_desktops.values()):
                thing.pools = [other for other in thing.pools if other is not pool]
            for desktop in self._control.global_desktops.values():
                desktop.users = {email: [other for other in pools or () if other is not pool] or None for email, pools in desktop.users.items()}

    def _fill_up(self, item: dict) -> None:
        pool, wanted = self._control.pool_named(str(item["name"])), item.get("desktops") or 0
        if not isinstance(wanted, int):
            raise TenantError(f"desktops of pool {pool.name} is a number; desktops themselves are listed under desktops.")
        for name in islice(pool.free_names(), max(0, wanted - len(pool.desktops))):
            self._control.give_address(self._control.add_desktop(pool, name, READY))

    def _add_user(self, item: dict) -> None:
        refuse_unknown("a user", item, _USER_KEYS)
        email = item.get("email")
        if not email:
            raise TenantError("A user needs an email.")
        made = self._control.ids.make("user", email.lower())
        user = self._control.users[email.lower()] = User(item.get("id") or made, email)
        self._set_user(user, item)

    def _set_user(self, user: User, item: dict) -> None:
        refuse_unknown(f"user {user.email}", item, _USER_KEYS)
        for key in ("first_name", "last_name", "cost_center", "role", "last_login"):
            if item.get(key) is not None:
                setattr(user, key, str(item[key]))
        if "groups" in item:
            user.groups = list(item["groups"] or ())
        if "pools" in item:
            user.pools = [self._pool(name, f"user {user.email}") for name in item["pools"] or ()]

    def _pool(self, name, owner: str) -> Pool:
        pool = self._control.pools.get(name) or self._control.pool_named(name)
        if pool is None:
            raise TenantError(f"Pool {name!r} of {owner} is not among the pools.")
        return pool

    def _add_desktop(self, item: dict) -> None:
        refuse_unknown("a desktop", item, _DESKTOP_KEYS)
        if not item.get("name"):
            raise TenantError("A desktop needs a name.")
        pool = self._pool(item.get("pool"), f"desktop {item['name']}")
        desktop = self._control.add_desktop(pool, str(item["name"]), READY, item.get("id"))
        self._set_desktop(desktop, item)
        if desktop.status != BUILDING:
            self._control.give_address(desktop)

    def _set_desktop(self, desktop: Desktop, item: dict) -> None:
        refuse_unknown(f"desktop {desktop.name}", item, _DESKTOP_KEYS)
        control = self._control
        if item.get("power") == "paused" and "status" not in item:
            item = {**item, "status": control.switches.paused_status}
        if "session" in item:
            item = {**item, "status": self._status_by_session(desktop, item)}
        if "retention_days" in item:
            desktop.retention_days = item["retention_days"]
        if "user" in item:
            desktop.email = item["user"] or ""
            if desktop.email and desktop.email.lower() not in control.users:
                self._add_user({"email": desktop.email})
        if "status" in item:
            desktop.paused = item.get("power") == "paused"
            control.pass_through(desktop, (0, str(item["status"])))
        if "tags" in item:
            if not isinstance(item["tags"] or {}, dict):
                raise TenantError(f"tags of desktop {desktop.name} is a mapping of names and values.")
            desktop.tags = {str(name): str(value) for name, value in (item["tags"] or {}).items()}
        for key in ("ip_address", "fqdn"):
            if item.get(key):
                setattr(desktop, key, item[key])

    def _status_by_session(self, desktop: Desktop, item: dict) -> str:
        word = item["session"]
        if not word:
            return READY if desktop.has_session else item.get("status", desktop.status)
        if word not in _SESSIONS:
            raise TenantError(f"session of desktop {desktop.name} is connected or disconnected.")
        if not (item.get("user") or desktop.email):
            raise TenantError(f"Desktop {desktop.name} has a session and needs a user.")
        return _SESSIONS[word]

    def _find_desktop(self, item: dict) -> Desktop | None:
        pool = self._pool(item.get("pool"), f"desktop {item.get('name')}")
        return next((desktop for desktop in pool.desktops.values() if desktop.name == item.get("name")), None)

    def _go_on(self, desktop: Desktop) -> None:
        """A desktop that was in the middle of something when the file was written goes on with it."""
        if desktop.status == BUILDING:
            self._control.builder.build(desktop)
        elif desktop.status == REBOOTING:
            begin_reboot(self._control, desktop)
        elif desktop.status == REDEPLOYING:
            begin_redeploy(self._control, desktop)
        elif desktop.status == DELETING:
            self._control.start_deleting(desktop)

    # ---- Dump

    def dump(self) -> dict:
        """In the order and shape in which load reads it; ids only where load would not make the same ones."""
        control = self._control
        data = {
            "admin": asdict(control.admin),
            "pools": [self._dump_pool(pool) for pool in control.pools.values()],
            "desktops": [self._dump_desktop(desktop) for desktop in control.desktops.values()],
            "users": [self._dump_user(user) for user in control.users.values()],
            "policies": control.policies,
            "licenses": control.licenses,
        }
        if control.directory != "any":
            data["directory"] = control.directory
        if control.identity_providers:
            data["identity_providers"] = control.identity_providers
        for section in (*self._before_users, *self._after_users):
            if section.things:
                data[section.key] = [section.dump(thing) for thing in section.things.values()]
        return data

    def _id_if_odd(self, kind: str, name: str, id_: str) -> dict:
        return {} if id_ == self._control.ids.first(kind, name) else {"id": id_}

    def _dump_pool(self, pool: Pool) -> dict:
        own = {key: getattr(pool, key) for key in _POOL_OWN if key != "id"}
        if not pool.dr_event:
            del own["dr_event"]
        if not pool.desktop_name_prefix:
            del own["desktop_name_prefix"], own["desktop_name_suffix_length"]
        return {**own, **self._id_if_odd("pool", pool.name, pool.id), **pool.details, **pool.settings}

    def _dump_desktop(self, desktop: Desktop) -> dict:
        item = {"name": desktop.name, "pool": desktop.pool.name, "status": desktop.status,
                **self._id_if_odd("desktop", f"{desktop.pool.name}/{desktop.name}", desktop.id)}
        if desktop.paused:
            item["power"] = "paused"
        if desktop.email:
            item["user"] = desktop.email
        if desktop.retention_days is not None:
            item["retention_days"] = desktop.retention_days
        if desktop.tags:
            item["tags"] = dict(desktop.tags)
        if desktop.ip_address:
            item["ip_address"] = desktop.ip_address
        return {**item, "fqdn": desktop.fqdn}

    def _dump_user(self, user: User) -> dict:
        item = {"email": user.email, **self._id_if_odd("user", user.email.lower(), user.id), "first_name": user.first_name,
                "last_name": user.last_name, "cost_center": user.cost_center, "role": user.role}
        if user.groups:
            item["groups"] = list(user.groups)
        if user.last_login:
            item["last_login"] = user.last_login
        if user.pools:
            item["pools"] = [pool.name for pool in user.pools]
        return item
