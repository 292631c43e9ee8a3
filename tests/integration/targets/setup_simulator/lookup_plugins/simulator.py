# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of the simulator's admin API: lookup('simulator', 'counters'), lookup('simulator', 'PATCH switches', {'region': 'wrong'}).

It asks the simulator at simulator_url, or another one that is given as server={url: ..., certificate: ...}.

A lookup runs in Ansible itself, so that a call costs milliseconds where a task with ansible.builtin.uri takes most of a second.
"""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        method, what = ("GET " + terms[0]).split()[-2:]
        body = None
        if len(terms) > 1:
            body = (terms[1] if isinstance(terms[1], str) else json.dumps(terms[1])).encode()
        server = kwargs.get("server") or {"url": variables["simulator_url"]}
        request = urllib.request.Request(f"{server['url']}/_simulator/{what}", method=method, data=body)
        # Never through a proxy of the caller: the simulator listens on loopback only.
        context = ssl.create_default_context(cafile=server.get("certificate"))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        try:
            with opener.open(request, timeout=30) as answer:
                return [json.load(answer)]
        except urllib.error.HTTPError as refusal:
            raise AnsibleError(f"The simulator refused {method} {what}: {refusal.read().decode()}") from None
