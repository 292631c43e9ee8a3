# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The thin shell around a module: its specification, its context, and the two ways to run it (normal module, or in process)."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping

from ansible.module_utils.basic import AnsibleModule

from .errors import MISREAD, FleetError, defect, misread
from .masking import secrets_in
from .naming import refuse_empty
from .render import visible

# Results that are credentials: a vendor has replaced what the option of that name held. They are kept from callbacks and logs, always.
CREDENTIALS = ("refresh_token",)


def holds_credentials(values):
    """Whether a result, or the options of a task, hold a credential that vendors replace."""
    return any(values.get(name) for name in CREDENTIALS)


@dataclasses.dataclass(frozen=True)
class ModuleSpec:
    """What a module accepts. ``shared`` are argument specs that doc fragments mirror; ``connect`` makes the vendor's client from a Context.

    ``reads_only`` marks info modules: the transport refuses their writes at all times. ``rules`` are the dependencies between options
    that Ansible checks (``required_if``, ``mutually_exclusive`` ...). A ``secret_result`` is kept from callbacks and logs: True always, or the
    name of the option that asks for the secret.
    """

    options: Mapping
    connect: Callable
    shared: tuple = ()
    reads_only: bool = False
    secret_result: bool | str = False
    rules: Mapping = dataclasses.field(default_factory=dict)

    def hides_result(self, options):
        if isinstance(self.secret_result, str):
            return bool(options.get(self.secret_result))
        return self.secret_result

    def secrets_to_mask(self, options, result, secrets):
        """Those of the secret option values that Ansible shall mask in the result: not the one that was asked for."""
        if not self.hides_result(options):
            return set(secrets)
        return set(secrets) - {value for value in result.values() if isinstance(value, str)}

    def arguments(self):
        """Keyword arguments for AnsibleModule, and likewise for ModuleArgumentSpecValidator (without supports_check_mode)."""
        rules = dict(self.rules)
        argument_spec = {}
        for part in (*self.shared, {"options": self.options}):
            argument_spec.update(part["options"])
            for name, value in part.items():
                if name != "options":
                    rules[name] = [*rules.get(name, []), *value]
        return {"argument_spec": argument_spec, **rules}


class Context:
    """What ``run(ctx)`` may know of its task: validated ``params``, the modes, the process id of the run of Ansible (where that is known), and
    ways to speak to the user."""

    def __init__(self, spec, params, *, check_mode=False, diff_mode=False, run_process=None, progress=None):
        self.params = params
        self.run_process = run_process
        self.check_mode = check_mode
        self.diff_mode = diff_mode
        self.warnings = []
        self.progress = (lambda text: progress(visible(text))) if progress else (lambda text: None)
        self.read_only = check_mode or spec.reads_only
        self._spec = spec

    def warn(self, text):
        text = visible(text)
        if text not in self.warnings:
            self.warnings.append(text)

    @functools.cached_property
    def client(self):
        client = self._spec.connect(self)
        for secret in secrets_in(self._spec.arguments()["argument_spec"], self.params):
            client.session.mask(secret)
        return client


def perform(run, context):
    """Run a module and return its result, failed or not. No exception leaves here, hence no traceback with values in it."""
    try:
        return _performed(run, context)
    except Exception as error:
        return defect(error).result()


def _performed(run, context):
    try:
        refuse_empty(context.params)
        result = run(context)
    except FleetError as error:
        result = error.result()
    except Exception as error:
        answered = isinstance(error, MISREAD) and "client" in vars(context) and context.client.session.answered
        result = (misread(error) if answered else defect(error)).result()
    finally:
        if "client" in vars(context):
            context.client.close()
    if "client" in vars(context):
        result["api"] = context.client.usage()
        # Failed or not: what was renewed on the way would otherwise be lost, and with it the access.
        result.update(context.client.renewed())
    if result.get("failed"):
        result["msg"] = visible(result["msg"])
    if not context.diff_mode:
        result.pop("diff", None)
    if context.warnings:
        result["warnings"] = context.warnings
    return result


def run_module(spec, run):
    """A module's main(): the normal way, in an interpreter of its own."""
    module = AnsibleModule(supports_check_mode=True, **spec.arguments())
    # module._diff is how Ansible itself hands over the task's diff mode.
    context = Context(spec, module.params, check_mode=module.check_mode, diff_mode=module._diff)
    result = perform(run, context)
    for text in result.pop("warnings", ()):
        module.warn(text)
    module.no_log_values = spec.secrets_to_mask(module.params, result, module.no_log_values)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)
