# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""extensions/controller names only what there is: options of the modules of awx.awx, variables of our roles, environment variables of our options.

No controller is asked here. The options are those that the modules of awx.awx document; just those that are used here or easily mistaken.
"""

from __future__ import annotations

import re

import pytest
import yaml
from support import ROOT
from vendors import vendor_of

OPTIONS = {
    "credential": {"name", "organization", "credential_type", "inputs", "update_secrets", "description", "team", "user"},
    "credential_type": {"name", "description", "kind", "inputs", "injectors"},
    "execution_environment": {"name", "image", "description", "organization", "credential", "pull"},
    "host": {"name", "inventory", "description", "enabled", "variables"},
    "inventory": {"name", "organization", "description", "variables", "kind"},
    "job_template": {
        *("name", "organization", "project", "playbook", "inventory", "credentials", "execution_environment", "allow_simultaneous"),
        *("ask_job_type_on_launch", "extra_vars", "survey_enabled", "survey_spec", "timeout", "verbosity", "job_type"),
    },
    "project": {"name", "organization", "scm_type", "scm_url", "scm_branch", "scm_update_on_launch", "credential", "wait"},
    "schedule": {"name", "unified_job_template", "rrule", "extra_data", "enabled", "organization"},
}


class Loader(yaml.SafeLoader):
    """Reads !unsafe as the text that it is."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


@pytest.fixture(scope="module")
def tasks():
    (play,) = yaml.load((ROOT / "extensions" / "controller" / "controller.yml").read_text(), Loader)
    return {module: task[module] for task in play["tasks"] for module in task if module.startswith("awx.awx.")}


def variables_of(*roles):
    """The options of roles by name."""
    return {
        name: option
        for role in roles
        for name, option in yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text())["argument_specs"]["main"]["options"].items()
    }


def test_the_modules_have_the_options_that_are_given(tasks):
    assert {name.rpartition(".")[2] for name in tasks} == set(OPTIONS)
    for name, options in tasks.items():
        assert set(options) <= OPTIONS[name.rpartition(".")[2]], name


def test_what_is_referred_to_is_made_there(tasks):
    made = {name.rpartition(".")[2]: options["name"] for name, options in tasks.items()}
    job = tasks["awx.awx.job_template"]
    assert [job["project"], job["inventory"], job["execution_environment"], *job["credentials"]] == [
        *(made[kind] for kind in ("project", "inventory", "execution_environment", "credential")),
    ]
    assert tasks["awx.awx.credential"]["credential_type"] == made["credential_type"]
    assert tasks["awx.awx.schedule"]["unified_job_template"] == made["job_template"]
    assert tasks["awx.awx.host"]["inventory"] == made["inventory"]
    assert re.fullmatch(r"DTSTART;TZID=\S+:\d{8}T\d{6} RRULE:FREQ=DAILY;INTERVAL=1", tasks["awx.awx.schedule"]["rrule"])


def test_the_credential_becomes_the_environment_that_modules_read(tasks):
    kind, credential = tasks["awx.awx.credential_type"], tasks["awx.awx.credential"]
    fields = {field["id"]: field for field in kind["inputs"]["fields"]}
    injected = dict(kind["injectors"]["env"])
    assert injected.pop("EUC_FLEET_STATE_DIR") == "{{ controller_state }}"
    assert injected == {f"WORKSPOT_{name.upper()}": f"{{{{ {name} }}}}" for name in fields}
    known = vendor_of("workspot_pool").client.CONNECTION["options"]
    assert set(fields) <= set(known) and set(credential["inputs"]) == set(fields)
    assert {name for name, field in fields.items() if field.get("secret")} == {name for name in fields if known[name].get("no_log")}


def test_the_survey_asks_for_variables_that_the_parts_have(tasks):
    job, known = tasks["awx.awx.job_template"], variables_of("drift_report", "remediation", "license_report")
    questions = {question["variable"]: question for question in job["survey_spec"]["spec"]}
    (scheduled,) = yaml.safe_load((ROOT / "playbooks" / "scheduled.yml").read_text())
    assert questions["scheduled_parts"]["choices"] == scheduled["vars"]["scheduled_parts"]
    assert questions["drift_report_threshold"]["choices"] == known["drift_report_threshold"]["choices"]
    assert job["extra_vars"].keys() | questions.keys() <= known.keys() | {"scheduled_parts"}
