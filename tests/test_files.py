import os
import stat
from pathlib import Path

import pytest

from newslint import files


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    previous = os.umask(0o027)
    try:
        files.write(tmp_path / "new.md", "a\r\nb")
    finally:
        os.umask(previous)
    assert (tmp_path / "new.md").read_bytes() == b"a\r\nb"
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    draft, link = tmp_path / "draft.md", tmp_path / "link.md"
    draft.write_text("old")
    draft.chmod(0o604)
    link.symlink_to(draft)
    files.write(link, "new")
    assert link.is_symlink()
    assert draft.read_text() == "new"
    assert stat.S_IMODE(draft.stat().st_mode) == 0o604


def test_nothing_is_left_behind_where_writing_fails(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        files.write(draft, "\ud800")
    assert draft.read_text() == "old"
    assert os.listdir(tmp_path) == ["draft.md"]
