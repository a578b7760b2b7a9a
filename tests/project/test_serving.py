"""An installation is served, watched and stopped as its operator expects."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sightline.project import serving
from tests.project.installations import command, environment, sightline

pytestmark = [pytest.mark.slow, pytest.mark.either_database]

PATIENCE_SECONDS = 60


@pytest.fixture
def prepared(selcp: tuple[Path, str]) -> Path:
    return selcp[0]


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A served installation, once it says that it runs."""
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(
            command("site", "serve", "--port", str(port), "--log", str(folder / "log")),
            env=environment(folder, SIGHTLINE_PARTNERSHIP="selcp"),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert happens(lambda: "Stop with Ctrl-C" in words(folder) or process.poll() is not None)
            assert process.poll() is None, words(folder) + (folder / "log").read_text()[-2000:]
            yield process
        finally:
            process.kill()
            process.wait()


def words(folder: Path) -> str:
    return (folder / "said").read_text()


def happens(what: Callable[[], bool]) -> bool:
    """Whether something comes true while there is patience."""
    began = time.monotonic()
    while not what():
        if time.monotonic() - began > PATIENCE_SECONDS:
            return False
        time.sleep(0.1)
    return True


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in listed.split()]


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def is_free(port: int) -> bool:
    with closing(socket.socket()) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return listener.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_asked_to_stop_it_stops_everything_and_says_so(prepared: Path, number: signal.Signals) -> None:
    port = free_port()
    with served(prepared, port) as process:
        parts = children(process.pid)
        workers = [worker for part in parts for worker in children(part)]
        assert len(parts) == 2
        assert not is_free(port)
        # The real partnership is served without an invented word.
        assert f"http://localhost:{port}" in words(prepared)
        assert "invented" not in words(prepared)
        assert "password" not in words(prepared)
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE_SECONDS) == 0
    assert words(prepared).endswith("Stopping …\nStopped.\n")
    assert is_free(port)
    assert [left for left in (*parts, *workers) if runs(left)] == []


@pytest.mark.parametrize(("which", "calls_itself"), [(0, "web server"), (1, "worker")])
def test_when_a_part_ends_by_itself_it_is_told_and_the_other_is_stopped(
    prepared: Path, which: int, calls_itself: str
) -> None:
    port = free_port()
    with served(prepared, port) as process:
        parts = children(process.pid)
        os.kill(parts[which], signal.SIGKILL)
        assert process.wait(timeout=PATIENCE_SECONDS) == 1
    assert f"The {calls_itself} ended by itself (exit code -9)" in words(prepared)
    assert [left for left in parts if runs(left)] == []


def test_when_the_parent_is_killed_the_parts_do_not_outlive_it(prepared: Path) -> None:
    with served(prepared, free_port()) as process:
        parts = children(process.pid)
        process.kill()
        process.wait()
        assert happens(lambda: not any(runs(part) for part in parts))


def test_a_taken_port_is_told_at_once_with_what_to_do(prepared: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = sightline("site", "serve", "--port", str(port), folder=prepared, SIGHTLINE_PARTNERSHIP="selcp")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"Error: Port {port} is taken by another program. Stop it, or choose another port: make run PORT={port + 1}\n"
    )


def test_a_host_that_is_not_of_this_machine_is_told() -> None:
    with pytest.raises(serving.CannotServe, match="There is no host “no-such-host"):
        serving.listen("no-such-host.invalid", free_port())
    with pytest.raises(serving.CannotServe, match=r"cannot be listened on|has no address"):
        serving.listen("192.0.2.1", free_port())


def test_a_log_that_has_grown_large_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "LOG_KEPT_BYTES", 3)
    log = tmp_path / "logs" / "log"
    for text in (b"first", b"second"):
        with serving._log_file(log) as output:
            assert output is not None
            output.write(text)
    assert log.read_bytes() == b"second"
    assert log.with_name("log.1").read_bytes() == b"first"
