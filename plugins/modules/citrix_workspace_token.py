#!/usr/bin/python
# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: citrix_workspace_token
short_description: Sign a user in to a Citrix workspace
version_added: 1.0.0
description:
  - There is no sign-in without a person. V(authorize_url) makes the address at which somebody signs in once; the browser then comes back to
    O(redirect_uri) with a code. V(code) trades that for tokens, and V(refresh) renews them from then on without anybody.
  - The result is kept out of callbacks and logs, V(authorize_url) included; show that with M(ansible.builtin.debug).
options:
  grant:
    description:
      - V(authorize_url) needs O(redirect_uri), V(code) also O(code) and, for a public client, O(code_verifier). V(refresh) needs O(refresh_token).
    type: str
    choices: [authorize_url, code, refresh]
    required: true
  redirect_uri:
    description: One of the redirect addresses that the OAuth client is set up with.
    type: str
  code:
    description: The code that came back to O(redirect_uri). It is good once and for a short time.
    type: str
  code_verifier:
    description: Secret of PKCE that belongs to the code. V(authorize_url) makes one if none is given.
    type: str
  state:
    description: Random text that comes back with the code, to compare. V(authorize_url) makes one if none is given.
    type: str
  scopes:
    description: OAuth scopes to ask for. The default is what the discovery document names, and C(offline_access) for a refresh token.
    type: list
    elements: str
notes:
  - In check mode no token is asked for; only the grant V(authorize_url) returns what a real run does.
  - "Certainty: the authorization code flow with PKCE, and public and private clients, are documented. Scopes and C(acr_values) were seen in the
    vendor's sample clients. That a renewal may replace the refresh token, and that the secret of a private client goes into the form, is
    inferred."
seealso:
  - module: euc.fleet.citrix_workspace_resource_info
attributes:
  idempotent:
    support: none
    details:
      - A grant gives new tokens every time.
extends_documentation_fragment:
  - euc.fleet.citrix
  - euc.fleet.attributes
  - euc.fleet.attributes.info
author:
  - euc.fleet contributors (@euc-fleet)
"""

EXAMPLES = r"""
---
- name: Make the address to sign in at
  euc.fleet.citrix_workspace_token:
    grant: authorize_url
    redirect_uri: http://localhost/signed-in
  register: sign_in

- name: Trade the code that came back
  euc.fleet.citrix_workspace_token:
    grant: code
    redirect_uri: http://localhost/signed-in
    code: "{{ code }}"
    code_verifier: "{{ sign_in.code_verifier }}"
  register: tokens

- name: Renew the tokens
  euc.fleet.citrix_workspace_token:
    grant: refresh
    refresh_token: "{{ tokens.refresh_token }}"
  register: tokens

- name: Use the access token
  euc.fleet.citrix_workspace_resource_info:
    access_token: "{{ tokens.access_token }}"
"""

RETURN = r"""
---
authorize_url:
  description: Where a person signs in.
  returned: O(grant=authorize_url)
  type: str
code_verifier:
  description: Secret to trade the code with.
  returned: O(grant=authorize_url)
  type: str
state:
  description: Text to compare with the one that comes back.
  returned: O(grant=authorize_url)
  type: str
access_token:
  description: The access token, a secret.
  returned: O(grant=code) or O(grant=refresh), but in check mode
  type: str
refresh_token:
  description: The newest refresh token, a secret. Store it; the one before may be void.
  returned: when there is one, but in check mode
  type: str
expires_in:
  description: Seconds for which the access token lives.
  returned: O(grant=code) or O(grant=refresh), but in check mode
  type: int
  sample: 900
expires_at:
  description: When it ends, ISO 8601.
  returned: O(grant=code) or O(grant=refresh), but in check mode
  type: str
  sample: '2026-11-22T08:15:00Z'
api:
  description: What the task cost, in calls.
  returned: when the API was reached
  type: dict
  sample: {reads: 2, writes: 0, logins: 1, throttled: 0, waited_s: 0.0}
"""

from ansible_collections.euc.fleet.plugins.module_utils.citrix.client import CONNECTION, connect_without_token
from ansible_collections.euc.fleet.plugins.module_utils.citrix.resources.tokens import GRANT, grant
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import ModuleSpec, run_module

SPEC = ModuleSpec(
    GRANT,
    connect_without_token,
    shared=(CONNECTION,),
    reads_only=True,
    secret_result=True,
    rules={
        "required_if": [
            ("grant", "authorize_url", ("client_id", "redirect_uri")),
            ("grant", "code", ("client_id", "redirect_uri", "code")),
            ("grant", "refresh", ("client_id", "refresh_token")),
        ]
    },
)


def run(ctx):
    return grant(ctx)


def main():
    run_module(SPEC, run)


if __name__ == "__main__":
    main()
