"""Putting a finished warehouse in place of the old one: lock, snapshot, one atomic rename; leftovers are swept up."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tasks.settings import Settings
from tasks.storage import write_bytes

BUILD_PREFIX = ".warehouse-"
BUILD_SUFFIX = ".duckdb"
SNAPSHOT_PREFIX = ".snapshot-"


def build_path(settings: Settings, run_id: str) -> Path:
    """Where the warehouse of a run is built: beside the published one, so that a rename puts it in place."""
    return settings.data_dir / f"{BUILD_PREFIX}{run_id}{BUILD_SUFFIX}"


def snapshots_dir(settings: Settings) -> Path:
    """The folder of published files, named by run."""
    return settings.data_dir / "snapshots"


def fingerprint_path(settings: Settings) -> Path:
    """The small file that says what the published warehouse was made from."""
    return settings.data_dir / "warehouse.fingerprint"


def lock_path(settings: Settings) -> Path:
    """The file whose lock is the right to publish; the lock ends with its process, however that ends."""
    return settings.data_dir / ".warehouse.lock"


def sweep(settings: Settings) -> None:
    """Removes what killed runs left behind; to be called with the lock held."""
    for path in (*settings.data_dir.glob(f"{BUILD_PREFIX}*{BUILD_SUFFIX}*"), *_unfinished_snapshots(settings)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _unfinished_snapshots(settings: Settings) -> Iterator[Path]:
    return snapshots_dir(settings).glob(f"{SNAPSHOT_PREFIX}*")


def read_published_fingerprint(settings: Settings) -> str | None:
    """What the published warehouse was made from, or None where there is none."""
    try:
        return fingerprint_path(settings).read_text(encoding="ascii") if settings.warehouse_path.exists() else None
    except (OSError, UnicodeDecodeError):
        return None


def publish(settings: Settings, run_id: str, mark: str) -> None:
    """Puts the built and closed file of a run in place of the published one; open readers keep the old file.

    The snapshot comes first, so that whatever was ever published can be queried later. It is a copy and no link:
    the duckdb shell opens the published file for writing.
    """
    built = build_path(settings, run_id)
    _fsync(built)
    if settings.snapshots_kept > 0:
        keep_snapshot(settings, built, run_id)
    fingerprint_path(settings).unlink(missing_ok=True)
    # A shell that wrote to the old file may have left its log, which must not be replayed on the new one.
    settings.warehouse_path.with_name(f"{settings.warehouse_path.name}.wal").unlink(missing_ok=True)
    built.replace(settings.warehouse_path)
    _fsync(settings.data_dir)
    write_bytes(fingerprint_path(settings), mark.encode("ascii"))
    remove_old_snapshots(settings, run_id)


def keep_snapshot(settings: Settings, built: Path, run_id: str) -> None:
    """Copies a built file into the snapshots, whole or not at all."""
    folder = snapshots_dir(settings)
    folder.mkdir(exist_ok=True)
    temporary = folder / f"{SNAPSHOT_PREFIX}{run_id}{BUILD_SUFFIX}"
    shutil.copyfile(built, temporary)
    _fsync(temporary)
    temporary.replace(folder / f"{run_id}{BUILD_SUFFIX}")


def list_snapshots(settings: Settings) -> list[Path]:
    """The snapshots, newest first; run ids begin with the time."""
    paths = snapshots_dir(settings).glob(f"[!.]*{BUILD_SUFFIX}")
    return sorted(paths, key=lambda path: path.name, reverse=True)


def remove_old_snapshots(settings: Settings, run_id: str) -> None:
    """Deletes all but the newest snapshots, never that of the run itself."""
    others = [path for path in list_snapshots(settings) if path.stem != run_id]
    for path in others[max(settings.snapshots_kept - 1, 0) :]:
        path.unlink()


def _fsync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
