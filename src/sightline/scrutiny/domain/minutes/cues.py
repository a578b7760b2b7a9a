"""The cues of the trade: words by which minutes of UK and Irish councils show what a line or a sentence is.

Data only. Each table says what its entries mean; the passes compile them. Nothing here names a council, a
place or a person. Verbs stand in the form in which minutes use them, reported speech in the past tense (the
present, where clerks write so).
"""

from __future__ import annotations

from typing import Final


class Confidence:
    """How sure the reader is, by the kind of cue. Calibrated on gold minutes; below 0.4 nothing is reported."""

    LISTED: Final = 0.95  # an explicit heading or introduction, and a list beneath it
    LABELLED: Final = 0.9  # a label of its own: "Recommendation 2:", "ACTION:", "REPLY:"
    STATED: Final = 0.8  # a plain sentence with subject and verb of the trade
    IMPERSONAL: Final = 0.7  # "concern was expressed", "it was agreed that"
    INFERRED: Final = 0.55  # read from the context: a note form, a proposal with no recorded outcome


# --- Who speaks -------------------------------------------------------------------------------------------

MEMBER_TITLES = (
    "cllr", "cllrs", "clr", "clrs", "clir", "clirs", "councillor", "councillors", "cllor", "cmhlr",
    "cmhir", "comh", "alderman", "aldermen", "baillie", "bailie", "deputy",
)  # fmt: skip
"""Titles of elected people, with the ways scanners misread them."""

COURTESY_TITLES = (
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "reverend", "sir", "dame",
    "lord", "lady", "pc", "pcso", "cso", "sgt", "sergeant", "insp", "inspector", "superintendent", "supt",
)  # fmt: skip

POLICE_TITLES = frozenset("pc pcso cso sgt sergeant insp inspector superintendent supt constable garda".split())
"""Titles of police officers, who report to a meeting and answer it."""

MEMBER_NOUNS = (
    "member", "members", "councillor", "councillors", "delegate", "delegates", "representative",
    "representatives",
)  # fmt: skip
"""Elected people without a name. Plural or with an article they speak as members."""

BODY_NOUNS = (
    "committee", "sub-committee", "subcommittee", "panel", "board", "commission", "council", "group", "forum",
    "cabinet", "executive", "assembly", "meeting", "party", "trustees", "governors",
)  # fmt: skip
"""Members together."""

CHAIR_NOUNS = (
    "chair", "chairman", "chairperson", "chairwoman", "convener", "convenor", "cathaoirleach", "mayor",
    "provost", "speaker", "chairs", "chairmen", "co-chair", "co-chairman", "reeve", "vice-chair", "vice-chairman",
    "vice-chairperson", "vice-chairwoman",
)  # fmt: skip

PORTFOLIO_PHRASES = (
    "portfolio holder", "portfolio-holder", "cabinet member", "executive member", "lead member", "leader",
    "deputy leader", "cabinet lead", "spokesperson",
)  # fmt: skip
"""Members who answer for the executive: they answer like officers and hold opinions like members."""

OFFICER_NOUNS = (
    "officer", "officers", "director", "directors", "head", "heads", "manager", "managers", "clerk",
    "engineer", "engineers", "solicitor", "secretary", "treasurer", "executive", "administrator",
    "accountant", "auditor", "auditors", "architect", "planner", "surveyor", "adviser", "advisor",
    "advisors", "advisers", "analyst", "lead", "leads", "partner", "consultant", "consultants",
    "coordinator", "co-ordinator", "superintendent", "inspector", "warden", "ranger", "commissioner",
    "commander", "constable", "secretariat", "staff", "headteacher", "chief", "deputy", "assistant",
    "supervisor", "specialist", "registrar", "librarian", "agent", "applicant", "representative",
    "representatives", "team", "service", "department", "services", "official", "officials", "contractor",
    "operator", "monitoring", "presenter", "presenters", "delegation", "rfo", "s151", "groundsman", "caretaker",
    "lengthsman", "handyman", "bursar", "steward", "curator", "ceo", "cfo", "coo", "barrister", "counsel", "actuary",
    "ce", "cx", "dce", "sro", "valuer", "facilitator", "trainer", "practitioner", "therapist", "pharmacist", "author", "planners", "engineers",
    "bailiff", "foreman", "strategist", "scientist", "ecologist", "archivist", "co-ordinators", "coordinators",
)  # fmt: skip

PUBLIC_NOUNS = (
    "resident", "residents", "public", "parishioner", "parishioners", "questioner", "petitioner", "villager",
    "villagers", "objector", "objectors", "speaker", "speakers",
)  # fmt: skip

CONNECTORS = frozenset("of for and the & – — - to in on at from by with a an de la na le y von van mac".split())
"""Small words that may stand inside a speaker's name or role."""

SPEAKER_FILLERS = frozenset(
    "one two three some several many most all both other another each every present individual ward local parish "
    "district county borough town lead group our the a an various certain those senior independent relevant joint "
    "own his her their new co-opted committee council board panel public vice acting interim deputy "
    "general young further visiting different second third fellow".split()
)
"""Lower-case words that may stand before the noun that names a speaker."""

# --- How they speak ---------------------------------------------------------------------------------------

ASKING_VERBS = (
    "asked", "asks", "queried", "questioned", "enquired", "inquired", "requested", "sought", "wondered",
    "raised", "called for", "urged", "challenged", "wanted to know", "wished to know", "highlighted",
    "referred", "pressed", "drew attention", "invited", "wanted", "raises", "is asking", "were asking",
    "was asking", "complained",
)  # fmt: skip
"""A member with one of these opens a point that waits for an answer."""

OPINION_VERBS = (
    "felt", "feels", "suggested", "suggests", "expressed", "welcomed", "thanked", "congratulated", "praised",
    "commended", "supported", "opposed", "objected", "argued", "hoped", "believed", "considered that",
    "thought", "thinks", "acknowledged", "recognised", "pointed out", "echoed", "reiterated", "stressed",
    "emphasised", "emphasized", "cautioned", "warned", "regretted",
    "would like to see", "would like", "wished", "wish", "has concerns", "have concerns", "had concerns",
    "remarked", "observed", "noted that", "noted how", "mentioned", "spoke", "paid tribute", "disagreed",
    "disputed", "doubted", "remained concerned",
    "recommended that", "proposed that", "appreciated", "lamented",
    "applauded", "preferred", "maintained", "admitted", "discussed", "debated", "queried", "offered", "declared", "considered this",
    "considered it", "pointed to", "intimated", "referenced", "alluded to", "called on", "called upon",
    "demanded", "insisted", "contended", "criticised", "condemned",
    "appealed", "made the point", "made a point", "made a general point", "made the general point", "voiced", "took issue", "spoke of",
    "spoke about", "saw", "entered into discussion", "entered into a discussion",
    "made a number of comments", "made a number of points", "made comments", "made several comments", "did not feel",
    "did not consider", "did not support", "could not support", "did not want", "could not see", "gave an example",
    "gave examples", "cited",
    "agreed with", "feared", "complimented", "regarded", "had no objection", "had no objections", "had no issue",
    "was against", "were against", "spoke against", "spoke in favour", "spoke in support", "questioned whether",
    "took the view", "saw no reason", "could see no reason", "bemoaned", "deplored", "disliked", "worried", "feels that",
    "believes", "hopes", "sympathised", "counselled", "favoured", "backed", "wanted to see", "expects",
)  # fmt: skip
"""A member with one of these makes a point; it may be answered in the same paragraph or beneath it."""

OPINION_STATES = (
    "of the view", "of the opinion", "concerned", "worried", "afraid", "unhappy", "happy", "keen", "pleased", "glad",
    "delighted", "disappointed", "supportive", "in favour", "opposed", "against", "surprised", "shocked", "sceptical",
    "critical", "clear", "convinced", "persuaded", "alarmed", "frustrated", "content", "minded", "saddened", "appalled",
    "dismayed", "grateful", "impressed", "puzzled", "sympathetic", "conscious", "dissatisfied", "uneasy",
    "anxious", "sorry", "interested", "confident", "hopeful", "adamant", "upset", "angry", "annoyed", "troubled", "thankful",
    "encouraged", "reassured", "doubtful", "mindful", "perturbed", "intrigued", "curious", "nervous",
)  # fmt: skip
"""What somebody "was" or "were", perhaps "very", when they held an opinion."""

TELLING_VERBS = (
    "advised", "advises", "explained", "explains", "confirmed", "confirms", "stated", "states", "said", "says",
    "added", "commented", "reported", "informed", "informs", "assured", "reassured", "clarified", "indicated",
    "noted", "told", "accepted", "undertook", "promised", "agreed to", "agreed that", "agreed", "reminded",
    "described", "outlined", "provided", "estimated", "offered to", "committed to", "gave", "set out", "announced",
    "was able to", "was unable to", "were unable to", "did not know", "did not have", "responded", "replied",
    "answered", "countered", "concluded", "continued", "recalled", "apologised", "concurred", "thought that",
    "believed that", "expected", "went on", "shared", "will check", "will look into", "will find out", "would check",
    "would look into", "would find out", "could not say",
    "did not think", "did not believe", "did not expect", "was not aware", "were not aware", "was unaware",
    "was not sure", "did not agree", "apologized", "pointed out that", "acknowledged that", "conceded", "detailed",
    "went through", "elaborated", "reads", "relayed", "envisaged", "anticipated", "hoped that",
)  # fmt: skip
"""Facts and answers. From an officer with a point open: a response; from a member with none open: a point."""

STRONG_ANSWERS = frozenset(
    "advised explained confirmed clarified assured reassured replied responded answered responds replies undertook "
    "promised informed".split()
)
"""Verbs that answer even when the speaker is a member, if a question waits."""

PRESENTING_VERBS = (
    "presented", "introduced", "gave a presentation", "gave an update", "gave a verbal", "gave an overview",
    "gave an oral", "gave a short", "gave a brief", "gave a report", "gave her", "gave his", "gave the",
    "gave a detailed", "gave members", "provided a verbal", "provided an update", "provided an overview",
    "provided a presentation", "provided an oral", "provided a summary", "provided a brief", "provided members",
    "provided the", "submitted", "delivered", "took members through", "took Members through", "went through",
    "took the committee through", "took the Committee through", "took the Panel through",
    "took the Board through", "took the", "talked", "summarised", "briefed", "updated", "outlined",
    "spoke to", "reported on", "moved the report", "set out", "proposed the report", "gave updates",
    "presents", "introduces", "shared a presentation", "was in attendance", "were in attendance",
    "attended the meeting", "circulated", "tabled", "made a presentation",
)  # fmt: skip
"""Bringing a matter before the meeting. The subject of the item's first one presented the item."""

PROCEDURE_VERBS = (
    "would like to thank", "opened the meeting", "closed the meeting", "left the meeting", "joined the meeting",
    "took the chair", "moved", "seconded", "proposed", "adjourned", "abstained", "voted", "withdrew",
    "left the room", "returned to", "declared a", "declared an", "seconds", "proposes", "entered the meeting",
    "resumed", "thanked everyone", "welcomed everyone", "invited questions", "invited members",
    "called the meeting", "brought the meeting", "thanked all", "asked members to", "asked if there were any",
    "asked for nominations", "asked the committee to note", "directed", "welcomed everybody", "welcomed all",
    "received", "attended",
)  # fmt: skip
"""Proceedings: neither point nor response."""

RAISED_VERBS = (
    "raised", "queried", "questioned", "mentioned", "highlighted", "discussed", "sought", "expressed", "requested",
    "suggested", "asked", "felt", "thought", "stressed", "emphasised", "stated", "commented", "observed", "hoped",
    "acknowledged", "welcomed", "referred to", "pointed out", "remarked", "considered that", "commended", "made",
    "debated", "recognised", "argued", "said", "put",
)  # fmt: skip
"""Passives by which minutes say that members raised something without saying who."""

WAITING_RAISED = frozenset(
    "raised queried questioned sought requested asked highlighted expressed discussed suggested made".split()
)
"""Those of them that wait for an answer in the next paragraph."""

MADE_NOUNS = (
    "reference", "request", "suggestion", "comment", "comments", "query", "point", "points", "observation",
    "observations", "plea", "enquiry", "mention", "complaint", "question", "questions",
)  # fmt: skip
"""What "was made" must be for it to be a point."""

ANSWERED_VERBS = (
    "advised", "informed", "assured", "reassured", "told", "reminded",
)  # fmt: skip
"""Passives of which the members are the subject: "members were advised that"."""

IT_ANSWERS = (
    "confirmed", "explained", "advised", "clarified", "reported", "noted",
)  # fmt: skip
"""Impersonal answers: "it was confirmed that"."""

ANSWER_NOUNS = (
    "response",
    "answer",
    "reply",
    "responses",
    "answers",
    "explanation",
    "explanation given",
    "assurance",
    "assurances",
)
"""What "was that ..." tells an answer: "the response was that"."""

ANSWER_OPENERS = (
    "in response", "in reply", "in replying", "in responding", "in answer", "by way of reply", "responding",
    "replying", "in answering",
)  # fmt: skip

OPENERS = (
    "however", "nonetheless", "nevertheless", "meanwhile", "furthermore", "moreover", "accordingly",
    "subsequently", "finally", "also", "then", "in addition", "in conclusion", "in summary", "at this point",
    "at this stage", "more positively",
)  # fmt: skip
"""Words before a sentence's subject that say nothing of who speaks."""

OPENING_PREPOSITIONS = frozenset(
    "in on at after following with during regarding under having referring for as arising further before upon by "
    "when responding replying while whilst concerning although though prior turning from given moving to answering "
    "despite".split()
)
"""A sentence that starts with one of these has its subject after the first comma that a speaker follows."""

# --- What the meeting did ---------------------------------------------------------------------------------

DECISION_VERBS = {
    "agreed": "AGREED", "agree": "AGREED", "resolved": "RESOLVED", "recommended": "RECOMMENDED", "decided": "DECIDED",
    "carried": "CARRIED", "noted": "NOTED", "approved": "APPROVED", "deferred": "DEFERRED", "lost": "LOST",
    "defeated": "LOST", "fell": "LOST", "adopted": "APPROVED", "endorsed": "APPROVED", "ratified": "APPROVED",
    "accepted": "APPROVED", "ordered": "DECIDED", "determined": "DECIDED", "resolution": "RESOLVED",
    "decision": "DECIDED", "resolves": "RESOLVED", "granted": "APPROVED", "refused": "DECIDED", "rejected": "DECIDED",
    "passed": "CARRIED", "resolved to recommend": "RECOMMENDED",
}  # fmt: skip

HEADING_DECISIONS = (
    "resolved", "agreed", "recommended", "decided", "noted", "approved", "deferred", "ordered", "determined",
    "carried", "resolution", "decision", "endorsed",
)  # fmt: skip
"""What may stand alone at the start of a paragraph in front of what was decided."""

COLLECTIVES = (
    "members", "councillors", "cllrs", "committee", "council", "cabinet", "board", "panel", "executive",
    "commission", "meeting", "sub-committee", "subcommittee", "joint panel", "task group", "working group",
    "working party", "forum", "trustees", "governors", "all", "everyone", "all present", "those present",
    "mayor",
)  # fmt: skip
"""Who may decide."""

RECALLING = (
    "had been", "has been", "have been", "previously", "at the last meeting", "at the previous meeting",
    "at its meeting", "at their meeting", "at its last", "at its previous", "had agreed", "had resolved",
    "had decided", "had recommended", "had approved", "as agreed", "as resolved", "at a previous",
    "at a recent", "at an earlier", "last year", "at last month", "had already", "earlier in the year",
    "last month", "it had", "had noted", "had deferred", "who had", "which had", "when it was agreed",
    "already agreed",
)  # fmt: skip
"""A decision with one of these before its verb is recalled, not taken."""

# --- What somebody will do --------------------------------------------------------------------------------

PROMISING_VERBS = (
    "undertook to", "agreed to", "promised to", "offered to", "committed to", "volunteered to", "undertakes to",
    "agreed that he would", "agreed that she would", "agreed that they would", "was asked to", "were asked to",
    "was requested to", "were requested to", "was tasked with", "was instructed to", "were instructed to", "is to",
    "are to", "was to", "were to", "has agreed to", "have agreed to", "was actioned to",
    "gave an undertaking", "gave an assurance that", "was invited to",
)  # fmt: skip

ACTION_VERBS = (
    "raise", "report", "write", "contact", "send", "provide", "circulate", "share", "bring", "arrange",
    "check", "investigate", "present", "follow up", "look into", "look at", "look to", "seek", "ask",
    "speak", "chase", "obtain", "prepare", "draft", "publish", "update", "include", "inform", "liaise",
    "email", "e-mail", "forward", "review", "revisit", "consult", "meet", "invite", "organise", "add",
    "amend", "attend", "discuss", "distribute", "respond", "reply", "revert", "find out", "install",
    "order", "purchase", "submit", "return", "complete", "confirm", "notify", "advise", "continue",
    "undertake", "engage", "repair", "replace", "issue", "set up", "carry out", "come back", "feed back",
    "feed", "produce", "collect", "pass", "pursue", "explore", "highlight", "utilise", "help", "schedule",
    "monitor", "fill", "develop", "place", "put", "post", "remind", "request", "register", "record",
    "clarify", "supply", "take up", "take forward", "take the matter", "take this", "take that", "conduct", "refer",
    "escalate", "fix", "cut", "clear", "inspect", "visit", "commission", "call", "ring", "phone",
    "telephone", "get", "make enquiries", "make contact", "make arrangements", "begin", "start", "ensure",
    "work with", "let", "show", "tell", "give", "apply", "book", "pay", "buy", "compile", "gather",
    "erect", "paint", "mend", "deliver", "identify", "report back", "bear in mind", "resend", "resubmit",
    "upload", "display", "advertise", "join", "represent", "act as", "carry on", "keep", "see if",
    "see whether", "source", "action", "research", "recirculate", "re-circulate", "convene", "hold a", "hold an", "hold talks", "hold the", "close",
    "re-apply", "reapply", "progress", "ascertain", "test", "agree a date", "go back", "talk to", "enquire",
    "inquire", "establish", "quantify", "examine", "have a look", "take these", "take them", "take it",
    "take the", "make a", "make the", "make sure", "address", "deal with", "remove", "relocate", "renew",
    "restore", "tidy", "clean", "sweep", "plant", "rectify", "reinstate", "host", "launch", "recruit",
    "appoint", "train", "encourage", "promote", "fund", "allocate", "empty", "transfer", "query", "sort",
    "open", "tackle", "work on", "work up", "liaise", "acquire", "negotiate", "trim", "mow", "strim",
    "spray", "treat", "build", "dispose", "extend", "analyse", "assess", "map", "lobby", "support", "look for", "try",
    "see what", "see how", "do so", "do this", "do that", "do it", "do the", "lay", "lead", "nominate", "propose", "sign",
    "take part", "take photographs", "photograph", "measure", "count", "walk", "attach", "write up", "draw up", "drop",
    "hand", "lend", "lock", "unlock", "print", "measure up", "approach", "interview", "propose a date", "reword",
    "rewrite", "survey", "trial", "pilot", "volunteer", "water", "weed", "wash", "scan", "file", "cost", "cover the",
    "instruct", "consider how", "consider whether", "decide how", "decide on", "decide whether", "collate", "put together", "draw together", "resolve the", "resolve this", "tender", "claim", "bid", "chair the", "serve on",
)  # fmt: skip
"""What people undertake to do after a meeting. The bare form; the passive is in ``ACTION_PARTICIPLES``."""

ACTION_PARTICIPLES = (
    "presented", "circulated", "provided", "reported", "included", "undertaken", "carried out", "addressed",
    "arranged", "sent", "forwarded", "contacted", "brought", "published", "shared", "updated", "installed", "invited",
    "requested", "issued", "submitted", "raised", "investigated", "reviewed", "amended", "corrected", "added to",
    "repaired", "replaced", "prepared", "produced", "cleared", "emailed", "distributed", "written to", "looked into",
    "followed up", "taken up", "scheduled", "completed by", "costed", "posted", "cut back", "rectified", "put on",
    "placed on", "fed back", "drafted", "commissioned", "supplied", "consulted", "notified", "pursued", "conducted",
    "engaged", "reminded", "organised", "passed on", "passed to", "escalated", "relayed", "cleared by", "resurfaced",
    "convened", "mapped", "put up", "put right", "put in place", "dealt with", "taken forward",
    "given to", "given at", "handed", "displayed", "advertised", "erected", "removed", "trimmed", "mown", "painted",
    "mended", "fixed", "tested", "surveyed", "inspected", "planted", "emptied", "collected", "delivered", "ordered",
    "tabled", "returned to", "recirculated", "re-circulated", "referred to", "copied", "uploaded", "chased", "relocated",
    "picked up", "worked up", "rolled out", "drawn together", "drawn up", "brought together", "put together", "collated",
    "compiled", "done by", "highlighted to", "flagged", "communicated to", "fed into",
)  # fmt: skip

STATIVE_VERBS = (
    "be", "have", "need", "not", "remain", "cost", "know", "close", "retire", "take place", "meet", "hold", "run",
    "end", "start", "open", "become", "see", "receive", "depend", "no", "only", "never", "also", "continue", "apply",
    "affect", "include", "mean", "benefit", "increase", "decrease", "fall", "rise", "go", "come", "provide", "lose",
    "gain", "expire", "resign", "leave", "allow", "enable", "help", "hopefully", "likely", "probably", "last",
    "cease", "always", "find", "want", "like", "begin",
)  # fmt: skip
"""What somebody "will" without undertaking anything: it only comes about."""

NOTE_ACTORS = (
    "clerk", "chair", "chairman", "chairperson", "secretary", "treasurer", "officers", "secretariat", "cllr", "cllrs",
    "rfo",
)  # fmt: skip
"""Who may start an action in note form without "to": "Clerk report lights"."""

CONDITIONS = (
    "if", "whether", "unless", "where", "which", "who", "whose", "when would", "should", "might", "could",
    "may", "whichever", "wherever", "ensure", "so that", "why", "how", "what", "in order", "provided that",
    "because",
)  # fmt: skip
"""Before "would" these make it no promise: the clause is a question, a condition or a description."""
