"""What each address asks: the one declaration that the matrix is checked against, beside the table of rights.

A route is named as in urls.py. Give each way that it can be called an Ask (agreed.py says what may stand in it), and
name the kind of record that stands in its address (world.py makes one of each publication state for a council and for
the partnership, and knows one that does not exist)::

    "minute-publish": Route(
        record="minute",                                    # whose record: the address names a minute
        signed_in=True,
        post=Ask(signed_in=True, sees=True, right="scrutiny.publish_minute", changes=True),
    ),
"""

from __future__ import annotations

from dataclasses import replace

from tests.matrix.agreed import Ask, Route

UPLOAD, RECORD, PUBLISH = "scrutiny.upload_minute", "scrutiny.record_minute", "scrutiny.publish_minute"
CONFIRM, SEE_INTERNAL = "scrutiny.confirm_passages", "partnership.see_internal"
KEEP_GLOSSARY = "strategy.keep_glossary"
MANAGE, SEE_RIGHTS = "partnership.manage_people", "partnership.see_rights"
SEE_AUDIT, HANDLE = "partnership.see_audit", "partnership.handle_personal_data"

EVERYBODY = Ask()
SIGNED_IN = Ask(signed_in=True)
NOTHING_HERE = Ask(nothing=True)
NONE_OF_ONES_OWN = Ask(signed_in=True, nothing=True)

page = Route(get=EVERYBODY)
form_for_everybody = Route(get=EVERYBODY, post=EVERYBODY)
of_ones_own = Route(get=SIGNED_IN, post=SIGNED_IN, signed_in=True)
# Confirms that it is still the same person, by a factor of theirs.
_CONFIRMED = Ask(signed_in=True, by_second_factor=True)
by_second_factor = Route(get=_CONFIRMED, post=_CONFIRMED, signed_in=True)


def of_ones_own_record(record: str) -> Route:
    """A page of something that belongs to one account."""
    return replace(of_ones_own, record=record)


def seen(record: str) -> Route:
    """A page of a record that its publication alone opens."""
    return Route(record=record, get=Ask(sees=True))


def until_set_up(route: Route) -> Route:
    """A page that an account which still needs its second factor reaches too."""
    return replace(route, without_second_factor=True)


UPLOADED = Ask(signed_in=True, right=UPLOAD, hides=True)
AT_DESK = Ask(signed_in=True, sees=True, right=CONFIRM)
TERM = (("term", "Air gap"), ("explanation", "A machine that no network reaches."), ("aliases", ""), ("source", ""))
DAY = (("held_on_day", "4"), ("held_on_month", "6"), ("held_on_year", "2024"))
SETTLE = "scrutiny.settle_link"
PURPOSE = (("purpose", "Clarity."),)
OUTCOME_DAY = (("day_day", "20"), ("day_month", "6"), ("day_year", "2024"))
CONSIDERED = (("body", "aldersby-overview-and-scrutiny"), ("outcome", "noted"), *OUTCOME_DAY)
DECIDED = (("body", "aldersby-cabinet"), ("outcome", "accepted"), *OUTCOME_DAY)
NO_LONGER_ASKED = (("reason", "Done already."), *OUTCOME_DAY)
ADMINISTRATORS = Ask(signed_in=True, anywhere=MANAGE)
SUBJECT = Ask(signed_in=True, anywhere=HANDLE, right=HANDLE, hides=True)
PERSON = Ask(signed_in=True, anywhere=MANAGE, right=MANAGE, hides=True)

KEEP_COMMITMENT = "scrutiny.keep_commitment"
UPDATE = (("claims", "nothing"), ("text", "It is on its way."), ("submission", "5f0e6a1e-3b1c-4b8e-9d53-2f0d9d2f7c11"))


def keeping_commitments(form: tuple[tuple[str, str], ...], *, changes: bool = True) -> Route:
    """A form about a commitment that a clerk fills in."""
    ask = Ask(signed_in=True, sees=True, right=KEEP_COMMITMENT)
    return Route(record="commitment", signed_in=True, get=ask, post=replace(ask, form=form, changes=changes))


IMPORT, KEEP_SYSTEM = "estate.import_inventory", "estate.keep_system"
WITH_A_ROLE = Ask(signed_in=True, anywhere=SEE_INTERNAL)
of_the_estate = Route(signed_in=True, get=WITH_A_ROLE)
INVENTORY = Ask(signed_in=True, right=IMPORT, hides=True)
KEEP_LICENCE, RUN_AUDIT = "estate.keep_licence", "estate.run_audit"
ASSESS, AGREE_EXCEPTION = "estate.assess_risk", "estate.agree_exception"
HOLDS_A_ROLE = Ask(signed_in=True, anywhere=SEE_INTERNAL)
SEEN_SIGNED_IN = Ask(signed_in=True, sees=True)
LICENCE = (("name", "Another"), ("council", "shared"), ("metric", "device"), ("names_product", "A thing"))
COUNT = (
    ("product", "mssqlserver"), ("council", "shared"), ("metric", "core"), ("amount", "8"), ("source", "Report"),
    ("counted_on_day", "4"), ("counted_on_month", "6"), ("counted_on_year", "2024"),
)  # fmt: skip
AUDIT = (
    ("name", "Once more"), ("scope", "Why?"), ("council", "shared"),
    ("closes_on_day", "1"), ("closes_on_month", "1"), ("closes_on_year", "2000"),
)  # fmt: skip
ANSWER = (("confirms", "yes"), ("submission", "6f0e6a1e-3b1c-4b8e-9d53-2f0d9d2f7c11"))


def tells(right: str, form: tuple[tuple[str, str], ...] = (), *, record: str, changes: bool = True) -> Route:
    """A form about a record of the estate."""
    ask = Ask(signed_in=True, sees=True, right=right)
    return Route(record=record, signed_in=True, get=ask, post=replace(ask, form=form, changes=changes and bool(form)))


for_programs = Route(get=EVERYBODY, for_programs=True)


def register_for_programs(record: str = "") -> Route:
    """A list or a record of the estate, as programs read it."""
    ask = Ask(signed_in=True, sees=True) if record else WITH_A_ROLE
    return replace(for_programs, record=record, get=ask)


ROUTES: dict[str, Route] = {
    # For programs.
    **dict.fromkeys(
        (
            "api-openapi",
            "api-councils",
            "api-bodies",
            "api-glossary",
            "api-recommendations",
            "api-commitments",
            "api-meetings",
            "api-estate-totals",
        ),
        for_programs,
    ),
    **{
        f"api-{one}": replace(for_programs, record=one, get=Ask(sees=True))
        for one in ("recommendation", "commitment", "minute")
    },
    **dict.fromkeys(
        ("api-systems", "api-installations", "api-products", "api-licences", "api-licence-positions"),
        register_for_programs(),
    ),
    "api-system": register_for_programs("system"),
    "api-installation": register_for_programs("installation"),
    "api-product": register_for_programs("product"),
    "api-licence": register_for_programs("licence"),
    # The estate: totals for everybody, the rest for whoever holds a role.
    **dict.fromkeys(("estate", "estate-csv", "estate-json", "estate-over-time"), page),
    **dict.fromkeys(
        (
            "systems",
            "systems-csv",
            "systems-json",
            "installations",
            "installations-csv",
            "installations-json",
            "estate-overlaps",
            "catalogue",
        ),
        of_the_estate,
    ),
    **dict.fromkeys(
        ("estate-ending", "estate-ending-chart", "estate-ending-calendar"), replace(of_the_estate, record="council")
    ),
    "estate-ending-of": replace(of_the_estate, record="ending"),
    "product": Route(record="product", signed_in=True, get=Ask(signed_in=True, sees=True)),
    "product-add": Route(
        signed_in=True,
        get=Ask(signed_in=True, right="estate.keep_catalogue"),
        post=Ask(signed_in=True, right="estate.keep_catalogue"),
    ),
    "product-change": Route(
        record="product",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right="estate.keep_catalogue"),
        post=Ask(signed_in=True, sees=True, right="estate.keep_catalogue"),
    ),
    "system": Route(record="system", signed_in=True, get=Ask(signed_in=True, sees=True)),
    "system-add": Route(
        signed_in=True, get=Ask(signed_in=True, anywhere=KEEP_SYSTEM), post=Ask(signed_in=True, anywhere=KEEP_SYSTEM)
    ),
    "system-change": Route(
        record="system",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right=KEEP_SYSTEM),
        post=Ask(signed_in=True, sees=True, right=KEEP_SYSTEM),
    ),
    "system-retire": tells(
        KEEP_SYSTEM,
        (("on_day", "4"), ("on_month", "6"), ("on_year", "2024"), ("reason", "Replaced."), ("switched_off", "no")),
        record="system",
    ),
    "installation": Route(record="installation", signed_in=True, get=Ask(signed_in=True, sees=True)),
    "inventories": Route(signed_in=True, get=Ask(signed_in=True, anywhere=IMPORT)),
    "inventory-import": Route(record="inventory", signed_in=True, get=Ask(signed_in=True, sees=True)),
    "inventory-upload-new": Route(
        signed_in=True, get=Ask(signed_in=True, anywhere=IMPORT), post=Ask(signed_in=True, anywhere=IMPORT)
    ),
    "inventory-upload": Route(
        record="inventory-upload",
        signed_in=True,
        get=INVENTORY,
        post=replace(INVENTORY, form=(("device", "Host"), ("name", "Package")), changes=True),
    ),
    "inventory-upload-progress": Route(record="inventory-upload", signed_in=True, get=INVENTORY),
    "inventory-upload-again": Route(record="inventory-refused", signed_in=True, post=replace(INVENTORY, changes=True)),
    # The estate: for those who hold a role.
    "licences": Route(signed_in=True, get=HOLDS_A_ROLE),
    "licences-file": Route(record="table", signed_in=True, get=HOLDS_A_ROLE),
    "licence": Route(record="licence", signed_in=True, get=SEEN_SIGNED_IN),
    "licence-document": Route(record="licence-document", signed_in=True, get=SEEN_SIGNED_IN),
    "licence-add": Route(
        signed_in=True,
        get=Ask(signed_in=True, anywhere=KEEP_LICENCE),
        post=Ask(signed_in=True, anywhere=KEEP_LICENCE, form=LICENCE, changes=True),
    ),
    "licence-change": tells(KEEP_LICENCE, LICENCE, record="licence"),
    "licence-positions": Route(signed_in=True, get=HOLDS_A_ROLE),
    "licence-positions-file": Route(record="table", signed_in=True, get=HOLDS_A_ROLE),
    "licence-count": Route(
        signed_in=True,
        get=Ask(signed_in=True, anywhere=KEEP_LICENCE),
        post=Ask(signed_in=True, anywhere=KEEP_LICENCE, form=COUNT, changes=True),
    ),
    "renewals": Route(signed_in=True, get=HOLDS_A_ROLE),
    "renewals-chart": Route(signed_in=True, get=HOLDS_A_ROLE),
    "renewals-file": Route(record="table", signed_in=True, get=HOLDS_A_ROLE),
    "renewals-calendar": until_set_up(Route(record="token", get=NOTHING_HERE)),
    "legacy-scores": Route(signed_in=True, get=HOLDS_A_ROLE),
    "legacy-scores-file": Route(record="table", signed_in=True, get=HOLDS_A_ROLE),
    "legacy-exception-end": tells(AGREE_EXCEPTION, (("reason", "Replaced."),), record="exception"),
    "system-risk": Route(
        record="system",
        signed_in=True,
        get=SEEN_SIGNED_IN,
        post=Ask(signed_in=True, sees=True, right=ASSESS, form=(("L1", "1"),), changes=True),
    ),
    "system-exception": tells(AGREE_EXCEPTION, record="system"),
    "software-audits": Route(signed_in=True, get=HOLDS_A_ROLE),
    "software-audit-open": Route(
        signed_in=True,
        get=Ask(signed_in=True, anywhere=RUN_AUDIT),
        post=Ask(signed_in=True, anywhere=RUN_AUDIT, form=AUDIT),
    ),
    "software-audit": Route(record="audit", signed_in=True, get=SEEN_SIGNED_IN),
    "software-audit-file": Route(record="audit-file", signed_in=True, get=SEEN_SIGNED_IN),
    "software-audit-close": tells(RUN_AUDIT, (("conclusion", "All is well."),), record="audit"),
    "software-audit-discovery": Route(
        record="audit", signed_in=True, post=Ask(signed_in=True, sees=True, right=RUN_AUDIT)
    ),
    "software-audit-report": Route(record="audit", signed_in=True, get=SEEN_SIGNED_IN),
    "software-audit-report-file": Route(record="audit-report", signed_in=True, get=SEEN_SIGNED_IN),
    "audit-question": Route(record="question", signed_in=True, get=SEEN_SIGNED_IN),
    # Whoever is asked may answer too: tests/estate/licences holds that.
    "audit-question-answer": tells(RUN_AUDIT, ANSWER, record="question"),
    "audit-question-settle": tells(
        RUN_AUDIT, (("act", "except"), ("reason", "It is replaced in May.")), record="question"
    ),
    "audit-document": Route(record="audit-document", signed_in=True, get=Ask(signed_in=True, nothing=True)),
    "audit-answer": until_set_up(Route(record="token", get=NOTHING_HERE, post=NOTHING_HERE, secret_address=True)),
    "audit-answered": until_set_up(page),
    "audit-answer-new-link": until_set_up(form_for_everybody),
    # For everybody.
    "home": page,
    "search": page,
    "healthz": until_set_up(page),
    "accessibility": until_set_up(page),
    "privacy": until_set_up(page),
    "cookies": until_set_up(page),
    "council-colours": until_set_up(page),
    "councils": page,
    "council": seen("council"),
    "bodies": page,
    "body": seen("body"),
    "glossary": page,
    "glossary-term": seen("term"),
    "recommendations": page,
    "recommendation": seen("recommendation"),
    "recommendations-csv": page,
    "recommendations-json": page,
    "recommendations-feed": page,
    "decisions-feed": page,
    "recommendation-follow": Route(record="recommendation", get=Ask(sees=True), post=Ask(sees=True)),
    "recommendation-follow-sent": seen("recommendation"),
    "follow-confirm": Route(record="follow", get=NOTHING_HERE, post=NOTHING_HERE, secret_address=True),
    "follow-leave": Route(record="follow", get=NOTHING_HERE, post=NOTHING_HERE, secret_address=True),
    "council-decisions": seen("council"),
    "body-tracker": seen("body"),
    "body-tracker-file": Route(record="report", get=Ask(sees=True)),
    "meetings": page,
    "meeting": seen("meeting"),
    "minute": seen("minute"),
    "minute-file": seen("minute"),
    "commitments": page,
    "commitment": seen("commitment"),
    "evidence-file": seen("evidence"),
    # Whoever has the letter, whatever else they may; anybody else is told that there is no such link.
    "commitment-answer": until_set_up(Route(record="answer", get=NOTHING_HERE, post=NOTHING_HERE, secret_address=True)),
    "commitment-answered": until_set_up(page),
    "commitment-answer-new-link": until_set_up(form_for_everybody),
    # Each sees what waits for them alone.
    "waiting": Route(signed_in=True, get=SIGNED_IN),
    "body-brief": Route(record="body", signed_in=True, get=Ask(signed_in=True, sees=True, right="scrutiny.see_brief")),
    # Owners and members of the body that asked may do more than the table says: test_commitments.py holds that.
    "commitment-assign": keeping_commitments((("due_on_day", "4"), ("due_on_month", "6"), ("due_on_year", "2026"))),
    "commitment-update": keeping_commitments(UPDATE),
    "commitment-check": keeping_commitments((("decision", "accept"),), changes=False),
    "commitment-withdraw": keeping_commitments((("reason", "Nobody needs it any more."),)),
    "commitment-reopen": keeping_commitments((("reason", "It is needed after all."),), changes=False),
    "update-publish": Route(
        record="update", signed_in=True, post=Ask(signed_in=True, sees=True, right=KEEP_COMMITMENT)
    ),
    # Clerks.
    "minute-publish": Route(
        record="minute",
        signed_in=True,
        post=Ask(signed_in=True, sees=True, right=PUBLISH),
    ),
    "minute-links": Route(record="minute", signed_in=True, get=Ask(signed_in=True, sees=True, right=SETTLE)),
    "minute-links-look-again": Route(
        record="minute", signed_in=True, post=Ask(signed_in=True, sees=True, right=SETTLE)
    ),
    "minute-link": Route(
        record="link",
        signed_in=True,
        post=Ask(signed_in=True, sees=True, right=SETTLE, form=(("say", "no"),), changes=True),
    ),
    # Each council's own people say what it considered and decided.
    "recommendation-consider": Route(
        record="referral",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right="scrutiny.consider_referral"),
        post=Ask(signed_in=True, sees=True, right="scrutiny.consider_referral", form=CONSIDERED, changes=True),
    ),
    "recommendation-decide": Route(
        record="referral",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right="scrutiny.decide_referral"),
        post=Ask(signed_in=True, sees=True, right="scrutiny.decide_referral", form=DECIDED, changes=True),
    ),
    "recommendation-update": Route(
        record="referral",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right="scrutiny.update_referral"),
        post=Ask(signed_in=True, sees=True, right="scrutiny.update_referral", form=UPDATE),
    ),
    "recommendation-publish": Route(
        record="referral", signed_in=True, post=Ask(signed_in=True, sees=True, right="scrutiny.publish_outcome")
    ),
    "recommendation-purpose": Route(
        record="recommendation",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right="scrutiny.say_purpose"),
        post=Ask(signed_in=True, sees=True, right="scrutiny.say_purpose", form=PURPOSE, changes=True),
    ),
    "recommendation-withdraw": Route(
        record="recommendation",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right="scrutiny.withdraw_recommendation"),
        post=Ask(
            signed_in=True, sees=True, right="scrutiny.withdraw_recommendation", form=NO_LONGER_ASKED, changes=True
        ),
    ),
    "minute-upload-new": Route(
        signed_in=True,
        get=Ask(signed_in=True, anywhere=UPLOAD),
        post=Ask(signed_in=True, anywhere=UPLOAD),
    ),
    "minute-uploads": Route(signed_in=True, get=Ask(signed_in=True, anywhere=UPLOAD)),
    "minute-upload": Route(record="upload", signed_in=True, get=UPLOADED),
    "minute-upload-progress": Route(record="upload", signed_in=True, get=UPLOADED),
    "minute-upload-record": Route(record="upload", signed_in=True, post=replace(UPLOADED, form=DAY, changes=True)),
    "minute-upload-read-again": Route(record="upload", signed_in=True, post=replace(UPLOADED, changes=True)),
    "desks": Route(signed_in=True, get=Ask(signed_in=True, anywhere=CONFIRM)),
    "minute-desk": Route(
        record="minute",
        signed_in=True,
        get=AT_DESK,
        post=replace(AT_DESK, form=(("act", "accept-certain"), ("version", "0"))),
    ),
    "minute-desk-acts": Route(record="minute", signed_in=True, get=AT_DESK),
    # Everybody with a role.
    "minute-reader": Route(signed_in=True, get=Ask(signed_in=True, anywhere=SEE_INTERNAL)),
    "minute-reader-passages": Route(signed_in=True, get=Ask(signed_in=True, anywhere=SEE_INTERNAL)),
    # Clerks and ICT.
    "glossary-add": Route(
        signed_in=True,
        get=Ask(signed_in=True, right=KEEP_GLOSSARY),
        post=Ask(signed_in=True, right=KEEP_GLOSSARY, form=TERM, changes=True),
    ),
    "glossary-change": Route(
        record="term",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right=KEEP_GLOSSARY),
        post=Ask(signed_in=True, sees=True, right=KEEP_GLOSSARY, form=TERM, changes=True),
    ),
    "glossary-publish": Route(record="term", signed_in=True, post=Ask(signed_in=True, sees=True, right=KEEP_GLOSSARY)),
    # Administrators.
    "people": Route(signed_in=True, get=ADMINISTRATORS),
    "person-leaving": Route(
        record="person", signed_in=True, get=PERSON, post=replace(PERSON, form=(("when", "today"),), changes=True)
    ),
    "person-sign-out": Route(record="person", signed_in=True, post=replace(PERSON, changes=True)),
    "sign-on-groups": Route(signed_in=True, get=ADMINISTRATORS, post=ADMINISTRATORS),
    "sign-on-group-remove": Route(record="group", signed_in=True, get=PERSON, post=replace(PERSON, changes=True)),
    # Signing in and out, and what people do to their own accounts: the same for every role.
    "account_login": form_for_everybody,
    "account_logout": until_set_up(form_for_everybody),
    "sign-out-everywhere": until_set_up(Route(signed_in=True, post=SIGNED_IN)),
    "account_inactive": page,
    "account_reauthenticate": until_set_up(by_second_factor),
    "account_change_password": until_set_up(of_ones_own),
    "account_set_password": until_set_up(of_ones_own),
    "account_reset_password": form_for_everybody,
    "account_reset_password_done": page,
    "account_reset_password_from_key": Route(record="key", get=EVERYBODY, post=EVERYBODY),
    "account_reset_password_from_key_done": page,
    "mfa_index": until_set_up(Route(signed_in=True, get=SIGNED_IN)),
    "mfa_authenticate": form_for_everybody,
    "mfa_reauthenticate": until_set_up(by_second_factor),
    "mfa_activate_totp": until_set_up(of_ones_own),
    "mfa_deactivate_totp": of_ones_own,
    # Nobody here has made any.
    "mfa_view_recovery_codes": until_set_up(Route(signed_in=True, get=NONE_OF_ONES_OWN)),
    "mfa_generate_recovery_codes": until_set_up(of_ones_own),
    "mfa_download_recovery_codes": until_set_up(Route(signed_in=True, get=NONE_OF_ONES_OWN, post=NONE_OF_ONES_OWN)),
    "mfa_list_webauthn": until_set_up(Route(signed_in=True, get=SIGNED_IN)),
    "mfa_add_webauthn": until_set_up(of_ones_own),
    "mfa_login_webauthn": form_for_everybody,
    "mfa_reauthenticate_webauthn": until_set_up(by_second_factor),
    "mfa_remove_webauthn": of_ones_own_record("passkey"),
    "mfa_edit_webauthn": of_ones_own_record("passkey"),
    # Councils' own sign-on: the demonstration has none.
    "socialaccount_connections": of_ones_own,
    "socialaccount_login_cancelled": page,
    "openid_connect_login": Route(record="sign-on", post=NOTHING_HERE),
    # Asks for the password again before it looks.
    "council-sign-on-link": of_ones_own_record("sign-on"),
    "openid_connect_callback": Route(record="sign-on", get=NOTHING_HERE),
    "audit": Route(signed_in=True, get=Ask(signed_in=True, anywhere=SEE_AUDIT)),
    "audit-csv": Route(signed_in=True, get=Ask(signed_in=True, anywhere=SEE_AUDIT)),
    "audit-json": Route(signed_in=True, get=Ask(signed_in=True, anywhere=SEE_AUDIT)),
    "privacy-register": Route(signed_in=True, get=Ask(signed_in=True, anywhere=HANDLE)),
    "subject-find": Route(signed_in=True, get=Ask(signed_in=True, anywhere=HANDLE)),
    "subject": Route(record="person", signed_in=True, get=SUBJECT),
    "subject-export": Route(record="person", signed_in=True, post=SUBJECT),
    "subject-erase": Route(record="person", signed_in=True, get=SUBJECT, post=replace(SUBJECT, form=(("sure", "on"),))),
    # Whoever sees a record sees what changed of it, where they hold a role there: who works where is not public.
    "history": Route(
        record="history",
        signed_in=True,
        get=Ask(signed_in=True, sees=True, right="partnership.see_internal", hides=True),
    ),
    "rights": Route(signed_in=True, get=Ask(signed_in=True, anywhere=SEE_RIGHTS)),
    "why-not": Route(signed_in=True, get=Ask(signed_in=True, anywhere=SEE_RIGHTS)),
}
