"""`sightline notices …`: e-mail that waits to be sent."""

from __future__ import annotations

import json

import click

from sightline.partnership.domain.posting import NoticeState


@click.group()
def notices() -> None:
    """E-mail that waits to be sent."""
    import django

    django.setup()


@notices.command("list")
@click.option("--state", type=click.Choice([state.value for state in NoticeState]), help="Those that stand so.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a notice (JSON Lines).")
def list_notices(state: str | None, as_json: bool) -> None:
    """Print the notices that are not sent, or those in one state. What they say is left out."""
    from sightline.partnership import notices

    for notice in notices.notices(NoticeState(state) if state else None).iterator():
        if as_json:
            facts = {
                "number": notice.pk,
                "key": notice.key,
                "to": notice.recipient,
                "subject": notice.subject,
                "state": notice.state,
                "attempts": notice.attempts,
                "problem": notice.problem,
                "next_try_at": notice.next_try_at.isoformat() if notice.state == NoticeState.WAITING else None,
                "sent_at": notice.sent_at.isoformat() if notice.sent_at else None,
            }
            click.echo(json.dumps(facts, ensure_ascii=False))
            continue
        problem = f" ({notice.problem})" if notice.problem else ""
        click.echo(f"{notice.pk:>6}  {notice.state:11}  {notice.recipient}: {notice.subject}{problem}")


@notices.command("send")
@click.option("--again", "number", type=int, metavar="NUMBER", help="One that is uncertain or failed, once more.")
@click.option("--now", is_flag=True, help="Those too whose next attempt lies ahead: the mail server is up again.")
def send_notices(number: int | None, now: bool) -> None:
    """Send what waits to be sent. A notice that is sent already is never sent twice.

    The worker does this by itself; `sightline site serve` starts one. Exit code 1 when a notice could not be sent, or
    may have been: `sightline notices list` says which.
    """
    from sightline.partnership import notices

    if number is not None:
        notices.send_again(number)
    posted = notices.send_due(again=now)
    click.echo(
        f"Sent: {posted.sent}; still waiting: {posted.kept}; perhaps sent: {posted.uncertain}; failed: {posted.failed}."
    )
    if posted.uncertain or posted.failed:
        raise click.exceptions.Exit(1)
