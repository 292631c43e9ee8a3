# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tenant has besides desktop pools, desktops and users."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .control import Pool
    from .operations import Operation


@dataclass(eq=False)
class Thing:
    id: str
    name: str
    details: dict = field(default_factory=dict)  # fields that can be read, snake_case
    settings: dict = field(default_factory=dict)  # fields that can only be written, snake_case

    def readable(self, fields: dict) -> dict:
        """What the thing has of these fields (snake_case -> wire), as the wire names it."""
        return {wire: self.details[key] for key, wire in fields.items() if self.details.get(key) is not None}


def named(things: dict, name):
    """The first of things by id that has this name."""
    return next((thing for thing in things.values() if thing.name == name), None)


@dataclass
class Region:
    name: str
    location: str = ""
    zones: list = field(default_factory=list)
    networks: list = field(default_factory=list)  # {name, id, cidr, vpc_id, zone}
    security_groups: list = field(default_factory=list)  # {name, id, vpc_id}


@dataclass(eq=False)
class Subscription(Thing):
    """What a tenant has is served and checked; of a list that is None the usual one is served and nothing is checked."""

    regions: list = field(default_factory=list)
    custom_images: list = field(default_factory=list)  # {image_name, image_type, region}
    vm_classes: list | None = None
    gateway_vm_classes: list | None = None
    gateway_images: list | None = None

    @property
    def cloud(self) -> str:
        return self.details["config_type"]


@dataclass(eq=False)
class Template(Thing):
    subscription: Subscription | None = None
    status: str = "Published"
    operation: "Operation | None" = None  # the last one

    @property
    def is_busy(self) -> bool:
        return self.operation is not None and self.operation.ended is None and not self.operation.hangs


@dataclass(eq=False)
class AppServer(Thing):
    status: str = "Ready"
    mode: str = "Enabled"


@dataclass(eq=False)
class AppPool(Thing):
    cloud: str = "Azure Cloud"
    size: int = 0
    servers: dict = field(default_factory=dict)  # by id

    def free_names(self) -> Iterator[str]:
        prefix, taken = self.settings.get("server_name_prefix") or self.name, {server.name for server in self.servers.values()}
        return (name for number in count(1) if (name := f"{prefix}-{number:03}") not in taken)


@dataclass(eq=False)
class Application(Thing):
    app_pool: AppPool | None = None
    gateway_cluster: "GatewayCluster | None" = None
    listed: bool = True  # web applications are not, and have no pool: only bundles tell of them


@dataclass(eq=False)
class Bundle(Thing):
    applications: list = field(default_factory=list)


@dataclass(eq=False)
class Group(Thing):
    type: str = "Workspot"
    bundle: Bundle | None = None
    global_desktops: list = field(default_factory=list)


@dataclass(eq=False)
class GlobalDesktop(Thing):
    pools: "list[Pool]" = field(default_factory=list)  # the first has precedence 1
    users: "dict[str, list[Pool] | None]" = field(default_factory=dict)  # by e-mail in lower case; None = no pools of one's own


@dataclass(eq=False)
class GatewayHost(Thing):
    mode: str = "Enabled"
    status: str = "Ready"
    last_reboot: float = 0.0  # moment
    connections: list = field(default_factory=list)  # besides those of the signed-in users of its pools

    @property
    def takes_connections(self) -> bool:
        return (self.mode, self.status) == ("Enabled", "Ready")


@dataclass(eq=False)
class RegionalCluster(Thing):
    """Part of a gateway cluster in one region; its name is the region's."""

    status: str = "Published"
    hosts: dict = field(default_factory=dict)  # by id


@dataclass(eq=False)
class GatewayCluster(Thing):
    subscription: Subscription | None = None
    regions: list[RegionalCluster] = field(default_factory=list)

    @property
    def cloud(self) -> str:
        return self.subscription.cloud

    @property
    def hosts(self) -> list[GatewayHost]:
        return [host for region in self.regions for host in region.hosts.values()]

    def free_names(self) -> Iterator[str]:
        prefix, taken = self.settings.get("name_prefix") or self.name, {host.name for host in self.hosts}
        return (name for number in count(1) if (name := f"{prefix}{number:03}") not in taken)


@dataclass(eq=False)
class StaleDevice(Thing):
    """Its id is Control's own, and its name the device's."""
