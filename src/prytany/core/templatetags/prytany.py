"""Tags and filters that every template has without loading them."""

import datetime
import secrets
import unicodedata
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template import defaultfilters, defaulttags
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import add_truncation_text

from prytany.core import clock, timing, wording
from prytany.core import marks as core_marks
from prytany.core import undo as core_undo
from prytany.core.addresses import address

register = template.Library()

day = register.filter("day", wording.day)
weekday = register.filter("weekday", wording.weekday)
day_short = register.filter("day_short", wording.day_short)
moment = register.filter("moment", wording.moment)
instant = register.filter("instant", wording.instant)
file_size = register.filter("file_size", wording.size)


@register.filter(name="count")
def count_filter(value: Any) -> str:
    """Write a number grouped, with the locale's digits; "" for None."""
    if value is None or value == "":
        return ""
    return wording.count(value) if isinstance(value, int | float) else str(value)


@register.filter
def month(value: datetime.date) -> str:
    """Write a month: 11/2026."""
    return wording.due(value, "month")


@register.filter(name="get")
def get_filter(mapping: Any, key: Any) -> Any:
    """Return what stands under `key` in a mapping; None without."""
    return mapping.get(key) if mapping else None


@register.filter
def percent(value: float | None) -> str:
    """Write a percentage with one decimal, in the locale's digits; Arabic and Urdu write the word."""
    return "" if value is None else wording.percent(value)


@register.filter
def due_date(row: Any) -> str:
    """Write the due date of a row to its precision: 22/12/2026, 12/2026, Q4/2026."""
    return wording.due(row.due_on, row.due_precision)


@register.filter(is_safe=True)
@defaultfilters.stringfilter
def truncatechars(value: str, length: int) -> str:
    """Cut a text as Django's filter of this name does, at a tenth of the cost where it holds no combining marks."""
    if len(value) <= length:
        return value
    start = value[:length]
    if start.isascii() or not any(map(unicodedata.combining, value[: length + 1])):
        return add_truncation_text(start[:-1])
    return str(defaultfilters.truncatechars(value, length))


@register.filter
def ltr(value: Any) -> SafeString:
    """Set a symbol or number in a left-to-right isolate."""
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', value) if value not in (None, "") else SafeString("")


@register.filter
def people(value: Any) -> SafeString:
    """Set people's text in an isolate of its own direction."""
    return format_html('<bdi dir="auto">{}</bdi>', value) if value not in (None, "") else SafeString("")


@register.simple_tag
def icon(name: str, *, flip: bool = False, label: Any = "", size: str = "") -> SafeString:
    """Show a Bootstrap icon of the sprite; `flip` mirrors it right to left, `label` names it for readers."""
    if not label:
        return _plain_icon(name, flip, size)
    return format_html(
        '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
        _icon_classes(flip, size),
        label,
        _icon_address(name),
    )


def _icon_address(name: str) -> str:
    return f"{static('build/icons.svg')}#{name}"


def _icon_classes(flip: bool, size: str) -> str:
    return " ".join(filter(None, ("ic", size, "flip" if flip else "")))


# A list shows the same few icons, states and times again and again; each is put together once in a process. What is
# kept depends on nothing but its arguments, the language among them.
@lru_cache(maxsize=1024)
def _plain_icon(name: str, flip: bool, size: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>',
        _icon_classes(flip, size),
        _icon_address(name),
    )


def _mark(mark: core_marks.Mark, style: str) -> SafeString:
    return format_html('<span class="{}">{} {}</span>', style, icon(mark.icon, flip=mark.flip), mark.word)


@register.simple_tag
def state(code: str, kind: str = "") -> SafeString:
    """Show the state of an obligation, or with kind="task" of a task, as icon and word."""
    return _state(str(code), kind, translation.get_language())


@lru_cache(maxsize=256)
def _state(code: str, kind: str, _language: str | None) -> SafeString:
    mark = core_marks.TASK_ISSUED if kind == "task" and code == "issued" else core_marks.STATES[code]
    return _mark(mark, "st")


@register.simple_tag(takes_context=True)
def due(context: template.Context, row: Any, *, full: bool = False, today: datetime.date | None = None) -> SafeString:
    """Show the time cell of an obligation: icon, word, date. `full` is for a heading, not for a list.

    `today` defaults to the context's `as_of`, so that a page as of a past date needs no argument.
    """
    present = clock.today()
    on = today or context.get("as_of") or present
    standing = timing.standing_of(row, today=on, soon_days=context.get("due_soon_days"))
    return _due(standing, row.due_on, str(row.due_precision), full, present, translation.get_language())


@lru_cache(maxsize=4096)
def _due(
    standing: timing.Standing,
    due_on: datetime.date | None,
    precision: str,
    full: bool,
    _today: datetime.date,
    _language: str | None,
) -> SafeString:
    date = wording.due(due_on, precision)
    parts = []
    if standing.kind:
        words = standing.words(full=full)
        if standing.awaiting and full:
            words = timing.awaiting(words)
        elif standing.awaiting:
            words = format_html('{} <span class="visually-hidden">{}</span>', words, timing.awaiting())
        parts.append(format_html('<span class="tm {}">{} {}</span>', standing.style, icon(standing.icon), words))
    if date and due_on:
        parts.append(format_html('<time datetime="{}">{}</time>', due_on.isoformat(), date))
    return format_html(
        '<span class="{}">{}</span>', "due-line" if full else "due", format_html_join(" ", "{}", ((p,) for p in parts))
    )


@register.simple_tag
def time_class(kind: str, word: Any = "") -> SafeString:
    """Show a class of timeliness, as above a count: icon, word, colour."""
    return format_html(
        '<span class="tm {}">{} {}</span>',
        timing.LOOKS[kind].style,
        icon(timing.LOOKS[kind].icon),
        word or timing.class_words(kind),
    )


@register.simple_tag
def marks(row: Any) -> SafeString:
    """Show the marks of an obligation: blocked, extended; nothing where there are none."""
    blocked, times = bool(getattr(row, "is_blocked", False)), getattr(row, "extended_times", 0)
    return _marks(blocked, times, translation.get_language()) if blocked or times else SafeString("")


@lru_cache(maxsize=256)
def _marks(blocked: bool, times: int, _language: str | None) -> SafeString:
    found = [core_marks.BLOCKED] if blocked else []
    if times:
        found.append(core_marks.extended(times))
    inner = format_html_join(" ", "{}", ((_mark(mark, "mk"),) for mark in found))
    return format_html('<span class="mks">{}</span>', inner)


@register.simple_tag
def of(part: int, whole: int) -> SafeString:
    """Show a count with its denominator, isolated: 3 / 24."""
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', wording.of(part, whole))


class AddressNode(defaulttags.URLNode):
    """Django's `{% url %}`, at once where a page has no argument or is found by one uid."""

    def render(self, context: template.Context) -> str:
        if self.kwargs or self.asvar or len(self.args) > 1:
            return str(super().render(context))
        return str(address(self.view_name.resolve(context), *[arg.resolve(context) for arg in self.args]))


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> AddressNode:
    """`{% url "app:page" row.uid %}`, as Django's."""
    node = defaulttags.url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag(takes_context=True)
def drawn_once(context: template.Context, name: str) -> SafeString:
    """Include a template that stands twice on a page (for wide screens and for phones), and render it once."""
    drawn: dict[str, SafeString] = context["frame"].drawn
    if name not in drawn:
        drawn[name] = context.template.engine.get_template(name).render(context)  # type: ignore[union-attr]
    return drawn[name]


@register.simple_tag
def url_if(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page, or "" where the app that has it is not installed."""
    try:
        return reverse(name, args=args, kwargs=kwargs) if kwargs else address(name, *args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def qr(address: str) -> SafeString:
    """Show the QR code of an address of ours, for slips: `{% url … as address %}{% qr address %}`."""
    import segno  # noqa: PLC0415 - only slips need it

    whole = f"{settings.BASE_URL}{address}"
    code = segno.make(whole, micro=False, error="m")
    drawn = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    return format_html('<span class="qr" role="img" aria-label="{}">{}</span>', whole, SafeString(drawn))


@register.simple_tag
def form_token() -> SafeString:
    """Show the token by which a form sent twice counts once, for forms written out in a template."""
    return format_html('<input type="hidden" name="form_token" value="{}">', secrets.token_urlsafe(18))


@register.inclusion_tag("core/_form.html")
def form(form: BaseForm) -> dict[str, Any]:
    """Show a form's error summary, hidden fields and all visible fields."""
    return {"form": form}


@register.inclusion_tag("core/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show one field: label, control, help, errors."""
    return {"field": bound}


@register.inclusion_tag("core/_errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """Show the summary of a form's errors, for forms that lay out their fields themselves."""
    return {"form": form}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return this page's query with some parameters changed (None or "" removes one), keeping the others."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = value
    return f"?{params.urlencode()}"


@register.inclusion_tag("core/_undo.html", takes_context=True)
def undo_form(context: template.Context, message: Any) -> dict[str, Any]:
    """Show the undo button of a message that carries one."""
    return {
        "undo": core_undo.read(message.extra_tags or ""),
        "seconds": core_undo.SHOWN_SECONDS,
        "csrf_token": context.get("csrf_token"),
    }


class WrappedNode(template.Node):
    """Renders its content inside another template, or nothing where the content is empty."""

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> SafeString:
        content = SafeString(self.nodelist.render(context).strip())
        if not content:
            return content
        wrapper = context.template.engine.get_template(self.name)  # type: ignore[union-attr]
        with context.push(content=content):
            return wrapper.render(context)


@register.tag
def wrapped(parser: template.base.Parser, token: template.base.Token) -> WrappedNode:
    """`{% wrapped "core/_meta.html" %}…{% endwrapped %}`: the content as `content` of a template; nothing if empty."""
    name = token.split_contents()[1].strip("\"'")
    nodelist = parser.parse(("endwrapped",))
    parser.delete_first_token()
    return WrappedNode(nodelist, name)
