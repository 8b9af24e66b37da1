"""Files written whole or not at all."""

import contextlib
import errno
import os
import zlib
from pathlib import Path


def write(path: Path, content: str | bytes) -> None:
    """Puts a text in a file, in place of what was there; no half of it is ever seen.

    The file keeps its mode and owner, and a link stays one. Raises OSError, also for a file that
    nobody may write, and leaves the file as it was.
    """
    path = path.resolve()
    before = path.stat() if path.exists() else None
    if before and not before.st_mode & 0o222:
        raise PermissionError(errno.EACCES, "the file is read-only", str(path))
    spare = _spare(path)
    handle = _reserve(spare)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(handle)
            _dress(handle, before)
            os.replace(spare, path)  # Still locked, so that no other run takes it for a remnant.
    except BaseException:
        spare.unlink(missing_ok=True)
        raise


def _spare(path: Path) -> Path:
    """Where the new text stands until it is whole: always the same, hidden, of no known format.

    So a run that was killed leaves at most one such file a draft, and the next one takes it over.
    """
    return path.parent / f".newslint-{zlib.crc32(os.fsencode(path.name)):08x}"


def _reserve(spare: Path) -> int:
    """A handle on a new, locked file. Raises OSError where another run is writing just that one."""
    while True:
        try:
            handle = os.open(spare, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            _sweep(spare)
            continue
        if _locked(handle) and _is(handle, spare):
            return handle
        os.close(handle)


def _sweep(spare: Path) -> None:
    """Deletes what a killed run left: nobody holds its lock any more."""
    with contextlib.suppress(FileNotFoundError):
        handle = os.open(spare, os.O_WRONLY)
        try:
            if not _locked(handle):
                raise OSError(errno.EBUSY, "another newslint is writing it")
            if _is(handle, spare):
                spare.unlink()
        finally:
            os.close(handle)


def _locked(handle: int) -> bool:
    """Whether the lock on a file is ours now; it ends with the handle, or with the process."""
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # A file system without locks.
        return True
    return True


def _is(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _dress(handle: int, before: os.stat_result | None) -> None:
    """Gives a new file the owner and mode of the old one, or what the umask leaves."""
    if before is None:
        os.fchmod(handle, 0o666 & ~_umask())
        return
    with contextlib.suppress(PermissionError):  # Only root may give files away.
        os.fchown(handle, before.st_uid, before.st_gid)
    os.fchmod(handle, before.st_mode & 0o7777)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
