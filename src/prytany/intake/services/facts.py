"""Taking facts that were read in a text over into the paper."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction

from prytany.core.scope import Scope, authorise
from prytany.documents.models import Document, DocumentText
from prytany.documents.services.correcting import correct_document
from prytany.documents.services.facts import facts_of
from prytany.intake import policies
from prytany.intake.models import Decision, Fate
from prytany.intake.offers import FACT, Offer
from prytany.organisation.models import Unit


@transaction.atomic
def settle(
    *, scope: Scope, document: Document, offers: Iterable[Offer], taken: bool, text: DocumentText | None = None
) -> Document:
    """Write offered facts into the paper (`taken`) or leave them; either way they are offered no more.

    A language that is taken goes to the text it was read in too. Errors as `correcting.correct_document`.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_settle, scope, document)
    offers = list(offers)
    if taken:
        values: dict[str, Any] = {name: value for offer in offers for name, value in offer.values.items()}
        if "issuer" in values:
            values["issuer"] = Unit.objects.get(pk=values["issuer"].pk)
        facts = replace(facts_of(document), **values)
        document = correct_document(scope=scope, document=document, version=document.version, facts=facts)
        if text is not None and values.get("language", text.language) != text.language:
            DocumentText.objects.filter(pk=text.pk).update(language=values["language"])
    for offer in offers:
        kept = {
            "outcome": Decision.Outcome.TAKEN if taken else Decision.Outcome.SKIPPED,
            "language": text.language if text else "",
            "proposed": {"words": offer.words},
            "fact": Fate.KEPT if taken else Fate.SKIPPED,
            "decided_by_id": scope.person_id,
        }
        Decision.objects.update_or_create(document=document, subject=f"{FACT}{offer.name}", digest="", defaults=kept)
    return document
