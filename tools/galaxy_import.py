# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Put the artifact of this version in the given folder through Galaxy's importer; its warnings count as failures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def main(folder: Path) -> int:
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text())
    artifact = folder / "{namespace}-{name}-{version}.tar.gz".format(**galaxy)
    # The importer leaves its report in the current folder.
    command = [sys.executable, "-m", "galaxy_importer.main", artifact.name]
    importer = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(importer.stdout)
    complaints = [line for line in importer.stdout.splitlines() if line.startswith(("WARNING", "ERROR"))]
    return importer.returncode or int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
