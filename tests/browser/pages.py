"""An example of every page: its address, who looks at it, and what it is called in pictures.

Each named address of the site has an example here, or a reason in NO_PAGES; test_every_page.py holds it to that.
The examples speak of the demonstration partnership, to which demonstration.py adds what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

CLERK = "cordelia.nyman"
# The clerks of the two other councils.
ALDERSBYS_CLERK = "aurelia.finch"
CARROW_VALES_CLERK = "edmund.tillery"
OFFICER = "desmond.varga"
ICT = "imogen.hartwell"
MEMBER = "hector.idle"
# Answers for systems of every council.
OWNER = "marguerite.osei"
ADMINISTRATOR = "perpetua.lowe"
# Logs in nowhere else: the link that sets a new password lasts until its owner next logs in.
FORGETFUL = "winifred.sol"
# A recommendation that scrutiny asks for no more.
WITHDRAWN = "R2024-006"
PUT_ON_RECORD = "Put it on record"


def nothing() -> list[Any]:
    return []


@dataclass(frozen=True)
class Example:
    """One page as somebody sees it.

    route: the name of its address.
    arguments: gives what stands in its address; asked when the demonstration is loaded.
    called: what tells it from other examples of the same route.
    account: who looks; nobody who is logged in, where it is empty.
    press: a button to press, to see what is said of an empty form.
    status: what the page is answered with.
    """

    route: str
    arguments: Callable[[], list[Any]] = nothing
    called: str = ""
    query: str = ""
    account: str = ""
    press: str = ""
    status: int = 200
    fixed_address: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        return f"{self.route}-{self.called}" if self.called else self.route

    def address(self) -> str:
        """Where it stands; needs the database."""
        return (self.fixed_address or reverse(self.route, args=self.arguments())) + self.query


def _first_council() -> list[Any]:
    from sightline.partnership.models import Council

    return [Council.objects.order_by("name").values_list("slug", flat=True)[0]]


def _body(slug: str) -> Callable[[], list[Any]]:
    return lambda: [slug]


def _term(publication: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.strategy.models import GlossaryTerm

        return [GlossaryTerm.objects.filter(publication=publication).order_by("term").values_list("slug", flat=True)[0]]

    return arguments


def _recommendation() -> list[Any]:
    from sightline.scrutiny.models import Recommendation

    public = Recommendation.objects.filter(publication="public").order_by("pk")
    return [public.values_list("reference", flat=True)[0]]


def _at_thornfen() -> list[Any]:
    return [*_recommendation(), "thornfen"]


def _cabinet_minute() -> list[Any]:
    from sightline.scrutiny.models import Minute

    return list(
        Minute.objects.filter(meeting__body__slug="thornfen-cabinet", publication="internal").values_list(
            "pk", flat=True
        )
    )


def _follow_token(kind: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.scrutiny import follower_actions
        from sightline.scrutiny.models import Follower, Recommendation

        public = Recommendation.objects.filter(publication="public").order_by("pk")[0]
        follower, _ = Follower.objects.get_or_create(recommendation=public, address="ida.brook@example.invalid")
        path = (follower_actions.confirm_path if kind == "confirm" else follower_actions.leave_path)(follower.pk)
        return [str(path).split("/")[-2]]

    return arguments


def _meeting() -> list[Any]:
    from sightline.scrutiny.models import Meeting

    return [Meeting.objects.filter(publication="public").order_by("pk").values_list("pk", flat=True)[0]]


def _minute(publication: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.scrutiny.models import Minute

        return [Minute.objects.filter(publication=publication).order_by("pk").values_list("pk", flat=True)[0]]

    return arguments


def _minute_at_desk() -> list[Any]:
    """Minutes of the clerk's own council that nobody has worked through at the desk."""
    from sightline.scrutiny.models import Minute

    waiting = Minute.objects.filter(attachment__name="performance-panel-1-october.txt")
    return list(waiting.values_list("pk", flat=True))


def _upload(state: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.scrutiny.models import MinuteUpload

        return [MinuteUpload.objects.filter(state=state).order_by("pk").values_list("pk", flat=True)[0]]

    return arguments


def _password_key() -> list[Any]:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    from sightline.partnership.models import User

    user = User.objects.get(username=FORGETFUL)
    return [user_pk_to_url_str(user), default_token_generator.make_token(user)]


def _group_role() -> list[Any]:
    from sightline.partnership.models import GroupRole

    return [GroupRole.objects.order_by("pk").values_list("pk", flat=True)[0]]


def _person(username: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.partnership.models import Person

        return [Person.objects.get(user__username=username).pk]

    return arguments


def _history_of_a_minute() -> list[Any]:
    return ["scrutiny.minute", _minute("internal")()[0]]


def _commitment(state: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.scrutiny.models import Commitment

        found = Commitment.objects.filter(state=state, council__slug="thornfen", publication="public").order_by("pk")
        return [found.values_list("reference", flat=True)[0]]

    return arguments


def _answer_link() -> list[Any]:
    from sightline.scrutiny import answer_links
    from sightline.scrutiny.models import AnswerLink

    return [answer_links.token_of(AnswerLink.objects.filter(commitment__state="returned").latest("pk").pk)]


def _inventory_upload(state: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.estate.models import InventoryUpload

        return [InventoryUpload.objects.filter(state=state).order_by("pk").values_list("pk", flat=True)[0]]

    return arguments


def _licence() -> list[Any]:
    from sightline.estate.models import Licence

    return [Licence.objects.filter(products__slug="windows-server", council__slug="thornfen").latest("pk").reference]


def _audit() -> list[Any]:
    from sightline.estate.models import AuditCampaign

    return [AuditCampaign.objects.latest("pk").reference]


def _question(state: str) -> Callable[[], list[Any]]:
    def arguments() -> list[Any]:
        from sightline.estate.models import AuditQuestion

        return [AuditQuestion.objects.filter(state=state, system__kind="business").order_by("pk")[0].pk]

    return arguments


def _inventory() -> list[Any]:
    """The newest inventory: something came, went and changed in it."""
    from sightline.estate.models import InventoryImport

    return [InventoryImport.objects.order_by("-pk").values_list("pk", flat=True)[0]]


def _installation() -> list[Any]:
    from sightline.estate.models import Installation

    return [Installation.objects.filter(release__isnull=False).order_by("pk").values_list("pk", flat=True)[0]]


def _ending() -> list[Any]:
    from sightline.estate.models import Installation

    return ["thornfen", Installation.objects.filter(council__slug="thornfen", raw_name="PHP 8.2")[0].release_id]


def _audit_link() -> list[Any]:
    from sightline.estate import audit_links
    from sightline.estate.models import AuditLink

    good = [one for one in AuditLink.objects.order_by("pk") if audit_links.use_of(one) is audit_links.Use.GOOD]
    return [audit_links.token_of(good[-1].pk)]


def _exception() -> list[Any]:
    import datetime

    from django.utils import timezone

    from sightline.estate import legacy_actions
    from sightline.estate.models import LegacyException, System
    from sightline.partnership.models import Person, User

    ahead = timezone.localdate() + datetime.timedelta(days=99)
    held = LegacyException.objects.filter(ended_on__isnull=True).first() or legacy_actions.agree_exception(
        system=System.objects.get(reference="S-DEMO-1"),
        owner=Person.objects.get(user__username=OWNER),
        reason="It is replaced in May.",
        expires_on=ahead,
        by=User.objects.get(username=ICT),
    )
    return [held.pk]


def _retired_system() -> list[Any]:
    from sightline.estate.models import System

    return [System.objects.filter(retired_on__isnull=False).values_list("reference", flat=True)[0]]


def _risky_system() -> list[Any]:
    return ["S-DEMO-1"]


EXAMPLES: tuple[Example, ...] = (
    # Residents.
    Example("home"),
    Example("search"),
    Example("search", called="found", query="?words=digital&kind=recommendation"),
    Example("search", called="nothing", query="?words=no-such-words-anywhere"),
    Example("recommendations"),
    Example("recommendations", called="of-one-council", query="?council=thornfen&state=considered"),
    Example("recommendations", called="none", query="?council=aldersby&state=deferred"),
    Example("recommendations", called="divergent", query="?only=divergent"),
    Example("recommendations", called="late", query="?only=late"),
    Example("recommendation", _recommendation),
    Example("commitments"),
    Example("commitments", called="late", query="?late=on"),
    Example("commitments", called="none", query="?state=withdrawn"),
    Example("commitment", _commitment("returned")),
    Example("commitment-answer", _answer_link),
    Example("commitment-answer", _answer_link, called="empty", press="Send this", status=422),
    Example("commitment-answer", lambda: ["1:no-such-link"], called="forged", status=404),
    Example("commitment-answered"),
    Example("commitment-answer-new-link"),
    Example("commitment-answer-new-link", called="empty", press="Send me a new link", status=422),
    Example("recommendation", lambda: ["R2024-003"], called="divergent"),
    Example("recommendation", lambda: ["R2026-003"], called="deferred"),
    Example("recommendation", lambda: ["R2024-005"], called="superseded"),
    Example("recommendation", lambda: [WITHDRAWN], called="withdrawn"),
    Example("council-decisions", _first_council),
    Example("body-tracker", _body("thornfen-joint-panel")),
    Example(
        "body-tracker",
        _body("thornfen-joint-panel"),
        called="refused",
        query="?until_day=31&until_month=2&until_year=2024",
        status=422,
    ),
    Example("recommendation-follow", _recommendation),
    Example("recommendation-follow", _recommendation, called="empty", press="Send me e-mails", status=422),
    Example("recommendation-follow-sent", _recommendation),
    Example("follow-confirm", lambda: ["forged"], status=404),
    Example("follow-confirm", _follow_token("confirm"), called="good"),
    Example("follow-leave", _follow_token("leave")),
    Example("meetings"),
    Example("meeting", _meeting),
    Example("minute", _minute("public")),
    Example("councils"),
    Example("council", _first_council),
    Example("bodies"),
    Example("body", _body("thornfen-joint-panel")),
    Example("body", _body("partnership-task-group"), called="of-the-partnership"),
    Example("glossary"),
    Example("glossary", called="searched", query="?text=cloud"),
    Example("glossary-term", _term("public")),
    Example("accessibility"),
    Example("privacy"),
    Example("cookies"),
    # The estate: licences, scores and software audits.
    Example("licences", account=ICT),
    Example("licences", called="none", query="?words=no-such-licence", account=ICT),
    Example("licence", _licence, account=ICT),
    Example("licence-add", account=ICT),
    Example("licence-add", called="empty", account=ICT, press="Keep this licence", status=422),
    Example("licence-change", _licence, account=ICT),
    Example("licence-positions", account=ICT),
    Example("licence-count", account=ICT),
    Example("licence-count", called="empty", account=ICT, press="Keep this count", status=422),
    Example("renewals", account=ICT),
    Example("legacy-scores", account=ICT),
    Example("system-risk", _risky_system, account=ICT),
    Example("system-exception", _risky_system, account=ICT),
    Example("system-exception", _risky_system, called="empty", account=ICT, press="Keep this", status=422),
    Example("legacy-exception-end", _exception, account=ICT),
    Example("software-audits", account=ICT),
    Example("software-audits", called="of-an-owner", account=OWNER),
    Example("software-audit-open", account=ICT),
    Example("software-audit-open", called="empty", account=ICT, press="Open it and ask", status=422),
    Example("software-audit", _audit, account=ICT),
    Example("software-audit-close", _audit, account=ICT),
    Example("software-audit-report", _audit, account=ICT),
    Example("audit-question", _question("returned"), account=ICT),
    Example("audit-question-answer", _question("returned"), account=ICT),
    Example("audit-question-settle", _question("answered"), account=ICT),
    Example("audit-question-settle", _question("answered"), called="empty", account=ICT, press="Keep this", status=422),
    Example("audit-answer", _audit_link),
    Example("audit-answer", _audit_link, called="empty", press="Send this", status=422),
    Example("audit-answer", lambda: ["1:no-such-link"], called="forged", status=404),
    Example("audit-answered"),
    Example("audit-answer-new-link"),
    # What is said when something goes wrong.
    Example("failure", called="400", fixed_address="/fails/400/", status=400),
    Example("failure", called="403", fixed_address="/minutes/upload/", account=MEMBER, status=403),
    Example("failure", called="403-csrf", fixed_address="/fails/csrf/", status=403),
    Example("failure", called="404", fixed_address="/no-such-page/", status=404),
    Example("failure", called="500", fixed_address="/fails/500/", status=500),
    # Logging in and out.
    Example("account_login"),
    Example("account_login", called="refused", press="Sign in", status=200),
    Example("account_logout", account=OFFICER),
    Example("account_inactive"),
    Example("account_reauthenticate", account=OFFICER),
    Example("account_change_password", account=OFFICER),
    Example("account_reset_password"),
    Example("account_reset_password_done"),
    Example("account_reset_password_from_key", _password_key),
    Example("account_reset_password_from_key", lambda: ["1", "no-such-key"], called="spent"),
    Example("account_reset_password_from_key_done"),
    Example("socialaccount_login_cancelled"),
    # The second factor.
    Example("mfa_index", account=OFFICER),
    Example("mfa_index", called="with-an-app", account=CLERK),
    Example("mfa_activate_totp", account=OFFICER),
    Example("mfa_activate_totp", called="empty", account=OFFICER, press="Go on", status=200),
    Example("mfa_deactivate_totp", account=CLERK),
    Example("mfa_view_recovery_codes", account=CLERK),
    Example("mfa_generate_recovery_codes", account=CLERK),
    Example("mfa_reauthenticate", account=CLERK),
    Example("mfa_list_webauthn", account=OFFICER),
    Example("mfa_add_webauthn", account=OFFICER),
    Example("socialaccount_connections", account=OFFICER),
    # Administrators.
    Example("estate"),
    Example("estate", called="with-a-role", account=OFFICER),
    Example("estate-ending", lambda: ["thornfen"], account=ICT),
    Example("estate-ending-of", _ending, account=ICT),
    Example("estate-overlaps", account=ICT),
    Example("systems", account=ICT),
    Example("systems", called="legacy", query="?verdict=legacy&sort=cost&council=thornfen", account=ICT),
    Example("systems", called="none", query="?words=no-such-words", account=ICT),
    Example("system", lambda: ["SYS-040"], account=ICT),
    Example("system-add", account=ICT),
    Example("system-add", called="empty", account=ICT, press="Keep this system", status=422),
    Example("system-change", lambda: ["SYS-040"], account=ICT),
    Example("system", _retired_system, called="retired", account=ICT),
    Example("systems", called="retired", query="?retired=on", account=ICT),
    Example("system-retire", lambda: ["SYS-040"], account=ICT),
    Example("system-retire", _retired_system, called="again", account=ICT),
    Example("system-retire", lambda: ["SYS-040"], called="empty", account=ICT, press="Retire this system", status=422),
    Example("installations", account=ICT),
    Example("installations", called="unsupported", query="?state=unsupported&council=thornfen", account=ICT),
    Example("installation", _installation, account=ICT),
    Example("catalogue", account=ICT),
    Example("catalogue", called="own", query="?own=on", account=ICT),
    Example("product", lambda: ["php"], account=ICT),
    Example("product-add", account=ICT),
    Example("product-add", called="empty", account=ICT, press="Keep this entry", status=422),
    Example("product-change", lambda: ["marlowe-revenues"], account=ICT),
    Example("inventories", account=ICT),
    Example("inventory-import", _inventory, account=ICT),
    Example("inventory-upload-new", account=ICT),
    Example("inventory-upload-new", called="empty", account=ICT, press="Upload this inventory", status=422),
    Example("inventory-upload", _inventory_upload("asking"), called="asking", account=ICT),
    Example("inventory-upload", _inventory_upload("importing"), called="importing", account=ICT),
    Example("inventory-upload", _inventory_upload("refused"), called="refused", account=ICT),
    Example("inventory-upload", _inventory_upload("imported"), called="imported", account=ICT),
    Example("people", account=ADMINISTRATOR),
    Example("rights", account=ADMINISTRATOR),
    Example("rights", called="of-one-council", query="?place=thornfen", account=ADMINISTRATOR),
    Example("why-not", account=ADMINISTRATOR),
    Example(
        "why-not",
        called="answered",
        query=f"?person={MEMBER}&action=scrutiny.record_minute&place=thornfen",
        account=ADMINISTRATOR,
    ),
    Example("why-not", called="empty", query="?person=&action=&place=thornfen", account=ADMINISTRATOR, status=422),
    Example("sign-on-groups", account=ADMINISTRATOR),
    Example("sign-on-groups", called="empty", account=ADMINISTRATOR, press="Add the group", status=422),
    Example("sign-on-group-remove", _group_role, account=ADMINISTRATOR),
    Example("person-leaving", _person(CLERK), account=ADMINISTRATOR),
    Example(
        "person-leaving", _person(MEMBER), called="empty", account=ADMINISTRATOR, press="End the roles", status=422
    ),
    # Staff.
    Example("home", called="as-a-clerk", account=CLERK),
    Example("minute-upload-new", account=CLERK),
    Example("minute-upload-new", called="empty", account=CLERK, press="Upload and read", status=422),
    Example("minute-uploads", account=CLERK),
    Example("minute-upload", _upload("reading"), called="reading", account=CLERK),
    Example("minute-upload", _upload("read"), called="read", account=CLERK),
    Example("minute-upload", _upload("refused"), called="refused", account=CLERK),
    Example("minute-upload", _upload("recorded"), called="recorded", account=CLERK),
    Example("minute", _minute("internal"), called="internal", account=CLERK),
    Example("desks", account=CLERK),
    Example("minute-desk", _minute_at_desk, account=CLERK),
    Example("minute-desk", _minute_at_desk, called="what-is-left", query="?show=left", account=CLERK),
    Example("minute-desk", _minute_at_desk, called="marking", query="?mark=1", account=CLERK),
    Example(
        "minute-desk", _minute_at_desk, called="empty", query="?mark=1", account=CLERK, press="Mark it", status=422
    ),
    Example("minute-desk-acts", _minute_at_desk, account=CLERK),
    Example("minute-reader", account=CLERK),
    Example("minute-reader-passages", called="right", query="?outcome=right", account=CLERK),
    Example("recommendations", called="as-a-clerk", account=CLERK),
    Example("waiting", account=CLERK),
    Example("waiting", called="nothing", account=OFFICER),
    Example("commitment", _commitment("claimed"), called="claimed", account=CLERK),
    Example("commitment-assign", _commitment("returned"), account=CLERK),
    Example("commitment-update", _commitment("returned"), account=CLERK),
    Example("commitment-update", _commitment("returned"), called="empty", account=CLERK, press="Send this", status=422),
    Example("commitment-check", _commitment("claimed"), account=CLERK),
    Example("commitment-withdraw", _commitment("returned"), account=CLERK),
    Example("commitment-reopen", _commitment("returned"), account=CLERK),
    Example("recommendation", _recommendation, called="as-a-clerk", account=CLERK),
    Example("recommendation-consider", _at_thornfen, account=CLERK),
    Example("recommendation-consider", _at_thornfen, called="empty", account=CLERK, press=PUT_ON_RECORD, status=422),
    Example("recommendation-decide", _at_thornfen, account=CLERK),
    Example("recommendation-decide", _at_thornfen, called="empty", account=CLERK, press=PUT_ON_RECORD, status=422),
    Example("recommendation-update", _at_thornfen, account=CLERK),
    Example("recommendation-update", _at_thornfen, called="empty", account=CLERK, press="Send this", status=422),
    Example("recommendation-purpose", _recommendation, account=CLERK),
    Example("recommendation-withdraw", _recommendation, account=CLERK),
    Example("recommendation-withdraw", lambda: [WITHDRAWN], called="withdrawn", account="aurelia.finch"),
    Example("recommendation-withdraw", _recommendation, called="empty", account=CLERK, press="Withdraw it", status=422),
    Example("minute-links", _cabinet_minute, account=CLERK),
    Example("glossary-add", account=CLERK),
    Example("glossary-add", called="empty", account=CLERK, press="Keep this term", status=422),
    Example("glossary-change", _term("public"), account=CLERK),
    Example("glossary-term", _term("internal"), called="internal", account=CLERK),
    Example("audit", account=ADMINISTRATOR),
    Example("audit", called="narrowed", query="?kind=changed&record=scrutiny.minute", account=ADMINISTRATOR),
    Example("audit", called="refused", query="?record=no+record+at+all", account=ADMINISTRATOR, status=422),
    Example("history", _history_of_a_minute, account=CLERK),
    Example("privacy-register", account=ADMINISTRATOR),
    Example("subject-find", account=ADMINISTRATOR),
    Example("subject-find", called="nobody", query="?who=nobody.at.all", account=ADMINISTRATOR, status=422),
    Example("subject", _person(OFFICER), account=ADMINISTRATOR),
    Example("subject-erase", _person(OFFICER), account=ADMINISTRATOR),
    # Members.
    Example("home", called="as-a-member", account=MEMBER),
    Example("body-brief", _body("thornfen-joint-panel"), account=MEMBER),
)

# Addresses that are no page, each with the reason.
NO_PAGES: dict[str, str] = {
    "licences-file": "a download",
    "licence-document": "a download",
    "licence-positions-file": "a download",
    "renewals-file": "a download",
    "renewals-calendar": "a calendar, for calendar programs",
    "legacy-scores-file": "a download",
    "software-audit-file": "a download",
    "software-audit-report-file": "a download",
    "software-audit-discovery": "takes a form and sends on to the audit",
    "audit-document": "a download",
    "mfa_authenticate": "comes after a password; test_sign_in.py looks at it",
    "mfa_reauthenticate_webauthn": "needs a passkey; test_sign_in.py looks at it",
    "mfa_edit_webauthn": "needs a passkey; test_sign_in.py looks at it",
    "mfa_remove_webauthn": "needs a passkey; test_sign_in.py looks at it",
    "mfa_login_webauthn": "JSON, and takes a form; sends on to where the account wanted to go",
    "mfa_download_recovery_codes": "a text file",
    "openid_connect_login": "needs a council's provider; test_sign_in.py goes there",
    "council-sign-on-link": "needs a council's provider; test_sign_in.py goes there",
    "openid_connect_callback": "where a council's provider sends back to; sends on",
    "sign-out-everywhere": "takes a form and sends on to the page for signing in",
    "person-sign-out": "takes a form and sends on to the person",
    "audit-csv": "a download",
    "audit-json": "a download",
    "subject-export": "takes a form and gives a download",
    "healthz": "JSON, for a load balancer",
    **dict.fromkeys(
        (
            "api-openapi",
            "api-councils",
            "api-bodies",
            "api-recommendations",
            "api-recommendation",
            "api-glossary",
            "api-commitments",
            "api-commitment",
            "api-meetings",
            "api-minute",
            "api-estate-totals",
            "api-systems",
            "api-system",
            "api-installations",
            "api-installation",
            "api-products",
            "api-product",
            "api-licences",
            "api-licence",
            "api-licence-positions",
        ),
        "JSON, for programs",
    ),
    "council-colours": "a stylesheet",
    "account_set_password": "for accounts without a password; sends others on to account_change_password",
    "recommendation-publish": "takes a form and sends on to the recommendation",
    **dict.fromkeys(
        (
            "estate-csv",
            "estate-json",
            "systems-csv",
            "systems-json",
            "installations-csv",
            "installations-json",
            "estate-ending-calendar",
        ),
        "a download",
    ),
    **dict.fromkeys(("estate-over-time", "estate-ending-chart", "renewals-chart"), "a picture"),
    "inventory-upload-progress": "JSON, for the page of the upload",
    "inventory-upload-again": "takes a form and sends on to the upload",
    "recommendations-csv": "a download",
    "recommendations-json": "a download",
    "recommendations-feed": "an Atom feed",
    "decisions-feed": "an Atom feed",
    "minute-link": "takes a form and sends on to what is put on record",
    "minute-links-look-again": "takes a form and sends on to the minute's links",
    "body-tracker-file": "a download",
    "minute-file": "the file as it was received",
    "evidence-file": "the file as it was received",
    "update-publish": "takes a form and sends on to the commitment",
    "minute-publish": "takes a form and sends on to the minute",
    "minute-upload-progress": "JSON, for the page of the upload",
    "minute-upload-record": "takes the form of the upload's page and sends on to the minute",
    "minute-upload-read-again": "takes a form and sends on to the upload",
    "glossary-publish": "takes a form and sends on to the term",
}


def named_routes() -> Iterator[str]:
    """The name of every address of the site."""

    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                assert pattern.name, f"the address {pattern.pattern} has no name"
                yield pattern.name

    yield from walk(get_resolver("sightline.project.urls").url_patterns)
