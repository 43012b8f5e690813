"""English: reports, minutes and letters of councils, committees and districts."""

from prytany.intake.reading.pack import Pack
from prytany.intake.reading.packs.en import words as w
from prytany.intake.reading.packs.en.exchange import EXCHANGE
from prytany.intake.reading.packs.en.page import PAGE

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10}
_SHORT |= {"nov": 11, "dec": 12}
_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_MONTH = "(?:" + "|".join(_MONTHS) + "|" + "|".join(f"{m}\\.?" for m in _SHORT) + ")"

PACK = Pack(
    code="en",
    page=PAGE,
    exchange=EXCHANGE,
    name="English",
    script="latin",
    verb="first",
    head="last",
    words={
        "act": w.ACT, "direct": w.DIRECT, "assign": w.ASSIGN, "stress": w.STRESS, "say": w.SAY, "propose": w.PROPOSE,
        "ask_approval": w.ASK_APPROVAL, "must": w.MUST, "will": w.WILL, "done": w.DONE, "praise": w.PRAISE,
        "limit": w.LIMIT, "result": w.RESULT, "forward": w.FORWARD, "keytask": w.KEYTASK, "task_noun": w.TASK_NOUN,
        "listing": w.LISTING, "conclude": w.CONCLUDE, "unit": w.UNIT, "group": w.GROUP, "post": w.POST,
        "role": w.ROLE, "event": w.EVENT, "host": w.HOST, "attend": w.ATTEND, "award": w.AWARD, "confer": w.CONFER,
        "propose_award": w.PROPOSE_AWARD, "collective": w.COLLECTIVE, "individual": w.INDIVIDUAL, "many": w.MANY,
        "approve": w.APPROVE, "partly": w.PARTLY, "launch": w.LAUNCH, "defer": w.DEFER, "close": w.CLOSE,
        "refuse": w.REFUSE, "return": w.RETURN, "decide": w.DECIDE, "grant": w.GRANT, "none": w.NONE, "petitioner": w.PETITIONER,
        "resolved": w.RESOLVED, "pronoun": w.PRONOUN, "purpose": w.PURPOSE, "negative": w.NEGATIVE,
        "hearing": w.HEARING, "join": w.JOIN, "narrative": w.NARRATIVE, "scheduled": w.SCHEDULED,
        "with_open": """in coordination with, in co ordination with, coordinate with, coordinating with, together with,
            in collaboration with, in consultation with, in cooperation with, in conjunction with, jointly with,
            working with, work with, liaise with, in partnership with, with the support of, consult with""",
    },
    common="""the of and to in for that is on with by be was this as are from at it will has have an or not which been
        their its were should must these all shall would than other into also had they during such""",
    letters="",
    done_to=(r"\bbe (?:\w+ly |also |first )?(?!involved|required|prepared|based|focused|committed|determined|aimed|needed|concerned|united|detailed|interested|dedicated|located|engaged|entitled|allowed|indeed|seed|tasked|charged|authori)(?:\w{2,}ed|taught|paid|given|taken|sent|told|brought|chosen)\b",),
    counted_of=frozenset({"of", "by", "from"}),
    months={name: i for i, name in enumerate(_MONTHS, 1)} | _SHORT,
    numbers={word: i for i, word in enumerate(_ONES, 1)}
    | {word: 10 * i for i, word in enumerate(_TENS, 2)}
    | {"hundred": 100, "a dozen": 12, "dozen": 12},
    asked_open="",
    asked_close="to, that, for, with, on",
    that="that",
    nouning=frozenset({"the", "a", "an", "this", "his", "her", "their", "its", "any", "on", "upon", "of", "by", "all"}),
    passive_signs=frozenset({"is", "are", "was", "were", "shall", "will"}),
    infinitive_shape=r"^[a-z]{3,}ing$",
    amid=frozenset(["between", "among"]),
    passive_words=frozenset({"be"}),
    openings=frozenset(["in", "on", "at", "during", "for", "according", "with", "after", "before", "under", "by", "as", "to", "from", "within", "following", "throughout", "besides", "despite", "since"]),
    infinitive_marks=frozenset({"to"}),
    verb_after_to=frozenset({"to"}),
    name_skip="""the, all, a, each, every, its, his, her, both, also, relevant, therefore, accordingly, and, of, by, in,
        for, to, at, that, when, however, furthermore, moreover, meanwhile, then, finally, from now on""",
    name_stop="""also, still, must, should, shall, will, to, that, is, are, has, have, need, needs, continue, in, on, by,
        with, for, who, which, where, before, after, promptly, regularly, actively, urgently, when, from, this, at""",
    name_join="of, and, for, at, under, in, from",
    products="""action plan, work plan, report, list, proposal, draft, register, guidelines, guidance, plan, scheme, programme, letter, form, estimate, schedule, summary, note""",
    makers="""submit, prepare, draft, draw up, compile, write, produce, present, send, provide, issue, develop, circulate, publish, complete, report, make""",
    abbreviations="mr mrs ms dr prof no nos st art vs etc e.g i.e cllr hon rev messrs dept govt approx fig sec vol "
    "jan feb mar apr jun jul aug sep sept oct nov dec gen col capt lt sgt inc ltd co",
    furniture={
        "share": (r"(?:share|tweet|print|e-?mail|save|like|follow us|listen|copy link|zalo|facebook|twitter|whatsapp|"
                  r"telegram|linkedin|[\s|·•/,:-])+", r"share (?:this|on|via|with)\b.{0,60}", r"(?:\d[\d.,]*\s*)?views?:?"
                  r"\s*\d*", r"read (?:more|also)\b.{0,120}", r"(?:print|font size|zoom)\b.{0,40}"),
        "comments": (r"(?:\d+\s+)?comments?\s*(?:\(\s*\d+\s*\))?", r"leave a (?:comment|reply).{0,60}",
                     r"(?:\d+\s+)?(?:replies|likes|shares)(?:\s*\d+)?", r"(?:post|write) a comment.*",
                     r"comments are closed.*"),
        "related": (r"for (?:more|further) (?:information|details).{0,120}", r"(?:related|see also|more|latest|most read|other)\s+(?:news|articles?|stories|posts)\b.{0,200}",
                    r"related\s*:?.{0,200}", r"(?:tags?|keywords?|topics?)\s*:.{0,200}"),
        "source": (r"(?:source|credit)s?\s*:.{0,250}", r"source(?: link)?", r"(?:according to|\(?source)\s+\S+\.\S+\)?"),
        "caption": (r"(?:photo|image|picture|pic|file photo|illustration|photograph)s?\s*(?:by|credit|courtesy)?\s*[:/].*",
                    r"caption\s*:.*"),
        "byline": (r"(?:by|reported by|reporter|text|story)\s*:?\s+[^\d]{3,50}", r"(?:author|editor)\s*:.{2,60}",
                   r"(?:translated|edited) by .{2,60}"),
        "page": (r"page \d+(?: of \d+)?", r"\d+\s*/\s*\d+", r"(?:home|news|politics)(?:\s*[>/|»]\s*[^.]{2,40})+",
                 r"(?:updated|published|posted)(?: on| at)?\s*:?.{0,40}\d{4}.{0,30}", r"skip to .{0,30}"),
    },
    kinds={
        "award_council_meeting": (r"(?:emulation|award|reward|commendation|honou?rs)[\w\s&,-]{0,40}"
                                  r"(?:council|committee|panel|jury)\b.{0,120}\b(?:met|meeting|session|voted|considered|held|review)",
                                  r"meeting of the (?:emulation|award|honou?rs)"),
        "award_call": (r"call for (?:nominations?|entries|applications?)", r"nominations? (?:are|is) (?:open|invited|sought)",
                       r"(?:launch|open)\w* .{0,60}(?:award|prize)s?\b", r"applications? (?:are|is) invited",
                       r"invites? (?:nominations|entries|applications)", r"nominations? for the .{0,60}(?:award|prize)"),
        "emulation_conference_report": (r"(?:conference|meeting|ceremony) to hono\w+ ", r"(?:emulation|advanced (?:models?|examples?)|typical (?:models?|examples?)|"
                                        r"patriotic emulation).{0,160}(?:conference|congress|ceremony)",
                                        r"(?:conference|congress|ceremony).{0,120}(?:emulation|advanced models?|"
                                        r"advanced examples?|typical examples?)"),
        "working_session_report": (r"working session", r"worked with (?:the )?(?:\w+\s){0,12}(?:committee|department|"
                                   r"district|commune|city|province|board|office|council)", r"working (?:visit|trip)"),
        "review_meeting_report": (r"review meeting", r"reviewed (?:the )?(?:progress|implementation|performance)",
                                  r"meeting to review", r"reviewed\b.{0,120}\bmeeting", r"(?:holds|held) (?:a )?review", r"progress review", r"chaired a review"),
        "meeting_minutes": (r"minutes of", r"\bminutes\b", r"apologies for absence", r"declarations? of interest",
                            r"matters arising"),
        "committee_actions_item": (r"committee actions?", r"action (?:items?|log|points?|tracker)", r"actions? arising",
                                   r"agenda item", r"item (?:no\.? ?)?\d+\s*[:.-]"),
        "response_to_petition": (r"(?:response|reply|replies|responds?|responded|answers?) to (?:the )?(?:\w+\s){0,4}(?:petitions?|"
                                 r"voters?|recommendations? of voters|complaints?|questions? of)", r"petition(?:s|ers?)?\b",
                                 r"opinions? and (?:petitions|recommendations) of voters"),
        "official_letter_report": (r"official (?:dispatch|letter|telegram|document)", r"dispatch no", r"letter no",
                                   r"issued a (?:document|letter|dispatch|circular)", r"urgent (?:dispatch|telegram)",
                                   r"sent a (?:document|letter|dispatch)", r"circular"),
        "plan_announcement": (r"(?:issued?|issues|announced?|promulgated|published|launched|approved|has)\s+(?:\w+\s){0,4}"
                              r"(?:plan|programme|program|project)\b", r"plan no", r"(?:action|work) plan (?:for|to|on)"),
        "decision_announcement": (r"(?:announc|present|hand|publici)\w* .{0,40}decisions?", r"decision no", r"issued? .{0,20}decision",
                                  r"signed .{0,20}decision", r"decision (?:on|to)\b"),
        "conference_report": (r"\bconference\b", r"\bcongress\b"),
        "meeting_report": (r"\bmeeting\b", r"\bsession\b", r"\bmet\b"),
    },
    prepositions={
        "before": (r"before", r"prior to", r"ahead of", r"earlier than"),
        "by": (r"by", r"no later than", r"not later than", r"at the latest by", r"until", r"till", r"up to", r"on or before",
               r"due(?: on| by)?", r"deadline(?: is| of| for \w+ is)?:?", r"by the end of", r"by end of", r"to be completed (?:on|in)",
               r"latest by", r"due date:?"),
        "from": (r"from", r"starting(?: from| on| in)?", r"beginning(?: on| in)?", r"as of", r"effective(?: from)?", r"with effect from",
                 r"since", r"commencing(?: on)?"),
        "end": (r"the end of", r"end of", r"end", r"late"),
        "in": (r"in", r"during", r"within", r"for", r"throughout", r"in the year", r"for the year", r"of", r"over"),
        "after": (r"after", r"following"),
    },
    between=r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?|the (?:date of|end of)|the|about|around|close of business(?: on)?|\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|hours|o'clock)?(?: on)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)?|noon(?: on)?|midnight(?: on)?)",
    routine=(r"consent agenda", r"(?:apologies|agenda)\b.{0,80}(?:approved|accepted|received|signed|adopted|confirmed)", r"(?:approv|accept|sign|adopt|confirm)\w+ (?:the )?(?:agenda|apologies)",
             r"(?:meeting|session) (?:was |being )?(?:closed|adjourned|ended)", r"no further business"),
    weekdays={"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6},
    entrusting=frozenset({"assign", "task", "entrust", "instruct", "request", "ask", "direct", "charge"}),
    voting=frozenset({"voted", "vote"}),
    cells_unknown=(r"tb[acd]", r"to be (?:confirmed|agreed|decided|announced)", r"n/?a", r"not (?:known|assigned)",),
    cells_settled=(r"closed", r"done", r"completed?", r"settled", r"finished", r"cancelled",),
    columns={"task": (r"actions?\b|tasks?\b|activit|work\b|description|contents?\b|what\b",), "with": (r"support|with\b|coordinat|partner",), "lead": (r"who\b|lead|owner|responsib|assigned|unit|department|officer|action by|by whom",), "due": (r"by when|when\b|due|deadline|date|target|timeline|completion|time",)},
    interposed=frozenset({"also", "then", "further", "again", "jointly", "therefore"}),
    units_of_time={"hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y"},
    date_patterns=(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>{_MONTH})(?:,?\s+(?:of\s+)?(?P<y>\d{{4}}))?",
        rf"(?P<mon>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y>\d{{4}}))?",
        rf"(?P<mon>{_MONTH})(?:\s+of)?,?\s+(?P<y>\d{{4}})",
        rf"(?<=the end of )(?P<mon>{_MONTH})\b(?!\s+\d)",
    ),
    quarter_patterns=(
        r"(?P<first>first|1st)?(?P<second>second|2nd)?(?P<third>third|3rd)?(?P<fourth>fourth|4th|last|final)?\s?quarter"
        r"(?:\s+(?:of\s+)?(?:the year\s+)?(?P<y>\d{4}))?",
        r"(?:(?P<first>march)|(?P<second>june)|(?P<third>september)|(?P<fourth>december))\s*quarter(?:\s+(?:of\s+)?(?P<y>\d{4}))?",
        r"\bq(?P<q>[1-4])(?:\s*[/-]?\s*(?P<y>\d{4}))?\b",
    ),
    half_patterns=(
        r"(?P<h1>first)(?:\s+half|\s+(?:six|6) months)(?:\s+of(?:\s+the year)?)?\s+(?P<y>\d{4})",
        r"(?P<h2>second|last|final)(?:\s+half|\s+(?:six|6) months)(?:\s+of(?:\s+the year)?)?\s+(?P<y>\d{4})",
    ),
    durations=(r"(?:within|in|no later than|not more than|over)\s+(?:the (?:next|following|coming)\s+|a\s+|a period of\s+)?"
               r"(?P<n>\d{1,3}|[a-z-]{3,12})\s+(?:\(\d+\)\s+)?(?:working |business |calendar )?(?P<u>days?|weeks?|months?|"
               r"years?|hours?)(?: from| of| after)?",
               r"(?P<n>\d{1,3}|[a-z-]{3,12})\s+(?:working |business |calendar )?(?P<u>days?|weeks?|months?|hours?) (?:from|after|of receipt|before)"),
    durations_of_one=(r"within (?:a|the) (?P<u>day|week|month|year)\b",),
    recurring=(r"(?:before|after|at|during|on|for|following|prior to|ahead of|in) (?:each|every) (?!other\b|of\b|case\b|respect\b|sector|unit|department|district|commune|locality|person|individual|field)\w+", r"every (?:other|second|third|\w+ few) (?:day|week|month|quarter|year)", r"(?:^|[\s,])(?:annually|monthly|quarterly|weekly|fortnightly|twice yearly|yearly)$", r"(?:twice|once|three times) (?:a|per|each|every) (?:day|week|month|quarter|term|year)",
               r"(?:every|each) (?:day|week|month|quarter|year|(?:six|three|two|four|\d+) (?:months|weeks|days)|fortnight|(?:mon|tues|wednes|thurs|fri)day|"
               r"meeting|session|(?:\w+ ){0,2}(?:meetings?|sessions?|sittings?|mornings?|evenings?|nights?|seasons?|terms?|festivals?|exams?|examinations?|events?|assembl(?:y|ies)))", r"on a (?:daily|weekly|monthly|quarterly|yearly|annual|regular|fortnightly) basis",
               r"(?:report|update|submit|meet|review|inspect|check|monitor)\w*\s+(?:\w+\s+){0,4}(?:daily|weekly|monthly|quarterly|annually|fortnightly)",
               r"(?:daily|weekly|monthly|quarterly|annually) (?:report|submit|update|review|inspect|check|monitor)\b",
               r"once (?:a|every) (?:week|month|quarter|year)", r"at each (?:meeting|session)",
               r"(?:daily|weekly|monthly|quarterly|annual|fortnightly|regular|periodic) (?:\w+ )?(?:reports?|updates?|returns?|statements?|briefings?|summar\w+|reviews?)\b"),
    asap=(r"\basap\b", r"as soon as (?:possible|practicable|may be)", r"(?:as soon|as early|as quickly|as promptly) as (?:is )?(?:possible|practicable|practical|feasible|may be|they can|it can|circumstances permit)", r"at the earliest practicable", r"in the shortest (?:possible )?time", r"promptly and without delay", r"at once", r"straight ?away", r"with immediate effect", r"as a matter of urgency", r"urgently", r"at the soonest", r"at the earliest(?: opportunity| possible)?", r"immediately", r"without delay", r"forthwith",
          r"as early as possible", r"as quickly as possible", r"right away"),
    relative=(r"(?:after|upon|on|following|pending) (?:the |an? )?(?:\w+ ){0,2}(?:reply|approval|response|decision|consent|clearance|receipt|sanction)\b(?! of the (?:last|previous))", r"(?:before|until|once|by the time|as soon as) (?:the |its |their |each |a )?(?:[\w-]+ ){1,3}(?:re-?opens?|opens?|begins?|starts?|ends(?! of)|closes?|resumes?|arrives?|expires?|sets in|meets)\b", r"(?:before|prior to|ahead of|until|by) (?:the |its |their |each |any )?(?:start|beginning|opening|close|closure|onset|launch|return|arrival|resumption|end) of (?:the )?(?!business|day|year|month|week|quarter|play|\d|january|february|march|april|may|june|july|august|september|october|november|december)\w+",
              r"(?:before|prior to|ahead of|in time for|until) (?:the |its |their )?(?:[\w/]+[ -]){0,3}(?:rains?|season|winter|summer|spring|autumn|closure|holidays?|vacation|harvest|exams?|examinations?|budget|audit|visit|ceremony|festival|fair|inspection|hearing|referendum|inauguration|handover|term|relocation|move|christmas|easter|ramadan|eid|diwali)\b",
              r"(?:to|at|for|in time for|before) the (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter) (?:meeting|session|council|committee|cycle|board)",
              r"(?:before|by|prior to|ahead of|until|at|in time for) (?:the |its |their )?(?:\w+\s+){0,5}(?:next|following|"
              r"upcoming|coming) (?:\w+\s+){0,3}(?:meeting|session|congress|conference|council|committee|election|term|year|season|month|week)",
              r"(?:before|prior to|ahead of|after|following|immediately after|right after|by the time of|upon|on) (?:the |its |their )?"
              r"(?:\w+\s+){0,5}(?:congress|election|meeting|session|conference|tet|new year|rainy season|monsoon|approval|"
              r"completion|holiday|festival|opening|merger|summer recess|receipt)\b"),
    just=(r"(?:has|have) just (?:\w+ly )?(?:held|met|concluded|ended|opened|organi[sz]ed|convened|closed)", r"just (?:held|concluded|ended)"),
    today=(r"this (?:morning|afternoon|evening)", r"today", r"yesterday", r"on the (?:morning|afternoon|evening) of"),
    period_names=(r"term", r"tenure", r"congress", r"resolution", r"plan", r"programme", r"program", r"strategy", r"legislature",
                  r"mandate", r"project", r"academic year", r"school year"),
    citation=(r"(?:resolution|directive|decision|plan|conclusion|decree|circular|law|act|dispatch|document|notice|regulation|"
              r"letter|order|ordinance)s?\s+(?:no|number|\d)[^,;]{0,60}", r"dated\s+[^,;]{0,30}\d{4}"),
    task_year=(r"tasks?\s+(?:\w+\s+){0,3}(?:for|in|of)\s+(?P<y>20\d\d)", r"plan\s+(?:\w+\s+){0,2}(?:for|of)\s+(?P<y>20\d\d)",
               r"directions?\s+(?:\w+\s+){0,3}for\s+(?P<y>20\d\d)", r"(?P<y>20\d\d)\s+(?:key\s+)?(?:tasks?|work plan|plan)"),
    result_year=(r"results?\s+(?:\w+\s+){0,4}(?:in|of|for)\s+(?P<y>20\d\d)", r"summari\w+\s+(?:\w+\s+){0,4}(?P<y>20\d\d)",
                 r"review\w*\s+(?:\w+\s+){0,4}(?P<y>20\d\d)", r"(?:in|during)\s+(?P<y>20\d\d),"),
    item_marks=(r"first(?:ly)?,", r"second(?:ly)?,", r"third(?:ly)?,", r"fourth(?:ly)?,", r"fifth(?:ly)?,", r"sixth(?:ly)?,",
                r"finally,", r"next,"),
    totals=(r"(?P<n>\S+)\s+(?:(?:groups? of|main|key|central|major|priority|important|specific|focal|breakthrough|"
            r"basic|following|of the|of|and|top)\s+){0,4}(?:tasks?|solutions?|actions?|recommendations?|priorities|measures|"
            r"contents|requirements|instructions|action items|action points)\b",),
    late_words=(r"before", r"by", r"until", r"no later than", r"from", r"since", r"dated"),
    heads={
        "results": (r"(?:results?|achievements?|progress|performance)\s*:?$", r"\d*\.?\s*matters arising"),
        "limits": (r"(?:limitations|shortcomings|difficulties)\s*:?$",),
        "plan": (r"(?:tasks?|directions?|plan|next steps|key tasks|work plan|orientations?)\b[^.]{0,50}:?$",),
        "decisions": (r"(?:(?:the )?(?:council|committee|board|cabinet|executive|commission)(?:'s)? )?(?:resolved|decision|decisions|resolution|recommended|agreed|action|actions|recommendations?)\b[^.]{0,40}:?$",),
        "people": (r"(?:present|apologies|attendance|in attendance|attendees|absent)\b.{0,300}",),
        "action": (r"(?:action|resolved|agreed|recommended|decision)\s*(?:by)?\s*:",),
    },
)  # fmt: skip
