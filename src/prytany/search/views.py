"""Finding one thing."""

import datetime

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from prytany.core import dates
from prytany.core.web import Request
from prytany.search import finding, kinds
from prytany.search.services import drop_search, save_search, saved_searches
from prytany.search.words import looks_like_number

LONGEST = 200


@require_GET
@vary_on_headers("HX-Request")
def find(request: Request) -> HttpResponse:
    """Show what is found, by kind; a number such as 118-TB leads straight to its paper (not with `all=1`)."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    is_number = looks_like_number(text)
    if is_number and not request.htmx and not request.GET.get("all"):
        card = finding.jump(request.scope, text)
        if card is not None:
            return redirect(card.url)
    kind = request.GET.get("kind", "")
    results = finding.find(
        request.scope,
        text,
        kind=kind,
        since=_day(request.GET.get("since", "")),
        until=_day(request.GET.get("until", "")),
        after=request.GET.get("after") or None,
    )
    context = {
        "find_text": text,
        "text": text,
        "kind": kind,
        "results": results,
        "numbered": finding.numbered(request.scope, text) if is_number and not request.GET.get("after") else [],
        "saved": saved_searches(request.scope),
    }
    return render(request, "search/_hits.html" if request.htmx else "search/find.html", context)


def _day(text: str) -> datetime.date | None:
    try:
        return dates.read(text, prefer="past").date if text.strip() else None
    except dates.ValidationError:
        return None


@require_GET
def suggest(request: Request) -> JsonResponse:
    """Offer hits and places for what is typed so far: `value` is the address that choosing one leads to."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    places = [place for offer in kinds.suggesters() for place in offer(request.scope, text)] if len(text) > 1 else []
    numbered = finding.numbered(request.scope, text, limit=5)
    seen = {(hit.kind.code, hit.target_id) for hit in numbered}
    hits = [hit for hit in finding.suggest(request.scope, text) if (hit.kind.code, hit.target_id) not in seen]
    offered = [_offer(hit) for hit in [*numbered, *hits]]
    offered += [{"value": place.url, "label": place.label, "note": place.note} for place in places[:5]]
    return JsonResponse({"results": offered})


def _offer(hit: finding.Hit) -> dict[str, str]:
    """Return a hit as a line of the list; the number keeps its direction inside a right-to-left sentence."""
    lead = f"\u2066{hit.card.lead}\u2069 " if hit.card.lead else ""
    return {"value": hit.card.url, "label": f"{lead}{hit.card.title[:120]}", "note": str(hit.kind.label)}


@require_POST
def save(request: Request) -> HttpResponse:
    """Keep a search."""
    text = request.POST.get("q", "")
    save_search(scope=request.scope, text=text)
    messages.success(request, _("The search is saved."))
    return redirect(_address(text))


@require_POST
def drop(request: Request) -> HttpResponse:
    """Forget a saved search."""
    drop_search(scope=request.scope, text=request.POST.get("saved", ""))
    text = request.POST.get("q", "")
    return redirect(_address(text) if text else reverse("search:find"))


def _address(text: str) -> str:
    return f"{reverse('search:find')}?{urlencode({'q': text, 'all': '1'})}"
