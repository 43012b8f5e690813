"""Requests and answers in French."""

from prytany.intake.reading.exchange_words import ExchangeWords

EXCHANGE = ExchangeWords(
    asks=(r"(?:a |ont |avait |avaient )(?:également |aussi |par ailleurs |enfin |ensuite |d'abord |en outre |notamment |encore |de plus )?(?:demandé|proposé|sollicité|souhaité|réclamé|suggéré|recommandé|requis)\b(?! (?:pourquoi|comment|combien|quand|si |ce que|où)\b)",
          r"(?:demande|propose|sollicite|souhaite|réclame|suggère|recommande)(?:nt)?\b(?! (?:pourquoi|comment|combien|quand|où)\b)",
          r"vous (?:également |aussi )?(?:avez |m'avez |nous avez |me |nous )?(?:demand|sollicit|propos|souhait)(?:é|iez|ez)\b"),
    nouns=(r"(?:la|une|cette|leur|sa|votre|les|ces|vos|quant à la|quant à votre) (?:demandes?|propositions?|requêtes?|sollicitations?|doléances?|candidatures?|suggestions?)\b",),
    answers={
        "partly approved": (r"partiellement|en partie|sous réserve|(?:accord|accept|approuv|autoris|retenu)\w*[^.;]{0,60}[;,](?: mais)? [^.;]{2,60}(?:ne l'(?:est|a)|n'(?:est|a)) pas(?: été)?\W*$|mais (?:non|pas) |avec (?:des )?(?:réserves|modifications)",),
        "refused": (r"refus(?:é\w*|e)?\b|rejet(?:é\w*|te)?\b|écart[ée]e?s?\b|défavorable\w*|pas (?:de )?(?:suite favorable|été (?:retenue?s?|acceptée?s?|approuvée?s?|suivie?s?|accordée?s?)|retenue?|acceptée?|possible|donné suite)"
                    r"|ne (?:puis|peut|saurait|pourra) .{0,30}(?:suite|satisf|accept|être|accéd)|décliné\w*|n'a pas (?:approuvé|accepté|suivi)|irrecevable\w*|infondée?s?|sans fondement|n'est pas fondée?",),
        "deferred": (r"(?:décision|avis)(?: \S+){0,4} (?:sera|serait|devra être) (?:prise?|rendue?|donnée?)|report[ée]\w*|ajourn\w+|différ[ée]\w*|à revoir|sursis|surseoir|sera (?:ré)?(?:examinée?|étudiée?|revue?)|en attente|à l'étude|ultérieur\w*|prochaine (?:session|séance|réunion)",),
        "returned": (r"retourné\w*|renvoyé\w* (?:pour|au|à (?:son|ses|leurs?)\b|à l'auteur|aux (?:auteurs|demandeurs|pétitionnaires))|à compléter",),
        "closed": (r"c'est (?:déjà )?(?:fait|réglé|chose faite)|(?:est|a été|ont été|sont) (?:déjà |désormais )?(?:réglée?s?|résolue?s?|réalisée?s?)\b|déjà (?:fait|réalisé|en place)|caduque?s?\b|sans suite|class[ée]e?s?\b|sans objet|clos(?:e|es)?\b|retir[ée]e?s?\b",),
        "assigned": (r"renvo[iy]\w+|transmi\w+|confi[ée]e?s?\b|a saisi|saisit|charg[ée]\w*|charge\b|orient[ée]e?\b",),
        "approved": (r"accept(?:é\w*|e)\b|approuv(?:é\w*|e)\b|accord(?:é\w*|e)?\b|adopt(?:é\w*|e)\b|autoris(?:é\w*|e)\b|valid(?:é\w*|e)\b|donné (?:son |un )?(?:accord|avis favorable|suite)|avis favorable|fait droit|favorable\w*|entériné\w*|retenue?s?\b|satisfaction",),
        "open": (r"(?:pris|prend) (?:bonne )?note|pas (?:répondu|de réponse)|prend acte",),
    },
    only=(r"seulement|uniquement|ne .{0,25} que\b|limit[ée]\w*|à condition|sous condition|au lieu de|moitié",),
    sections=(r"(?:\W*\w+ ?\d*\W+)?(?:demandes|propositions|doléances|requêtes|sollicitations|questions|suggestions)\b",
              r"(?:réponses?|suites?) (?:à|aux) (?:vos|ses|leurs|demandes|propositions)", r"(?:s'agissant|au sujet) de (?:vos|ses) demandes"),
    about=(r"(?:s'agissant|concernant|quant (?:à|aux?)|pour ce qui (?:est|concerne)|en ce qui concerne|au sujet (?:de|du|des)|en réponse (?:à|aux?)|sur (?:la|les) (?:demande|proposition)s?)\b",),
    chairs=(r"\b(?:maire|conseil(?: municipal| communautaire| régional)?|préfet|gouverneur(?: adjoint)?|ministre|bureau|assemblée|comité|présidente?|directeur général|gouvernement|secrétaire(?: adjoint)?(?: du comité \w+)*|chef(?: adjoint)? du comité(?: \w+)*)\W*$",),
    turns=(r"\bmais\b", r"\bqui\b", r"\bce que\b", r"\bcette\b", r"\bet le\b", r"\best\b", r"\ba été\b"),
    labels=(r"(?:demande|doléance|question|requête|proposition|suggestion|pétition)s? (?:n ?[°ºo]? ?|numéro )?\d{1,3} ?[:.)-]",),
    replies=(r"(?:réponse|décision|suite(?: donnée)?|avis|résultat)s?(?: du \w+)? ?[:-]",),
    advice=(r"(?:l'administration|le rapporteur|la rapporteuse|le service \w+|les services|la commission) (?:a |ont |avait )?(?:recommand|propos|préconis|sugg)\w*",),
    askers=(r"(?:comité|conseil)s? (?:de|du|des) (?:quartiers?|village|parents|riverains|habitants|jeunes|hameau)",),
    unanswered=(r"aucune? (?:réponse|suite|décision)(?: \S+){0,3} n'(?:a|est|ont|y a)|sans réponse|(?:réponse|décision)(?: \S+){0,3} n'(?:a|est) (?:pas )?(?:encore )?(?:été |pas )|(?:est|sont|reste|restent) (?:toujours |encore )?(?:à l'étude|en cours d'examen)|pas encore (?:reçu|obtenu|fait l'objet)",),
    columns={"request": (r"demandes?|propositions?|requêtes?|doléances?|objet de la demande",), "decision": (r"décisions?|avis|suites?|réponses?|résultat",)},
)  # fmt: skip
