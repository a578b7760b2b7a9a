"""What the worker does for the partnership: send e-mail, so that a mail server that is down keeps nobody waiting."""

from __future__ import annotations

from django_tasks import task


@task()
def post(notice: int) -> None:
    """Send a notice of the outbox. One that is sent already, or that another worker has in hand, is left alone."""
    # Notices are written by actions, which ask for this job.
    from sightline.partnership import notices

    notices.send(notice)


@task()
def post_due() -> None:
    """Send every notice that is due: what a mail server that was down, or a killed worker, has left."""
    from sightline.partnership import notices

    notices.send_due()
