"""Requests and answers in English."""

from prytany.intake.reading.exchange_words import ExchangeWords

EXCHANGE = ExchangeWords(
    asks=(r"(?:has |have |had )?(?:also )?(?:requested|asked|proposed|suggested|petitioned|applied|appealed|prayed|sought(?! by\b)(?!\W*$)|recommended|urged|pressed)\b(?! (?:why|how|what|when|who|which)\b)",
          r"(?:also )?(?:requests|asks|proposes|seeks|suggests|recommends)\b", r"(?:also )?(?:called|wrote to ask|put in) for\b",
          r"(?:would like|wanted|wished|wishes) (?:to|the|an?|its?)\b"),
    nouns=(r"(?:an? |the |this |that |their |his |her |its |another |a further )?(?:requests?|applications?|pleas?|proposals?|petitions?|bids?|suggestions?|appeals?)\b",),
    answers={
        "partly approved": (r"approved in part|partly (?:approved|agreed|accepted)|in part\b|with amendments|\b(?:approved|agreed|granted|accepted|allowed)\b[^.;]{0,60}[;,](?: but| and| while)? [^.;]{2,60}\b(?:was|were|is|are|has|have) not\b(?: been)?\W*$|\bhalf\b[^.]{0,60}(?:approved|agreed|granted|accepted)",),
        "refused": (r"refus\w+|reject\w+|turned down|declin\w+|denied|dismissed|not (?:be )?(?:approved|agreed|accepted|acceptable|supported|granted|persuaded|possible|upheld|entertained)"
                    r"|cannot be|could not (?:be |agree|support)|unable to|voted against|voted down|(?:was|were) (?:lost|defeated)|ruled out|lapsed|has no (?:basis|grounds|merit)|no (?:basis|grounds) for|without (?:basis|foundation)|(?:did|does|do|will|would|could) not (?:agree|approve|accept|support)",),
        "deferred": (r"decision (?:will|would|is to|can) (?:only )?be (?:taken|made|reached) |deferr\w+|shelv\w+|tabled (?:until|for|to)|postpon\w+|adjourned|put off|held over|kept (?:pending|in abeyance|over)|left pending|left on the table|laid on the table|will wait|await\w*|(?:be |was |were )?considered (?:with|at|in|when|for|by)\b.{0,40}\b(?:next|budget|year|meeting|later)"
                     r"|(?:come|brought) back (?:to|at|in)\b|until (?:after|the next)|revisit\w*|for (?:the )?(?:next|a later) meeting|under consideration|(?:not|n't) (?:yet )?(?:be )?(?:\w+ ){1,4}(?:in|during|before|until) (?:20\d\d|this (?:year|term|season|budget))",),
        "returned": (r"returned (?:for|to|the (?:letter|request|application|petition|file|papers|form)|it|them|with)|sent (?:it |them |the \w+ )?back|referred back|remitted",),
        "closed": (r"no further action|take no action|closed|withdr(?:ew|awn)|(?:has|have|had|was|were|is) (?:already |since |now |fully )*(?:been )?(?:resolved|settled|dealt with|remedied|fixed)|already (?:done|in place|resolved|under way|built|completed)|withdrawn|received and filed",),
        "assigned": (r"referr\w+|(?:be |been |was |were )(?:put|placed|laid|brought|taken) (?:before|to) the|passed (?:it |this |the \w+ )?to\b|forwarded|remit(?:ted)? to|(?:was|were|is|are) (?:asked|assigned|instructed|requested|tasked) to|handed to|assigned",),
        "approved": (r"(?:was|were|is|are|be|been|which was|unanimously|and) (?:\w+ly )?(?:agreed|approved|accepted|granted|supported|allowed|permitted|endorsed|carried|adopted)|(?:agreed|approved|accepted|granted|endorsed|allowed|consented|adopted|gave|authorised|authorized)\b"
                     r"|resolved:? (?:that |to )?(?:award|grant|agree|approve|give|allow|accept|support|retain|keep|provide|extend|receive|adopt)|to agree\b|to approve\b|may (?:use|have|go|proceed|be)\b|as (?:it|they) had asked|will be (?:added|included|installed|provided|repaired|built)|(?:has|have|was|were) (?:been )?(?:added|included) (?:to|in)\b|favou?rable",),
        "open": (r"(?:taken|placed) on notice|(?:did|does|has|have|was|were|gave) (?:not|no) (?:respond\w*|repl\w+|answer\w*)|(?:was|were|is) noted\b",),
    },
    only=(r"only\b|no more than|limited to|instead of|rather than|provided that|on condition|half\b",),
    sections=(r"requests?\b|petitions\b|public (?:session|question|participation)|grant applications|applications\b|proposals? (?:from|of|by)|recommendations (?:from|of|by)"
              r"|questions from|correspondence",),
    about=(r"(?:regarding|concerning|with regard to|as (?:for|to|regards)|on the (?:recommendations?|proposals?|requests?|matter)|with respect to|in response to|in reply to)\b",),
    chairs=(r"\b(?:chair(?:man|woman|person)?|mayor|council|committee|conference|meeting|governor|minister|president|secretary of the|collector|commissioner|leader|speaker|board|cabinet)s?\W*(?:also |then |further )?$",),
    turns=(r"\bwhich\b", r"\bbut\b", r"\bhowever\b", r"\band (?:the|this|it)\b", r"\bwas\b", r"\bwere\b", r"\bis\b", r"\bwill\b"),
    labels=(r"(?:requests?|petitions?|proposals?|questions?|suggestions?|applications?|pleas?) (?:no\.? ?|number |#)?\d{1,3} ?[:.)-]",),
    replies=(r"(?:answer|reply|response|decision|outcome|result)s?(?: of the \w+)? ?[:-]",),
    advice=(r"the (?:\w+ )?(?:officers?|staff|administration|planners?|report|advis\w+)(?: report)? (?:had |has |have )?(?:recommend|advis|support|suggest)\w*",),
    askers=(r"(?:ward|neighbou?rhood|residents'?|village|block|parents'?|street|market|tenants'?|youth|traders'?|hamlet)(?: \w+){0,2} (?:committee|council)", r"(?:committee|council) of (?:residents|tenants|parents|traders)"),
    unanswered=(r"no (?:reply|answer|response|decision)(?: \w+){0,3} (?:yet|so far|been (?:given|made|taken|received)|was (?:given|made|taken|received))|(?:reply|answer|response|decision) is (?:still )?(?:awaited|pending|outstanding)|(?:has|have) (?:not (?:yet )?been|yet to be) (?:answered|decided|considered|examined|replied to)|still (?:being (?:considered|examined|compiled)|under (?:study|consideration|examination))",),
    columns={"request": (r"requests?|proposals?|applications?|asked for|suggestions?|recommendations? of",), "decision": (r"decisions?|outcome|opinion|response|repl(?:y|ies)|result|determination|view of",)},
)  # fmt: skip
