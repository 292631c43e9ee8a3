# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Every target sets itself up first. PYTHON=/path/to/python chooses the interpreter (3.11 or newer).

BIN := .venv/bin
READY := .venv/.ready
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup demo rehearse test lint sanity unit integration matrix bench docs generate calls changelog build publish lock clean

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

setup: $(READY) ## Make .venv with the pinned tools, the simulator and this checkout as a collection
	@:

$(READY): tools/setup.sh constraints.txt requirements.txt requirements-dev.txt $(wildcard extensions/simulator/pyproject.toml)
	@tools/setup.sh

demo: $(READY) ## Do a day's work against a simulated tenant
	@$(BIN)/python demo/run.py

rehearse: $(READY) ## Run a playbook on the twin of a tenant (TENANT=export.yml PLAYBOOK=site.yml SPEED=60 OPTIONS="--check --diff")
	$(if $(and $(TENANT),$(PLAYBOOK)),,$(error Give TENANT=FILE and PLAYBOOK=FILE, such as TENANT=demo/tenant.yml PLAYBOOK=demo/apply.yml))
	@PATH="$(CURDIR)/$(BIN):$$PATH" ANSIBLE_COLLECTIONS_PATH="$(CURDIR)/.venv/collections" \
	    euc-simulator rehearse --speed $(or $(SPEED),60) --tenant "$(TENANT)" "$(PLAYBOOK)" $(OPTIONS)

test: $(READY) ## Run every check below but matrix and bench
	@$(BIN)/python tools/check.py

lint: $(READY) ## Changelog, generated files, licenses, ruff, workflows, ansible-lint, documentation, Galaxy's importer
	@$(BIN)/python tools/check.py lint

sanity: $(READY) ## ansible-test sanity
	@$(BIN)/python tools/check.py sanity

unit: $(READY) ## Everything that pytest runs: unit, simulator, conformance, contract, property, fault, e2e
	@$(BIN)/python tools/check.py pytest

integration: $(READY) ## ansible-test integration against the simulator, both execution ways (TARGETS="a b", LIVE=1)
	@$(BIN)/python tools/ansible_test.py integration $(if $(LIVE),--live) $(TARGETS)

matrix: $(READY) ## Unit tests, integration and playbooks on each supported ansible-core whose Python is found (CORE=2.16 TARGETS="a b")
	@$(BIN)/nox -- $(TARGETS)

bench: $(READY) ## Measure ours beside the alternatives; writes docs/benchmark.*
	@$(BIN)/python tests/benchmark/run.py

docs: $(READY) ## Check the documentation and build its site in .cache/docs
	@$(BIN)/python tools/check.py docs

generate: $(READY) ## Write the files that follow from the modules: meta/runtime.yml, the index in README.md
	@$(BIN)/python tools/generate.py

calls: $(READY) ## Write docs/calls.md from recorded calls
	@$(BIN)/python tools/call_table.py

changelog: $(READY) ## Fold changelogs/fragments into CHANGELOG.md as the version of galaxy.yml
	@PATH="$(CURDIR)/$(BIN):$$PATH" antsibull-changelog release --update-existing --reload-plugins

build: $(READY) ## Build the collection artifact in dist
	@rm -rf .cache/artifact dist
	@$(BIN)/python tools/check.py galaxy
	@mkdir -p dist && cp .cache/artifact/*.tar.gz dist && ls dist/*.tar.gz

publish: ## Publish the artifact of a released version on the Galaxy server that ansible-galaxy knows (VERSION=1.0.0)
	@grep -qx 'version: $(VERSION)' galaxy.yml || { echo "galaxy.yml does not say 'version: $(VERSION)'"; exit 1; }
	@grep -qx '  $(VERSION):' changelogs/changelog.yaml || { echo "changelogs/changelog.yaml has no release $(VERSION); see CONTRIBUTING.md"; exit 1; }
	@! grep -q '^repository: .*\bexample\b' galaxy.yml || { echo "galaxy.yml names no repository that there is, only a placeholder"; exit 1; }
	@$(MAKE) build
	@$(BIN)/ansible-galaxy collection publish dist/euc-fleet-$(VERSION).tar.gz

lock: $(READY) ## Renew constraints.txt with the newest versions
	@$(BIN)/nox --session lock

clean: ## Remove everything that make has made
	rm -rf .venv .cache .ansible .nox dist tests/output .pytest_cache .ruff_cache .hypothesis extensions/simulator/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
