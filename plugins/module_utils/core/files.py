# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that come down: written whole or not at all, and readable by their owner only."""

from __future__ import annotations

import os
import tempfile

from .errors import InvalidInput


def check_destination(path):
    """Raise InvalidInput if no file can be written there; called before anything is asked of a server."""
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path):
        raise InvalidInput(f"'{path}' is a folder; name the file to write")
    if not os.path.isdir(folder):
        raise InvalidInput(f"The folder of '{path}' does not exist")
    if not os.access(folder, os.W_OK):
        raise InvalidInput(f"The folder of '{path}' cannot be written to")


def save(path, content, mode=0o600):
    """Write the bytes with this mode, replacing an older file in one step. Returns whether the content is new."""
    try:
        with open(path, "rb") as file:
            if file.read() == content:
                os.chmod(path, mode)
                return False
    except FileNotFoundError:
        pass
    handle, unfinished = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)), prefix=".euc-fleet-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(handle, mode)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise
    return True
