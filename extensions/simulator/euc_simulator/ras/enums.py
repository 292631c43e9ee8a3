# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enumerations of the farm: numbers on the wire, names in the tenant file. Source: contract, components/schemas."""

from ..tenant import TenantError

SERVER_TYPE = {
    -1: "All", 1: "RDSHost", 2: "Provider", 3: "Gateway", 4: "Guest", 7: "PA", 9: "Site", 16: "RDSGroup", 25: "HALBDevice",
    45: "TenantBroker", 46: "Enrollment", 51: "HALB", 64: "AVDWorkspace", 65: "AVDHostPool", 66: "AVDTemplate",
    67: "AVDHost", 95: "VDITemplateVersion", 96: "AVDTemplateVersion", 97: "RDSTemplateVersion", 107: "RDSTemplate",
    108: "VDITemplate", 2013: "VDIHost",
}  # fmt: skip
AGENT_STATE = {
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
}  # fmt: skip
BROKEN_REASON = {
    -1: "Ignore", 0: "MissingObj", 1: "InvalidTags", 2: "MissingDAGObj", 3: "InvalidDAGTags", 4: "MissingDAGRoles",
    5: "MissingDAGWorkspaceLink", 6: "HostpoolAutomaticAssignment", 7: "MissingRAGObj", 8: "InvalidRAGTags",
    9: "MissingRAGRoles", 10: "MissingRAGWorkspaceLink", 11: "MissingRAGRemoteApp", 12: "MissingObjectID",
}  # fmt: skip
SESSION_STATE = {
    -1: "All", 0: "Active", 1: "Connected", 2: "ConnectQuery", 3: "Shadow", 4: "Disconnected", 5: "Idle", 6: "Listen",
    7: "Reset", 8: "Down", 9: "Init",
}  # fmt: skip
SESSION_TYPE = {
    -1: "All", 0: "Desktop", 1: "PublishedApps", 2: "Application", 3: "VDI", 4: "VDIApp", 5: "PC", 6: "PCApp", 7: "Admin",
    8: "Unknown", 9: "RemoteApps", 10: "DirectRDP",
}  # fmt: skip
CONNECTION_MODE = {
    0: "GatewayMode", 1: "DirectMode", 2: "GatewaySSLMode", 3: "DirectSSLMode", 4: "DirectRDPMode", 200: "Unknown",
}  # fmt: skip
AUTHENTICATION_TYPE = {
    0: "None", 1: "Credentials", 2: "SCard", 3: "SAML",
}  # fmt: skip

# Field of an answer -> its enumeration.
FIELDS = {"serverType": SERVER_TYPE, "agentState": AGENT_STATE, "brokenReason": BROKEN_REASON, "state": SESSION_STATE, "type": SESSION_TYPE,
          "connectionMode": CONNECTION_MODE, "authenticationType": AUTHENTICATION_TYPE}


def number(table: dict, word) -> int:
    """The number of a name; a number stays as it is, known or not."""
    if isinstance(word, int):
        return word
    for value, name in table.items():
        if name.lower() == str(word).lower():
            return value
    raise TenantError(f"{word!r} is none of {', '.join(table.values())}.")


def word(table: dict, value: int):
    """The name of a number, or the number itself where it has none."""
    return table.get(value, value)


def spelled(value, style: str):
    """An answer with its enumerations written in another style: `number`, `digits` ("53"), `text` ("53 = Broken") or `name`."""
    if isinstance(value, list):
        return [spelled(item, style) for item in value]
    if not isinstance(value, dict) or style == "number":
        return value
    return {key: _spelled(FIELDS[key], item, style) if key in FIELDS and isinstance(item, int) else spelled(item, style)
            for key, item in value.items()}


def _spelled(table: dict, value: int, style: str):
    if style == "digits" or value not in table:
        return str(value)
    return table[value] if style == "name" else f"{value} = {table[value]}"
