# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enumerations of RAS. Source: contract, components/schemas, with the values that later guides add; behaviour notes, 1.3 and 1.7.

The number is expected on the wire, and every other form is read as well. A number that is not known here stays what it is.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Mapping

from ..core.errors import InvalidInput

NUMBERED = re.compile(r"\s*(-?\d+)\s*(?:=\s*(\w+)\s*)?")
NOTHING = {"code": None, "name": None}


@dataclasses.dataclass(frozen=True)
class Enum:
    """Numbers and their names; ``renamed`` are other names in use, such as those of newer guides."""

    names: Mapping
    renamed: Mapping = dataclasses.field(default_factory=dict)

    def read(self, value):
        """``{"code": 53, "name": "Broken"}`` out of 53, "53", "53 = Broken", "Broken" or None. Never fails.

        An unknown number keeps its code and the name that came with it, an unknown name has no code.
        """
        if value is None or value == "":
            return dict(NOTHING)
        numbered = NUMBERED.fullmatch(str(value))
        if numbered:
            code = int(numbered.group(1))
            return {"code": code, "name": self.names.get(code, numbered.group(2))}
        code = self._code_of(str(value).strip())
        return {"code": code, "name": self.names.get(code, str(value))}

    def parse(self, option, value):
        """The code that a user means by a number or name. Raises InvalidInput for a name that there is not."""
        read = self.read(value)
        if read["code"] is None:
            near = difflib.get_close_matches(str(value), [*self.names.values(), *self.renamed], n=3) or [*self.names.values()][:5]
            raise InvalidInput(f"{option} takes numbers and names of agent states such as {', '.join(near)}, not '{value}'")
        return read["code"]

    def _code_of(self, name):
        known = {
            **{word.casefold(): code for code, word in self.names.items()},
            **{word.casefold(): code for word, code in self.renamed.items()},
        }
        return known.get(name.casefold())


SERVER_TYPE = Enum(
    {
        -1: "All", 1: "RDSHost", 2: "Provider", 3: "Gateway", 4: "Guest", 7: "PA", 9: "Site", 10: "VDIHostPool", 16: "RDSGroup",
        25: "HALBDevice", 45: "TenantBroker", 46: "Enrollment", 51: "HALB", 64: "AVDWorkspace", 65: "AVDHostPool",
        66: "AVDTemplate", 67: "AVDHost", 95: "VDITemplateVersion", 96: "AVDTemplateVersion", 97: "RDSTemplateVersion",
        107: "RDSTemplate", 108: "VDITemplate", 2013: "VDIHost",
    },
    renamed={"Broker": 7},
)  # fmt: skip
AGENT_STATE = Enum(
    {
        -8: "AutoUpgradeLimitReached", -7: "AutoUpgradeFailed", -6: "Unknown", -5: "NeedsUpdate", -4: "NotVerified",
        -3: "ServerDeleted", -2: "DisabledFromSettings", -1: "Disconnected", 0: "OK", 1: "EnumSessionsFailed",
        2: "RDSRoleDisabled", 3: "MaxNonCompletedSessions", 4: "RASScheduleInProgress", 5: "ConnectionFailed",
        6: "InvalidCredentials", 7: "NeedsSysprep", 8: "SysPrepInProgress", 9: "CloningFailed", 10: "Synchronising",
        13: "LogonDrainUntilRestart", 14: "LogonDrain", 15: "LogonDisabled", 16: "ForcedDisconnect", 17: "CloningCanceled",
        18: "RASprepInProgress", 20: "InstallingRDSRole", 21: "RebootPending", 22: "PortMismatch", 23: "NeedsDowngrade",
        24: "NotApplied", 25: "CloningInProgress", 26: "MarkedForDeletion", 27: "StandBy", 28: "UnsupportedVDIType",
        29: "FreeESXLicenseNotSupported", 30: "ManagedESXNotSupported", 32: "InvalidHostVersion", 33: "NotJoined",
        35: "LicenseExpired", 36: "JoinBroken", 37: "InUse", 38: "NotInUse", 39: "Unsupported", 40: "NoAvailableGateways",
        41: "EnrollServerNotInitialized", 42: "EnrollmentUnavailable", 43: "InvalidCAConfig", 44: "InvalidEAUserCredentials",
        45: "InvalidESSettings", 46: "FSLogixNotAvail", 47: "NoDevices", 48: "NeedsAttention", 49: "ImageOptimizationPending",
        50: "ImageOptimization", 51: "Unavailable", 52: "UnderConstruction", 53: "Broken", 54: "NonRAS", 55: "Provisioning",
        56: "Invalid", 57: "FSLogixNeedsUpdate", 58: "NoMembersAvailable", 59: "MembersNeedUpdate", 60: "FailedPerfCounters",
        61: "PendingRecreation", 62: "RemovingMembers", 63: "AddingMembers", 64: "DeleteInProgress", 66: "JoiningToHostPool",
        67: "AutoUpgradeInProgress", 68: "AutoUpgradeInitiated",
    }
)  # fmt: skip
BROKEN_REASON = Enum(
    {
        -1: "Ignore", 0: "MissingObj", 1: "InvalidTags", 2: "MissingDAGObj", 3: "InvalidDAGTags", 4: "MissingDAGRoles",
        5: "MissingDAGWorkspaceLink", 6: "HostpoolAutomaticAssignment", 7: "MissingRAGObj", 8: "InvalidRAGTags",
        9: "MissingRAGRoles", 10: "MissingRAGWorkspaceLink", 11: "MissingRAGRemoteApp", 12: "MissingObjectID",
    }
)  # fmt: skip
SESSION_STATE = Enum(
    {
        -1: "All", 0: "Active", 1: "Connected", 2: "ConnectQuery", 3: "Shadow", 4: "Disconnected", 5: "Idle", 6: "Listen",
        7: "Reset", 8: "Down", 9: "Init",
    }
)  # fmt: skip
SESSION_TYPE = Enum(
    {
        -1: "All", 0: "Desktop", 1: "PublishedApps", 2: "Application", 3: "VDI", 4: "VDIApp", 5: "PC", 6: "PCApp", 7: "Admin",
        8: "Unknown", 9: "RemoteApps", 10: "DirectRDP",
    }
)  # fmt: skip
CONNECTION_MODE = Enum(
    {
        0: "GatewayMode", 1: "DirectMode", 2: "GatewaySSLMode", 3: "DirectSSLMode", 4: "DirectRDPMode", 200: "Unknown",
    }
)  # fmt: skip
AUTHENTICATION_TYPE = Enum(
    {
        0: "None", 1: "Credentials", 2: "SCard", 3: "SAML",
    }
)  # fmt: skip
# Codes that are not published keep their numbers, and the names that come with them.
UNPUBLISHED = Enum({})
ENUMS = {
    "agent_state": AGENT_STATE,
    "server_type": SERVER_TYPE,
    "broken_reason": BROKEN_REASON,
    "session_state": SESSION_STATE,
    "session_type": SESSION_TYPE,
    "connection_mode": CONNECTION_MODE,
    "authentication_type": AUTHENTICATION_TYPE,
}

OK, MAINTENANCE, IN_PROGRESS, ATTENTION, FAILED, UNKNOWN = "ok", "maintenance", "in_progress", "attention", "failed", "unknown"
# Our reading of the names; what is in none of them is unknown.
HEALTH = {
    OK: (0, 27, 37, 38),
    MAINTENANCE: (-2, 13, 14, 15, 16),
    IN_PROGRESS: (4, 8, 10, 18, 20, 21, 24, 25, 26, 49, 50, 52, 55, 61, 62, 63, 64, 66, 67, 68),
    ATTENTION: (-5, 3, 7, 17, 23, 46, 48, 54, 57, 59, 60),
    FAILED: (-8, -7, -3, -1, 1, 2, 5, 6, 9, 22, 28, 29, 30, 32, 33, 35, 36, 39, 40, 41, 42, 43, 44, 45, 47, 51, 53, 56, 58),
}
DISCONNECTED, BROKEN, NOT_APPLIED, DELETING = -1, 53, 24, 64
DRAINING_UNTIL_RESTART, DRAINING, LOGONS_DISABLED = 13, 14, 15


def health(value):
    """The health class of an agent state in any form."""
    code = AGENT_STATE.read(value)["code"]
    return next((name for name, codes in HEALTH.items() if code in codes), UNKNOWN)
