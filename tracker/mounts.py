"""Where a file really lies. SQLite's WAL needs shared memory: all processes on one host."""

from __future__ import annotations

import re
from pathlib import Path

_NETWORK = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gpfs",
        "lustre",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    }
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def mounts() -> str:
    """The mount table of this machine; empty where the system has no `/proc`."""
    table = Path("/proc/self/mounts")
    return table.read_text(errors="replace") if table.exists() else ""


def network_file_system(path: Path, table: str) -> str:
    """The kind of network file system that `path` lies on by a mount table, or "".

    `path` must be resolved: a link may lead to another file system. Of two mounts on one place the
    later hides the earlier.
    """
    best, kind = "", ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        at = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[1])
        if len(at) >= len(best) and path.is_relative_to(at):
            best, kind = at, fields[2]
    return kind if kind in _NETWORK else ""
