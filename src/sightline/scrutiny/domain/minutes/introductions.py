"""Cues: words by which a sentence or a label says what stands beneath it. Data only; see ``cues``."""

from __future__ import annotations

RECOMMENDATION_LEADS = (
    "recommendation", "recommendations", "recommend", "recommended", "recommends", "asked the board to",
    "asked to consider the following",
)  # fmt: skip
POINT_LEADS = (
    "points", "point", "questions", "question", "comments", "comment", "issues", "issue", "raised", "asked",
    "queries", "discussed", "discussion", "discussions", "observations", "matters", "concerns", "following was noted",
    "main points", "debate", "views", "considered the following", "suggestions", "noted the following", "highlighted",
    "said", "suggested", "remarks", "feedback", "felt", "expressed", "commented", "requested", "wished",
    "referred to", "thoughts", "consideration was given to",
)  # fmt: skip
ANSWER_LEADS = (
    "in response", "in reply", "officers advised", "answers were", "responses were", "officers responded",
    "responded as follows", "replied as follows", "the following responses", "the following answers",
    "responses given", "officers replied", "answered as follows", "answered:", "replied:", "responded:",
    "following replies", "following questioning", "able to provide the following", "able to respond as follows",
)  # fmt: skip
REPORT_LEADS = (
    "covered", "covering", "summary of progress", "included:", "include:", "including:", "outlined", "presented",
    "key points of the report", "presentation", "the purpose", "update", "was as follows", "figures", "invoices",
    "payments", "applications", "background", "dates", "correspondence", "conditions",
    "the following points from the report", "within the report", "in the report were", "contained in the report",
    "summarised",
)  # fmt: skip

SUBHEADS = {
    "recommendations": "recommendations", "recommendation": "recommendations",
    "task group recommendations": "recommendations", "recommendation of staff": "recommendations",
    "staff recommendation": "recommendations", "staff recommendations": "recommendations",
    "officer recommendation": "recommendations", "officer recommendations": "recommendations",
    "officer's recommendation": "recommendations", "recommendations of the working group": "recommendations",
    "recommendations of the task group": "recommendations", "panel "
        "recommendations": "recommendations", "scrutiny recommendations": "recommendations",
    "recommendations to cabinet": "recommendations", "recommendations to the cabinet": "recommendations",
    "scrutiny recommendations to cabinet": "recommendations", "recommendations to council": "recommendations",
    "recommendations to the executive": "recommendations", "recommendation to cabinet": "recommendations",
    "recommendations to executive": "recommendations", "recommendations of the panel": "recommendations",
    "recommendations of the committee": "recommendations",
    "final recommendations": "recommendations", "key recommendations": "recommendations",
    "proposed recommendations": "recommendations", "review recommendations": "recommendations",
    "scrutiny committee recommendations": "recommendations", "committee recommendations": "recommendations",
    "discussion": "points", "questions": "points",
    "points raised": "points", "members' questions": "points", "questions and answers": "points",
    "key points": "points", "comments": "points", "issues raised": "points", "points of discussion": "points",
    "debate": "points", "questions from members": "points", "members questions": "points",
    "discussion points": "points", "main points": "points", "key points raised": "points",
    "questions and comments": "points", "key issues": "points", "matters raised": "points",
    "key lines of enquiry": "points", "resolved": "decision", "decision": "decision", "decisions": "decision",
    "resolution": "decision", "agreed": "decision", "resolutions": "decision", "outcome": "decision",
    "it was resolved": "decision", "conclusion": "decision", "action": "actions", "actions": "actions",
    "action points": "actions", "action point": "actions", "actions arising": "actions", "agreed actions": "actions",
    "actions agreed": "actions", "summary of actions": "actions", "action log": "actions",
    "actions required": "actions", "reasons": "other", "reason": "other", "reasons for decision": "other",
    "reason for decision": "other", "reason for the decision": "other", "reasons for the decision": "other",
    "alternative options considered": "other", "alternative options": "other",
    "alternative options considered and rejected": "other", "options considered": "other",
    "options considered and rejected": "other", "other options considered": "other",
    "alternatives considered": "other", "reasons for recommendation": "other", "reasons for recommendations": "other",
    "background": "other", "summary": "other", "presentation": "other", "introduction": "other", "report": "other",
    "details of consultation": "other", "consultation": "other", "declarations": "other",
    "conflicts of interest": "other", "dispensations": "other", "minutes": "prose",
    "discussion and decision": "prose", "reply": "reply", "response": "reply", "answer": "reply",
    "officer response": "reply", "responses": "reply", "written reply": "reply", "question": "motion",
    "motion": "motion", "notice of motion": "motion", "any conflict of interest declared": "other",
    "matter for decision": "other", "scrutiny considerations": "prose", "questions and discussion": "prose",
    "any alternative options considered and rejected": "other",
    "alternative options considered and discarded": "other",
    "any conflicts of interest declared": "other", "reasons for the recommendations": "other",
    "discussion and questions": "prose", "issues discussed": "points", "members' comments": "points",
    "comments from members": "points", "questions raised": "points", "minute": "prose", "resolved that": "decision",
    "voting": "other", "vote": "other", "officer comments": "reply", "supplementary question": "motion",
    "supplementary answer": "reply", "supplementary reply": "reply", "supplementary response": "reply",
}  # fmt: skip
"""What a label or heading inside an item says of what stands beneath it."""

AGENDA_PURPOSES = (
    "to (?:consider|receive|note|agree|approve|review|discuss|scrutinise|determine|invite|confirm|adopt|appoint|"
        "elect|endorse|comment|hear|present|examine|seek|inform|update|provide|take|enable|advise|report|include)",
    "(?:the )?(?:joint )?reports? (?:of|by|from)", "report (?:attached|to follow|enclosed|herewith)", "a report",
    "the (?:committee|panel|board|cabinet) (?:is|are) (?:asked|invited|requested)",
    "members (?:are (?:asked|invited|requested|reminded|to)|may|should|to)", "in accordance with", "councillors are "
        "(?:asked|invited|requested|reminded)", "a period of", "each individual", ".{0,60} to be heard",
    "(?:note|agree|approve|endorse|comment on) (?:the|that|any|whether|cabinet|progress|on)", "where a question",
    "purpose of (?:the )?report", "copy (?:attached|enclosed)",
    "(?:additional|supporting) documents", "wards? affected", "contact officer", "lead officer",
    r"\d{1,2}[.:]\d\d ?[ap]\.?m", r"meeting of .{5,120}\(item \d", "actions? from the (?:previous|last)",
)  # fmt: skip
"""How the agenda says, beneath a title, what is to be done with the item."""

AGENDA_PAGE_LINES = (
    "agenda item", "agenda and", "agenda,", "issue (?:-|details|history)", "meeting:", "venue:", "contact:", "note:",
    "media$", "items?$", r"no\.? item", "(?:back to|view directions|share this|print this)",
)  # fmt: skip
"""Lines that stand on a page of committee software around the items."""
