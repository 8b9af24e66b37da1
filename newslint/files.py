"""Files written whole or not at all."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Puts a text in a file, in place of what was there; no half of it is ever seen.

    The file keeps its mode, and a link stays one. Raises OSError, and leaves the file as it was.
    """
    import tempfile  # Imported here: a run that writes no file needs none of it.

    path = path.resolve()
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
