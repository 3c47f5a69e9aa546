"""Programs of the machine are held to their limits and end with whoever asked for them, whatever they have started."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import MB
from extractor.paper.sandbox.outside_program import run_outside
from extractor.paper.sandbox.process_limits import end_session
from extractor.paper.sandbox.reader import Reader
from tests.waiting import starts_processes, until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="limits, sessions and /proc as Linux has them"),
    starts_processes,
]
LEAVES_ONE = "sleep 600 & echo $! > {}; wait"


def ran(pid: int) -> bool:
    """Whether the process ``pid`` still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def number_in(path: Path) -> int:
    until(lambda: path.exists() and path.read_text().strip())
    return int(path.read_text())


def test_limits_hold_before_the_program_begins(tmp_path: Path) -> None:
    printed = run_outside(["/bin/sh", "-c", "ulimit -v; ulimit -t"], tmp_path, "a.doc", seconds=70, memory=300 * MB)
    assert printed.split() == [b"307200", b"70"]


def test_a_program_beyond_its_memory_gives_no_output(tmp_path: Path) -> None:
    hungry = [sys.executable, "-c", "x = bytearray(1 << 30); print(len(x))"]
    assert run_outside(hungry, tmp_path, "a.doc", memory=512 * MB) == b""
    assert run_outside(hungry, tmp_path, "a.doc") == b"1073741824\n"


@pytest.mark.parametrize(("number", "result"), [("ABRT", Result.TOO_LARGE), ("XCPU", Result.TOO_SLOW)])
def test_how_a_program_died_is_what_is_said_of_the_file(tmp_path: Path, number: str, result: Result) -> None:
    with pytest.raises(UnreadableFile) as caught:
        run_outside(["/bin/sh", "-c", f"kill -{number} $$"], tmp_path, "a.doc")
    assert caught.value.result is result


def test_what_a_late_program_had_started_ends_with_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        run_outside(["/bin/sh", "-c", LEAVES_ONE.format("left")], tmp_path, "a.doc", seconds=1)
    assert caught.value.result is Result.TOO_SLOW
    left = number_in(tmp_path / "left")
    until(lambda: not ran(left))


def test_what_a_program_forgets_ends_when_it_has_printed(tmp_path: Path) -> None:
    run_outside(["/bin/sh", "-c", "sleep 600 >/dev/null & echo $! > left"], tmp_path, "a.doc")
    left = number_in(tmp_path / "left")
    until(lambda: not ran(left))


def test_a_session_ends_with_the_groups_in_it(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.Popen(['/bin/sh', '-c', sys.argv[1]], process_group=0); input()"
    leader = subprocess.Popen(
        [sys.executable, "-c", code, LEAVES_ONE.format(tmp_path / "left")],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    with leader:
        left = number_in(tmp_path / "left")
        assert ran(left)
        leader.kill()
        end_session(leader.pid)
    until(lambda: not ran(left))


def test_the_reader_ends_what_its_child_had_started(tmp_path: Path) -> None:
    started = subprocess.Popen(
        ["/bin/sh", "-c", LEAVES_ONE.format(tmp_path / "left")], stdout=subprocess.PIPE, start_new_session=True
    )
    reader = Reader()
    reader._child = started
    left = number_in(tmp_path / "left")
    reader.close()
    until(lambda: not ran(left))
    assert started.returncode == -signal.SIGKILL
