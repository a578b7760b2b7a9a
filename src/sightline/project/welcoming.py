"""What is printed once an installation can be visited."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.partnership import queries as partnership


def lines(*, host: str, port: int) -> Iterator[str]:
    """The address, whose partnership it is, and in the demonstration how to log in."""
    name = "localhost" if host in ("localhost", "0.0.0.0", "127.0.0.1", "::", "::1") else host  # noqa: S104
    yield ""
    yield f"Sightline is running: http://{name}:{port}"
    ours = partnership.the_partnership()
    if ours is None:
        yield "No partnership file is loaded yet: run `sightline partnership load NAME`."
        return
    yield f"Partnership: {ours.name}{' (invented, for demonstration)' if ours.is_invented else ''}"
