"""The first page of letters, circulars and orders of offices that write English."""

from prytany.intake.reading.page_words import PageWords

PAGE = PageWords(
    titles=(r"(?:the )?(?:islamic |federal |democratic |united )*republic of [a-z ]{3,30}$", r"government of the [a-z ]+ republic$"),
    small="of the and for in on at to",
    numbers=(
        r"(?:our |your )?ref(?:erence)?\.?\s*(?:no\.?)?\s*:?", r"(?:file |letter |order |circular |notification )?no\.?\s*:?",
        r"number\s*:?",
    ),
    date_labels=(r"dated?\s*(?:the)?\s*:?", r"on", r"of"),
    done_at=(r"(?:done|given|issued|signed) (?:at|in|on)\b",),
    kinds={
        "order": "order, office order, executive order, standing order", "circular": "circular, office circular",
        "notice": "notice, public notice, notification, gazette notification, announcement", "decision": "decision",
        "resolution": "resolution", "directive": "directive, instruction", "report": "report", "plan": "plan, work plan",
        "minutes": "minutes", "memorandum": "memorandum, office memorandum, memo, inter office memorandum",
        "invitation": "invitation, notice of meeting", "guidance": "guidelines, guidance", "regulation": "regulation, regulations",
        "programme": "programme", "communique": "press release, communique", "official_letter": "official letter",
    },
    subjects=(r"(?:subject|sub|re)\s*[:.-]+", r"subject(?=\s)"),
    about=(r"(?:regarding|concerning|on the subject of|relating to)\s",),
    sent_to=(r"to\s*[:,]?$", r"to\s*[:,]", r"to the ", r"dear ", r"through\s*:"),
    text_begins=(r"dear ", r"sir\b", r"madam\b", r"whereas", r"i am directed", r"in (?:pursuance|exercise|accordance)", r"\d+\s*[.)]",
                 r"article \d", r"with reference to", r"reference (?:is|your)", r"the undersigned", r"pursuant to"),
    urgency={"express": "most immediate, top urgent, flash", "very_urgent": "most urgent, very urgent, immediate", "urgent": "urgent, priority"},
    levels={"30": "ultra secret", "20": "top secret", "10": "secret"},
    circulation={"internal_circulation": "for internal use only, internal circulation, for official use only",
                 "return_after_reading": "return after reading"},
    authority=(r"(?P<a>by order(?: and in the name)? of|for and on behalf of|on behalf of|for|p\.p\.|pp)\s+(?=\w)", r"(?P<a>by order)\b"),
    recipients=(r"(?:copy|copies|cc|c\.c\.|distribution|copy (?:forwarded |for information )?to)\s*(?:to|list)?\s*:",
                r"(?:a )?copy (?:is )?(?:forwarded|sent) .{0,40}:?$"),
)  # fmt: skip
