# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: what a run that was cut off has sent."""

from __future__ import annotations

import json
import os
import stat
import types

import pytest
from ansible_collections.euc.fleet.plugins.module_utils.core import journal as journals
from ansible_collections.euc.fleet.plugins.module_utils.core.journal import ACCEPTED, ENDED, OWED, SENDING, Journal
from unit.clocks import ManualClock


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def read_lines(monkeypatch):
    """The lines that are read, as they come."""
    lines = []
    monkeypatch.setattr(journals, "json", types.SimpleNamespace(dumps=json.dumps, loads=lambda line: lines.append(line) or json.loads(line)))
    return lines


@pytest.fixture
def journal(tmp_path, clock):
    return Journal(str(tmp_path / "journal.jsonl"), clock)


def test_nothing_is_unfinished_at_first(journal):
    assert journal.unfinished("create desktop A") is None


def test_the_last_word_on_a_change_counts(journal):
    journal.note("A", SENDING)
    journal.note("B", SENDING)
    journal.note("A", ACCEPTED, "op-1")
    journal.note("B", ENDED)
    assert journal.unfinished("A")["operation"] == "op-1"
    assert journal.unfinished("B") is None


def test_what_is_owed_stays_until_it_is_done(journal):
    journal.note("A", OWED)
    assert journal.unfinished("A")["event"] == OWED
    journal.note("A", ENDED)
    assert journal.unfinished("A") is None


def test_another_process_reads_it(journal, tmp_path, clock):
    journal.note("A", SENDING)
    assert Journal(str(tmp_path / "journal.jsonl"), clock).unfinished("A")["event"] == SENDING


def test_a_day_later_it_is_history(journal, clock):
    journal.note("A", ACCEPTED, "op-1")
    clock.now += journals.KEPT_SECONDS + 1
    assert journal.unfinished("A") is None


def test_a_line_cut_short_by_a_kill_is_passed_over(journal, tmp_path):
    journal.note("A", SENDING)
    with open(tmp_path / "journal.jsonl", "a") as file:
        file.write('{"at": 1, "key": "B", "ev\n')
    journal.note("C", SENDING)
    assert journal.unfinished("A") and journal.unfinished("C") and journal.unfinished("B") is None


def test_a_line_without_an_end_takes_no_other_with_it(journal, tmp_path):
    with open(tmp_path / "journal.jsonl", "a") as file:
        file.write('{"at": 1, "key": "B", "ev')
    assert journal.unfinished("B") is None
    journal.note("A", SENDING)
    assert journal.unfinished("A") and Journal(str(tmp_path / "journal.jsonl"), ManualClock()).claim("A")["event"] == SENDING


def test_each_line_is_read_once(journal, tmp_path, clock, read_lines):
    other = Journal(str(tmp_path / "journal.jsonl"), clock)
    for number in range(50):
        assert journal.claim(f"{number}") is None
        assert other.claim(f"{number}")["run"] == journal._run
        journal.note(f"{number}", ENDED)
        assert other.unfinished(f"{number}") is None
    # Of a hundred lines each of the two reads none twice.
    assert len(read_lines) <= 2 * 100


def test_a_file_that_another_process_has_compacted_is_read_anew(journal, tmp_path, clock, monkeypatch):
    other = Journal(str(tmp_path / "journal.jsonl"), clock)
    for name in ("A", "B"):
        journal.note(name, SENDING)
    assert other.unfinished("A") and other.unfinished("B")
    journal.note("A", ENDED)
    monkeypatch.setattr(journals, "COMPACTED_ABOVE", 100)
    journal.note("C", ACCEPTED, "op-3")
    assert other.unfinished("A") is None and other.unfinished("B") and other.unfinished("C")["operation"] == "op-3"


def test_it_is_private_and_does_not_grow_for_ever(journal, tmp_path, monkeypatch):
    monkeypatch.setattr(journals, "COMPACTED_ABOVE", 2000)
    journal.note("open", ACCEPTED, "op-1")
    for number in range(200):
        journal.note(f"change {number}", SENDING)
        journal.note(f"change {number}", ENDED)
    path = tmp_path / "journal.jsonl"
    assert path.stat().st_size < 3000
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert journal.unfinished("open")["operation"] == "op-1"
