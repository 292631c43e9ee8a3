# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the modules of this collection inside the Ansible worker.

A normal module costs about half a second before its first line; here all items of a loop share one worker, hence one HTTP session, one
token and one snapshot of the tenant. Where that would change what the task means, the module runs the normal way instead.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time

from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible_collections.euc.fleet.plugins.module_utils.core.runner import Context, holds_credentials, perform

# A long wait speaks at most this often, in seconds.
PROGRESS_INTERVAL = 15


class ActionModule(ActionBase):
    """The action behind every module of the collection; meta/runtime.yml routes them here."""

    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        # As written in the task, with or without the collection; what it resolves to differs between versions of ansible-core.
        name = self._task.action.rpartition(".")[2]
        if name == "in_process":
            return _refusal("euc.fleet.in_process is how the modules of this collection run, and no module to call")
        module = importlib.import_module(f"ansible_collections.euc.fleet.plugins.modules.{name}")
        task_vars = task_vars or {}
        secret = module.SPEC.hides_result(self._task.args)
        if (secret or holds_credentials(self._task.args)) and self._task.async_val:
            return _refusal(f"{name} may return a secret, which async would write to a file and to the output; run it without async")
        if self._may_run_here(task_vars):
            result = self._run_here(module, task_vars)
        else:
            result = self._execute_module(module_name=f"euc.fleet.{name}", task_vars=task_vars, wrap_async=self._task.async_val)
        if result.get("failed"):
            # What Ansible itself says of a process has no kind; whoever goes on after a failure looks for one.
            result.setdefault("error", {"kind": "defect" if "module_stdout" in result else "invalid_input"})
        renewed = holds_credentials(result)
        if renewed and result.get("failed") and not self._task.no_log:
            # The reason must not be hidden with the credential.
            Display().warning(f"{name}: {result['msg']}")
        if renewed or (secret and not result.get("failed")):
            # The registered variable keeps the secret that was asked for; callbacks and logs do not get it.
            result["_ansible_no_log"] = True
        return result

    def _may_run_here(self, task_vars):
        """Only if nothing in the task asks for another place, another user, another environment or another interpreter."""
        if self._task.async_val or self._play_context.become or any(self._task.environment or ()):
            return False
        if self._connection.transport not in ("local", "ansible.builtin.local"):
            return False
        if not boolean(self._variable("euc_fleet_in_process", task_vars, default=True)):
            return False
        interpreter = C.config.get_config_value("INTERPRETER_PYTHON", variables=self._host_vars(task_vars))
        interpreter = str(self._templar.template(interpreter))
        return interpreter.startswith("auto") or _same_python(interpreter, sys.executable)

    def _host_vars(self, task_vars):
        """The variables of the host that the task really runs on."""
        if self._task.delegate_to:
            return task_vars.get("ansible_delegated_vars", {}).get(self._task.delegate_to, {})
        return task_vars

    def _variable(self, name, variables, default):
        return self._templar.template(variables[name]) if name in variables else default

    def _run_here(self, module, task_vars):
        Leash.put_on()
        # The validator of AnsibleModule leaves its remarks with the process, which is the worker here and outlives the task.
        checked = ArgumentSpecValidator(**module.SPEC.arguments()).validate(self._task.args)
        secrets = checked._no_log_values
        if checked.error_messages:
            result = _refusal(_argument_error(checked.errors, self._task.action))
        else:
            context = Context(
                module.SPEC,
                checked.validated_parameters,
                check_mode=self._task.check_mode,
                diff_mode=self._task.diff,
                run_process=os.getppid(),
                progress=None if self._task.no_log else Progress(self._task.get_name()),
            )
            result = perform(module.run, context)
            result.setdefault("changed", False)
            secrets = module.SPEC.secrets_to_mask(checked.validated_parameters, result, secrets)
        _remark(result, checked)
        if _shows_invocation(task_vars):
            result["invocation"] = {"module_args": checked.validated_parameters}
        return remove_values(result, secrets)


def _refusal(words):
    """A task that is not begun."""
    return {"failed": True, "msg": words, "error": {"kind": "invalid_input"}}


def _shows_invocation(task_vars):
    """Newer versions of ansible-core leave the arguments out of results unless told otherwise; the older always have them."""
    try:
        return C.config.get_config_value("INJECT_INVOCATION", variables=task_vars)
    except AnsibleError:
        return True


def _remark(result, checked):
    """Add what AnsibleModule remarks on arguments that it accepts, in its words and before what the module itself has to say."""
    warnings = [f"Both option {remark['option']} and its alias {remark['alias']} are set." for remark in checked._warnings]
    if warnings:
        result["warnings"] = [*warnings, *result.get("warnings", ())]
    if checked._deprecations:
        result["deprecations"] = [{name: value for name, value in remark.items() if value is not None} for remark in checked._deprecations]


def _argument_error(errors, action):
    """The words of AnsibleModule for wrong arguments."""
    if isinstance(errors[0], UnsupportedError):
        return f"Unsupported parameters for ({action}) module: {errors.msg}"
    return errors.msg


def _same_python(path, other):
    """Whether two paths are one interpreter with one set of packages: two virtual environments may share the binary, but not the folder."""
    return os.path.realpath(path) == os.path.realpath(other) and os.path.realpath(os.path.dirname(path)) == os.path.realpath(
        os.path.dirname(other)
    )


class Leash:
    """Ends this worker when the run of Ansible is gone, as after ``kill -9``: nobody could stop it, and the run lock would be free."""

    _worker = None

    @classmethod
    def put_on(cls):
        if cls._worker != os.getpid():
            cls._worker = os.getpid()
            threading.Thread(target=cls._watch, args=(os.getppid(),), daemon=True).start()

    @staticmethod
    def _watch(run):
        while os.getppid() == run:
            time.sleep(0.2)
        os._exit(1)


class Progress:
    """Lines about a long wait for people; silent where the output is made for machines."""

    # Shared by the items of a loop, so that a thousand of them do not print a thousand lines at once.
    _next = 0

    def __init__(self, task):
        self._task = task
        self._silent = any(word in C.DEFAULT_STDOUT_CALLBACK for word in ("json", "null", "junit", "minimal", "oneline"))

    def __call__(self, text):
        plan = text.startswith(("would ", "will "))
        if not self._silent and (plan or time.monotonic() >= Progress._next):
            if not plan:
                Progress._next = time.monotonic() + PROGRESS_INTERVAL
            Display().display(f"[{self._task}] {text}")
