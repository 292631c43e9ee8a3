# Copyright (c) 2026, euc.fleet contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep a clean copy of the collection below .cache, at the path that ansible-test, linters and builders insist on.

The copy holds what git tracks or would track, so no cache, environment or report of this checkout gets into it, and
whatever a tool leaves behind there does not get into the checkout.
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Not ours to remove: what ansible-test writes and reuses, the configuration of a run, and the repository made below.
KEEP = (Path("tests", "output"), Path("tests", "integration", "integration_config.yml"), Path(".git"))


def copy_for(purpose: str) -> Path:
    """Return where the copy for this purpose is; runs that write into theirs have one each and do not meet."""
    return ROOT / ".cache" / purpose / "ansible_collections" / "euc" / "fleet"


def source_files() -> set[Path]:
    """Return the files of the checkout that git tracks or does not ignore, relative to its root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    names = filter(None, listing.stdout.split("\0"))
    return {Path(name) for name in names if (ROOT / name).is_file()}


def sync(purpose: str = "ansible-test") -> Path:
    """Bring the copy up to date, file by file, and return its path."""
    copy = copy_for(purpose)
    copy.mkdir(parents=True, exist_ok=True)
    if not (copy / ".git").exists():
        # ansible-test asks git for the files. Without a repository of its own, the copy would belong to that of the
        # checkout, which ignores all of .cache: nothing would be tested.
        subprocess.run(["git", "init", "--quiet", str(copy)], check=True)
    wanted = source_files()
    for path in sorted(copy.rglob("*"), reverse=True):
        name = path.relative_to(copy)
        if any(name.is_relative_to(kept) for kept in KEEP):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif name not in wanted:
            path.unlink()
    for name in wanted:
        source, target = ROOT / name, copy / name
        if not target.exists() or not same(source, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return copy


def same(source: Path, target: Path) -> bool:
    return source.stat().st_mode == target.stat().st_mode and filecmp.cmp(source, target)


if __name__ == "__main__":
    print(sync())
