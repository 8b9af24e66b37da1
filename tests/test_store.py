"""Nothing that happens to the file of a store does harm."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newslint.store import Store

# Writes values that can be told from their keys, for ever or so many.
_WRITER = """
import itertools, sys
from pathlib import Path
from newslint.store import Store

folder, first, count, length = Path(sys.argv[1]), *map(int, sys.argv[2:])
store = Store(folder)
print("writing", flush=True)
for number in range(first, first + count) if count else itertools.count(first):
    key = number.to_bytes(16, "big")
    store.put(key, key * length)
store.close()
print("done")
"""


def _writer(folder: Path, first: int, count: int, length: int = 20, **keywords: object):
    command = [sys.executable, "-c", _WRITER, str(folder), str(first), str(count), str(length)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **keywords)  # type: ignore[call-overload]


def _known(folder: Path, numbers: range, length: int = 20) -> int:
    """How many of the values are there; all that are there must be right."""
    store = Store(folder)
    keys = [number.to_bytes(16, "big") for number in numbers]
    values = {key: store.get(key) for key in keys}
    store.close()
    assert all(value in (None, key * length) for key, value in values.items())
    return sum(value is not None for value in values.values())


def _put(folder: Path, **values: bytes) -> None:
    store = Store(folder)
    for key, value in values.items():
        store.put(key.encode(), value)
    store.close()


def _get(folder: Path, key: str) -> bytes | None:
    store = Store(folder)
    value = store.get(key.encode())
    store.close()
    return value


def test_values_stay(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    _put(folder, a=b"1", b=b"")
    assert [_get(folder, key) for key in "abc"] == [b"1", b"", None]
    assert (folder / ".gitignore").read_text().endswith("*\n")
    assert (
        (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f0688680")
    )
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_there_is_left_as_it_is(tmp_path: Path) -> None:
    _put(tmp_path, a=b"1")
    assert not (tmp_path / ".gitignore").exists()


def test_the_longest_unused_goes(tmp_path: Path) -> None:
    for number in range(60):
        store = Store(tmp_path, limit=100_000)
        store._now = number * 100_000
        store.get(b"kept")
        store.put(b"kept" if number == 0 else str(number).encode(), b"x" * 5000)
        store.close()
    assert (tmp_path / "newslint.sqlite").stat().st_size < 150_000
    assert _get(tmp_path, "kept")
    assert _get(tmp_path, "59")
    assert _get(tmp_path, "1") is None


@pytest.mark.parametrize("damage", ["garbage", "empty", "cut", "flipped", "folder"])
def test_a_damaged_file(damage: str, tmp_path: Path) -> None:
    _put(tmp_path, a=b"value" * 1000, b=b"other" * 1000)
    path = tmp_path / "newslint.sqlite"
    whole = path.read_bytes()
    match damage:
        case "garbage":
            path.write_bytes(os.urandom(len(whole)))
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "flipped":
            path.write_bytes(whole.replace(b"valuevalue", b"valuewrong"))
        case "folder":
            path.unlink()
            path.mkdir()
    assert _get(tmp_path, "a") is None
    _get(tmp_path, "b")
    _put(tmp_path, a=b"again")
    assert _get(tmp_path, "a") == (None if damage == "folder" else b"again")


@pytest.mark.parametrize("at", range(0, 12_000, 400))
def test_any_byte_may_be_wrong(at: int, tmp_path: Path) -> None:
    numbers = range(40)
    writer = _writer(tmp_path, 0, 40)
    assert writer.wait() == 0
    whole = bytearray((tmp_path / "newslint.sqlite").read_bytes())
    whole[at % len(whole)] ^= 0xFF
    (tmp_path / "newslint.sqlite").write_bytes(whole)
    _known(tmp_path, numbers)


@pytest.mark.parametrize("folder", ["/proc/newslint", "/dev/null/newslint"])
def test_a_place_where_nothing_can_be_written(folder: str) -> None:
    _put(Path(folder), a=b"1")
    assert _get(Path(folder), "a") is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_can_only_be_read(tmp_path: Path) -> None:
    _put(tmp_path, a=b"1")
    (tmp_path / "newslint.sqlite").chmod(0o444)
    tmp_path.chmod(0o555)
    _put(tmp_path, b=b"2")
    assert (_get(tmp_path, "a"), _get(tmp_path, "b")) == (b"1", None)


def test_many_processes(tmp_path: Path) -> None:
    writers = [_writer(tmp_path / "cache", first, 1200) for first in (0, 600, 1200, 1800)]
    assert [writer.wait() for writer in writers] == [0] * 4
    assert _known(tmp_path / "cache", range(3000)) > 1000


def test_killed_while_it_writes(tmp_path: Path) -> None:
    for attempt in range(5):
        writer = _writer(tmp_path, attempt * 100_000, 0)
        assert writer.stdout
        assert writer.stdout.readline() == "writing\n"
        time.sleep(0.05 + attempt * 0.06)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        _known(tmp_path, range(attempt * 100_000, attempt * 100_000 + 5000))
    _put(tmp_path, a=b"1")
    assert _get(tmp_path, "a") == b"1"


def test_a_full_disk(tmp_path: Path) -> None:
    """A limit on the size of files stands for it: both fail in the middle of writing."""
    import resource

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    writer = _writer(tmp_path, 0, 3000, preexec_fn=limit)
    output, _ = writer.communicate()
    assert (writer.returncode, output) == (0, "writing\ndone\n")
    assert _known(tmp_path, range(3000)) < 3000
    _put(tmp_path, a=b"1")
    assert _get(tmp_path, "a") == b"1"
