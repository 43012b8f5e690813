"""Requests and answers in English."""

from prytany.intake.reading.exchange_words import ExchangeWords

EXCHANGE = ExchangeWords(
    asks=(r"(?:has |have |had )?(?:also )?(?:requested|asked|proposed|suggested|petitioned|applied|sought|recommended|urged|pressed)\b",
          r"(?:also )?(?:requests|asks|proposes|seeks|suggests|recommends)\b", r"(?:called|wrote to ask|put in) for\b",
          r"(?:would like|wished|wishes) (?:to|the)\b"),
    nouns=(r"(?:an? |the |this |that |their |his |her |its |another |a further )?(?:requests?|applications?|pleas?|proposals?|petitions?|bids?|suggestions?|appeals?)\b",),
    answers={
        "partly approved": (r"approved in part|partly (?:approved|agreed|accepted)|in part\b|with amendments",),
        "refused": (r"refus\w+|reject\w+|turned down|declin\w+|denied|dismissed|not (?:be )?(?:approved|agreed|accepted|acceptable|supported|granted|persuaded|possible|upheld|entertained)"
                    r"|cannot be|could not (?:be |agree|support)|unable to|voted against|voted down|(?:was|were) (?:lost|defeated)|ruled out|did not (?:agree|approve|accept|support)",),
        "deferred": (r"deferr\w+|postpon\w+|adjourned|put off|held over|left on the table|laid on the table|will wait|await\w*|(?:be |was |were )?considered (?:with|at|in|when|for|by)\b.{0,40}\b(?:next|budget|year|meeting|later)"
                     r"|(?:come|brought) back (?:to|at|in)\b|until (?:after|the next)|revisit\w*|for (?:the )?(?:next|a later) meeting|under consideration",),
        "returned": (r"returned (?:for|to)|sent back|referred back|remitted",),
        "closed": (r"no further action|take no action|closed|withdrawn|received and filed",),
        "assigned": (r"referr\w+|passed (?:it |this |the \w+ )?to\b|forwarded|remit(?:ted)? to|(?:was|were|is|are) (?:asked|assigned|instructed|requested|tasked) to|handed to|assigned",),
        "approved": (r"(?:was|were|is|are|be|been|which was|unanimously|and) (?:\w+ly )?(?:agreed|approved|accepted|granted|supported|allowed|permitted|endorsed|carried|adopted)|(?:agreed|approved|accepted|granted|endorsed|allowed|consented|adopted|gave|authorised|authorized)\b"
                     r"|resolved:? (?:that |to )?(?:award|grant|agree|approve|give|allow|accept|support)|to agree\b|to approve\b|may (?:use|have|go|proceed|be)\b|as (?:it|they) had asked",),
    },
    only=(r"only\b|no more than|limited to|instead of|rather than|provided that|on condition|half\b",),
    sections=(r"requests?\b|petitions\b|public (?:session|question|participation)|grant applications|applications\b|proposals? (?:from|of|by)|recommendations (?:from|of|by)"
              r"|questions from|correspondence",),
    about=(r"(?:regarding|concerning|with regard to|as (?:for|to|regards)|on the (?:recommendations?|proposals?|requests?|matter)|with respect to|in response to|in reply to)\b",),
    chairs=(r"\b(?:chair(?:man|woman|person)?|mayor|council|committee|conference|meeting|governor|minister|president|secretary of the|collector|commissioner|leader|speaker|board|cabinet)s?\W*(?:also |then |further )?$",),
    turns=(r"\bwhich\b", r"\bbut\b", r"\bhowever\b", r"\band (?:the|this|it)\b", r"\bwas\b", r"\bwere\b", r"\bis\b", r"\bwill\b"),
    columns={"request": (r"requests?|proposals?|applications?|asked for|suggestions?|recommendations? of",), "decision": (r"decisions?|outcome|opinion|response|repl(?:y|ies)|result|determination|view of",)},
)  # fmt: skip
