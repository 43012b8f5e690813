"""The first page of letters, orders and notes of offices that write French."""

from prytany.intake.reading.page_words import PageWords

PAGE = PageWords(
    titles=(r"république [^,.:]{3,40}$", r"royaume d[^,.:]{3,30}$",
            r"(?:liberté|unité|paix|travail|union|honneur|un peuple)\s*[-–]\s*[^-]{3,20}(?:\s*[-–]\s*[^-]{3,20})?"),
    small="de du des la le les et l d en à au aux pour",
    numbers=(r"n\s?[°º]\s*:?", r"(?:nos |v/|n/)?r[ée]f(?:[ée]rences?)?\.?\s*:?", r"num[ée]ro\s*:?"),
    dated=(),
    date_labels=(r"le", r"du", r"date\s*:?", r"en date du"),
    done_at=(r"fait (?:à|a)\b",),
    kinds={
        "decision": "décision", "order": "arrêté, ordonnance, ordre de service", "circular": "circulaire, lettre circulaire",
        "notice": "avis, note de service, note d'information, communication, notification", "resolution": "délibération, résolution",
        "directive": "directive", "report": "rapport", "plan": "plan, plan d'action", "minutes": "procès-verbal, compte rendu, compte-rendu",
        "memorandum": "note, mémorandum", "invitation": "convocation, invitation", "guidance": "instruction", "regulation": "règlement",
        "programme": "programme", "communique": "communiqué", "dispatch_slip": "bordereau d'envoi, bordereau de transmission",
    },
    subjects=(r"objet\s*:",),
    about=(r"(?:portant|relati(?:f|ve) (?:à|au|aux)|concernant|fixant(?= ))\s*",),
    sent_to=(r"[aà]\s*$", r"[aà] (?:mesdames|messieurs|monsieur|madame|l'attention)", r"destinataires?\s*:"),
    text_begins=(r"vu ", r"considérant", r"monsieur|madame|mesdames|messieurs", r"j'ai l'honneur", r"article", r"sur (?:la )?proposition",
                 r"l[ea] .{3,40},$", r"décide|arrête", r"\d+\s*[.)]"),
    urgency={"express": "extrême urgent", "very_urgent": "très urgent", "urgent": "urgent"},
    levels={"20": "très secret, secret défense", "10": "secret, confidentiel défense"},
    circulation={"internal_circulation": "diffusion interne, usage interne"},
    authority=(r"(?P<a>pour|par ordre(?: de| du)?|par délégation(?: de| du)?|p\.o\.|p/)\s*(?=\w)",),
    recipients=(r"(?:ampliations?|destinataires?|copies?(?: à| pour information)?|diffusion)\s*:",),
)  # fmt: skip
