"""Serve this installation: one parent that starts a web server and a worker, watches both, and stops both.

The parent holds the port from the start, so that a taken one is told at once and in plain words. It restarts
nothing: when one of the two ends by itself, it says which, stops the other and ends with exit code 1.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

from sightline.kernel.errors import SightlineError

STARTS_WITHIN_SECONDS = 60
STOPS_WITHIN_SECONDS = 30
LOG_KEPT_BYTES = 10 * 1024 * 1024
_PR_SET_PDEATHSIG = 1


class CannotServe(SightlineError):
    """The installation cannot be served; the message says why and what to do."""


@dataclass
class Part:
    """One of the two programs. ``calls_itself`` is its name in messages."""

    calls_itself: str
    process: subprocess.Popen[bytes]


def listen(host: str, port: int) -> list[socket.socket]:
    """Take the port, on IPv4 and IPv6 where ``host`` means both.

    Raises:
        CannotServe: it is taken, or may not be had.
    """
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise CannotServe(f"There is no host “{host}” to listen on: {error.strerror}.") from error
    sockets: list[socket.socket] = []
    for family, kind, protocol, _, address in dict.fromkeys(places):
        try:
            listener = socket.socket(family, kind, protocol)
        except OSError:
            continue  # A machine without IPv6 still names it.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            listener.bind(address)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRNOTAVAIL and len(places) > 1:
                continue
            for other in sockets:
                other.close()
            raise CannotServe(_why_not(error, port)) from error
        listener.listen(2048)
        listener.set_inheritable(True)
        sockets.append(listener)
    if not sockets:
        raise CannotServe(f"This machine has no address “{host}” to listen on.")
    return sockets


def _why_not(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Stop it, or choose another port: make run PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} is for the administrator of this machine. Choose one from 1024 on: make run PORT=8000"
    return f"Port {port} cannot be listened on: {error.strerror}."


def serve(
    *,
    host: str,
    port: int,
    log: Path | None,
    say: Callable[[str], None],
    while_it_starts: Callable[[], None],
    when_ready: Callable[[], None],
) -> int:
    """Serve until somebody asks to stop, and return the exit code: 0, or 1 when a part ended by itself.

    log: a file for the logs; without one they go to standard error.
    say: prints a line for whoever watches.
    while_it_starts: what the parent may get ready meanwhile.
    when_ready: called once the first page can be asked for.

    Raises:
        CannotServe: the port cannot be had, or the server did not start.
    """
    listeners = listen(host, port)
    with _signals() as stop_asked, _log_file(log) as output:
        parts: list[Part] = []
        try:
            parts.append(_start_server(listeners, output))
            for listener in listeners:
                # The server holds it now: when that ends, the port is free.
                listener.close()
            while_it_starts()
            ended = _wait_until(lambda: _answers(host, port), parts, stop_asked, STARTS_WITHIN_SECONDS)
            if ended is None and not stop_asked():
                # Second, so that whoever waits for a page does not wait for the worker too.
                work = [sys.executable, "-m", "sightline.project.command", "site", "work"]
                parts.append(_start("worker", work, output))
                when_ready()
                ended = _wait_until(lambda: False, parts, stop_asked, None)
            if ended is not None:
                say(f"The {ended.calls_itself} ended by itself (exit code {ended.process.returncode}). {_see(log)}")
                return 1
            say("\nStopping …")
            return 0
        finally:
            _stop(parts, say)


def _start_server(listeners: list[socket.socket], output: IO[bytes] | None) -> Part:
    bind = [part for listener in listeners for part in ("--bind", f"fd://{listener.fileno()}")]
    return _start(
        "web server",
        [sys.executable, "-m", "gunicorn", "--config", "python:sightline.project.server", *bind],
        output,
        pass_fds=[listener.fileno() for listener in listeners],
    )


def _start(name: str, command: list[str], output: IO[bytes] | None, pass_fds: list[int] | None = None) -> Part:
    parent = os.getpid()

    def die_with_parent() -> None:
        # Ctrl-C reaches a whole group at once: in a group of their own, the parts hear of it from us, once.
        os.setpgid(0, 0)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return Part(
        name,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output or sys.stderr,
            stderr=subprocess.STDOUT,
            pass_fds=pass_fds or (),
            preexec_fn=die_with_parent,
        ),
    )


def _wait_until(
    happens: Callable[[], bool], parts: list[Part], stop_asked: Callable[[], bool], within_seconds: float | None
) -> Part | None:
    """Wait for something to happen or a stop to be asked: None. A part that ends meanwhile is returned."""
    began = time.monotonic()
    while not stop_asked() and not happens():
        for part in parts:
            if part.process.poll() is not None:
                return part
        if within_seconds is not None and time.monotonic() - began > within_seconds:
            raise CannotServe(f"The web server did not answer within {within_seconds:.0f} seconds.")
        time.sleep(0.2)
    return None


def _answers(host: str, port: int) -> bool:
    """Whether the server answers at all; a redirect to HTTPS is an answer, a fault of its own is none."""
    where = "127.0.0.1" if host in ("0.0.0.0", "localhost") else "::1" if host == "::" else host  # noqa: S104
    try:
        with socket.create_connection((where, port), timeout=5) as link:
            link.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            _, status, *_ = link.recv(64).split(maxsplit=2)
    except (OSError, ValueError):
        return False
    return status < b"500"


def _stop(parts: list[Part], say: Callable[[str], None]) -> None:
    for part in parts:
        if part.process.poll() is None:
            part.process.terminate()
    deadline = time.monotonic() + STOPS_WITHIN_SECONDS
    for part in parts:
        try:
            part.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {part.calls_itself} does not stop; ending it.")
            with contextlib.suppress(ProcessLookupError):
                os.killpg(part.process.pid, signal.SIGKILL)
            part.process.wait()


@contextlib.contextmanager
def _signals() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop, by Ctrl-C, by SIGTERM or by closing the terminal."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # Under nohup it is ignored, and is to stay so.
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _log_file(log: Path | None) -> Iterator[IO[bytes] | None]:
    """The log file, begun anew once it has grown large; the one before is kept beside it."""
    if log is None:
        yield None
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_KEPT_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    with log.open("ab") as output:
        yield output


def _see(log: Path | None) -> str:
    if log is None:
        return "What it said stands above."
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
    return f"The end of {log}:\n" + "\n".join(lines)
