"""What the worker does for the partnership: send e-mail, so that a mail server that is down keeps nobody waiting."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from sightline.partnership.models import Partnership, User


@task()
def send_notice(user_pk: int, subject: str, text: str) -> None:
    """Send a notice to the address of an account. The text holds no secret: it is kept with the job."""
    user = User.objects.filter(pk=user_pk, is_active=True).exclude(email="").first()
    if user is not None:
        _send(user.email, subject, text)


@task()
def send_password_link(user_pk: int, site: str) -> None:
    """Send the link that sets a new password. It is made here, since whatever a job is given stays in the database.

    site: the address of the site, such as https://sightline.example
    """
    user = User.objects.filter(pk=user_pk, is_active=True).exclude(email="").first()
    if user is None:
        return
    place = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    context = {
        "partnership": Partnership.objects.first(),
        "username": user.username,
        "password_reset_url": f"{site.rstrip('/')}{place}",
    }
    subject = render_to_string("account/email/password_reset_key_subject.txt", context).strip()
    _send(user.email, subject, render_to_string("account/email/password_reset_key_message.txt", context))


def _send(address: str, subject: str, text: str) -> None:
    # A subject is one line, whatever stood in a name.
    EmailMessage(" ".join(subject.split()), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address]).send()


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
