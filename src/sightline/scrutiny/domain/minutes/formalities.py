"""Cues: titles of items that are a form of the meeting and no matter of substance. Data only; see ``cues``."""

from __future__ import annotations

FORMAL_TITLES = (
    r"apolog(?:y|ies)\b.*", "(?:to )?(?:receive|record|note|accept|consider)(?: any)?(?: and accept)? apologies.*",
    r".*\bdeclarations?\b.*\binterests?\b.*",
    r"(?:to )?(?:receive|make)?\s*(?:any )?(?:disclosures?|declarations?|register|registration|notifications?)"
        r" of (?:\w+ )*interests?.*",
    "declarations?", "interests", "members'? interests",
    "(?:disclosures?|declarations?)(?: of)? (?:pecuniary|conflicts?).*", "code of conduct.*interests?",
    "(?:draft )?minutes?", r"(?:draft )?minutes?\s*[-–—:(]?\s*\d{1,2}(?:st|nd|rd|th)? \w+.*",
    r"(?:the )?(?:draft )?minutes? (?:of|from) (?:the )?(?:\w+ ){0,6}?(?:meetings?|council|committee|board|panel|"
        "cabinet).*",
    r"(?:the )?(?:draft )?minutes? (?:of|from|for) (?:the )?\d{1,2}(?:st|nd|rd|th)?\b.*",
    r"(?:to )?(?:approv\w*|adopt\w*|confirm\w*|agree\w*|sign\w*|receiv\w*|consider\w*)(?:[\s/,]+(?:and |"
        r"& )?(?:approv\w*|sign\w*|adopt\w*|agree\w*))*(?: of)?(?: the)?(?: draft)?(?: previous)? minutes.*",
    "previous minutes.*", "notes? of (?:the )?(?:last|previous) meeting.*", "(?:the )?last minutes",
    "minutes and (?:action|matters).*(?:previous|last).*", "minutes of (?:the )?(?:last|previous).*",
    "(?:date|time|dates)(?:,? (?:and|&|/)? ?(?:time|date|venue|place|location))*s?(?:,? (?:and )?venue)? (?:of|"
        "for) (?:the )?(?:next|future) .*",
    r"next meetings?\b.*", "(?:dates? of )?future meetings?.*", "date of meetings?",
    "close(?: of)?(?: the)?(?: meeting)?", "closure(?: of(?: the)? meeting)?", r"welcome\b.*", "introductions?",
    "opening(?: of(?: the)? meeting)?(?: and .*)?", "adjournment", "attendance(?: and apologies)?", "present",
    "in attendance", "those (?:attending|present)", "roll ?call", "quorum",
    "substitut(?:es|ions?)(?: members?)?",
    r"(?:notification|attendance) (?:of|by) (?:any )?(?:substitut\w*|reserve).*",
    "exclusion of (?:the )?(?:press|public).*", "(?:items? of )?urgent (?:business|items?).*",
    "any (?:other )?urgent (?:business|items?).*",
    "chair(?:man|person)?'?s? (?:opening )?(?:announcements?|welcome|opening remarks)", "announcements?",
    "mayor'?s announcements?", "fire (?:evacuation|safety)? ?(?:procedures?)?", "housekeeping", "webcasting.*",
    "recording of (?:the )?meeting.*", "filming.*", "whipping.*", "party whip.*",
    "(?:notice|summons).*convening.*", "confirmation of (?:the )?minutes.*",
    "membership of the (?:committee|panel|board).*apologies.*", "moment of (?:silence|reflection)", "prayers?",
    "dispensations?(?: requests?)?", "requests? for dispensations?.*", "exempt (?:information|items?|business)",
    "confidential (?:items?|business)", "signature", r"present\b.*", "cyhoedd", "distribution(?: list)?",
    "evacuation.*", "(?:confirmation|adoption|approval) of (?:the )?(?:order of (?:the "
        ")?)?agenda.*", "call(?:ed)? to order.*",
    "(?:meeting )?called to order.*", "recording of (?:the )?proceedings.*", "additions? to (?:the "
        ")?agenda.*", "adopt agenda",
    "approval of agenda", "disclosures? of pecuniary.*", "adjourn(?:ment)?(?: of meeting)?", "closed "
        "session.*", "(?:opening |closing )?(?:prayers?|karakia)(?: .{0,20})?",
)  # fmt: skip
"""Whole titles (folded) of items that open and close a meeting and carry no matter of substance."""

PUBLIC_TITLES = (

    "(?:open )?(?:public|residents'?|citizens'?) (?:forum|participation|question(?:s| time)?|session|speaking|"
        "time|questions? and (?:statements?|petitions?)|statements?|open session|representations?|address|comments?|"
        "discussion).*",
    "(?:open|democratic) (?:forum|session|period|half hour|mic)",
    "questions? from (?:the )?(?:members of the )?public.*",
    "(?:to receive )?(?:questions?|petitions?|deputations?|statements?|representations?).*(?:public|petitions?|"
        "deputations?|residents)?",
    "petitions?.*", "deputations?.*", "correspondence.*", "matters arising.*", "public.*",
    r"adjourn\w* .*public.*", "members'? questions?", "questions? (?:by|from) members.*", "call[- ]?ins?.*",
    "responses? of (?:the )?cabinet.*", "decisions? referred.*", "items? called in.*", "urgent .*",
    ".*forward plan.*call.*", "motions?", "notices? of motions?", "questions?", "questions? on notice.*",
    "party political.*", "actions? (?:from|arising).*", "any (?:other )?business.*", r"aob\w?.*",
    "reports? from sub-?committees?.*", "(?:updates? on )?actions?.*",
)  # fmt: skip
"""Titles of items that are left out when nothing was raised under them."""

BOILERPLATE = (
    r"minutes (?:prepared|recorded|taken) (?:as per|in accordance with|under|pursuant to)\b.*",
    r"clerk to record,? without note or comment\b.*", r"minutes to be (?:approved|confirmed|adopted)\b.*",
    r"these minutes (?:are|remain|were|will be)\b.*", r"(?:please )?contact us\b.*", r"all rights reserved.*",
)  # fmt: skip
"""Whole sentences that say how minutes are kept, and nothing of the meeting."""

NOTHING_PHRASES = (
    "none", "nil", "n/?a",
    r"no (?:one|body|member\w*|public|question|request|petition|deputation|item|representation|correspondence|"
        r"matter|other|further|comment|notice|motion|new|urgent|call|report|statement|apolog)\w*\b",
    "(?:there|they) (?:were|was|are) (?:none|no|nothing|nobody)", "nothing", "not applicable", "as above",
    "attached",
)  # fmt: skip
"""How a minute says that nothing happened under an item."""
