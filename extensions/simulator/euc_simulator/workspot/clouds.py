# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which cloud a thing lives on, and the refusal of calls that this cloud lacks (behaviour notes, 3.5)."""

from ..wire import Endpoint, Refusal

AZURE, GCP, AWS, AKAMAI = "Azure", "GCP", "Amazon WorkSpaces Core", "Akamai"
CUSTOM = "Custom"

# Words in the name of a cloud, as tenants have it ("Azure Cloud", "Google Cloud Platform", ...).
_WORDS = {"azure": AZURE, "gcp": GCP, "google": GCP, "amazon": AWS, "aws": AWS, "akamai": AKAMAI, "linode": AKAMAI}


def cloud_of(thing) -> str:
    return next((cloud for word, cloud in _WORDS.items() if word in thing.cloud.lower()), CUSTOM)


def require_cloud(thing, endpoint: Endpoint) -> None:
    """Reading works everywhere; a write must be offered by the cloud of the pool, cluster or subscription."""
    if endpoint.method != "GET":
        require_offered(thing, endpoint)


def require_offered(thing, endpoint: Endpoint) -> None:
    """Of what a subscription offers even the reading is bound to clouds."""
    cloud = cloud_of(thing)
    if endpoint.clouds and cloud not in endpoint.clouds:
        raise Refusal(400, "notSupported", f"This call is not supported for {thing.name} on {cloud}.")
