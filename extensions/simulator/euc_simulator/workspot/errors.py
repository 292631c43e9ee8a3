# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals that several handlers share. Tokens other than the throttle's are our own: the vendor publishes none."""

from ..wire import Call, Refusal


def not_found(control, noun: str, name) -> Refusal:
    switches = control.switches
    return Refusal(switches.not_found_status, "notFound", switches.not_found_text.format(noun=noun, name=name))


def invalid(description: str) -> Refusal:
    return Refusal(400, "invalidRequest", description)


def wrong_state(desktop, command: str) -> Refusal:
    return Refusal(400, "invalidState", f"Desktop {desktop.name} is {desktop.status}; it cannot be {command} now.")


def persistent_only(pool, command: str) -> Refusal:
    return Refusal(400, "notSupported", f"Desktops of pool {pool.name} cannot be {command}: only persistent ones can.")


def no_such_call(call: Call) -> Refusal:
    return Refusal(404, "Not Found", f"No call answers {call.method} {call.path}.")
