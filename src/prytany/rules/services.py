"""Setting an office's own figures: dated, with their basis, never changed backwards."""

import datetime
import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Person, Unit
from prytany.rules.definitions import definition_of
from prytany.rules.kinds import BadValue
from prytany.rules.lookup import Rule
from prytany.rules.models import RuleOverride, RuleVersion
from prytany.rules.policies import can_set_rules


@transaction.atomic
def set_rule(
    *,
    scope: Scope,
    unit: Unit,
    key: str,
    value: Any,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
    legal_basis: str,
    note: str = "",
) -> RuleOverride:
    """Give `unit` and all below it a figure of their own from a date; the one in force until then ends that day.

    PermissionDenied unless `scope` may set rules there; DomainError `bad_value`, `bad_range` or `overlap` (a later
    figure stands already). `valid_to` is the first day on which it no longer holds.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    authorise(can_set_rules, scope, unit.pk)
    kind = definition_of(key).kind
    try:
        plain = kind.plain(kind.clean(value))
    except BadValue as error:
        raise DomainError("bad_value", str(error), {"value": str(error)}) from None
    if valid_to is not None and valid_to <= valid_from:
        raise DomainError(
            "bad_range", _("The last day lies before the first."), {"valid_to": _("Before the first day.")}
        )
    own = RuleOverride.objects.filter(unit=unit, key=key)
    for earlier in own.on(valid_from).exclude(valid_from=valid_from):
        earlier.valid_to = valid_from
        earlier.save(update_fields=["valid_to"])
    row = RuleOverride(
        unit=unit,
        key=key,
        value=plain,
        valid_from=valid_from,
        valid_to=valid_to,
        legal_basis=legal_basis,
        note=note,
        set_by=Person.objects.filter(pk=scope.person_id).first(),
    )
    try:
        row.full_clean()
    except ValidationError as error:
        if "overlap" in {problem.code for problem in error.error_dict.get("__all__", ())}:
            text = _("A figure of your own stands for these dates already. End it first.")
            raise DomainError("overlap", text, {"valid_from": text}) from None
        raise
    row.save()
    record(scope, action="rule.set", target=row, data=_data(row))
    return row


@transaction.atomic
def end_rule(*, scope: Scope, override: RuleOverride, on: datetime.date) -> None:
    """Let a figure of an office's own hold no longer from `on`; one that never came into force is taken back.

    PermissionDenied unless `scope` may set rules there; DomainError `ended` where it ends earlier already.
    """
    override = RuleOverride.objects.select_for_update().get(pk=override.pk)
    authorise(can_set_rules, scope, override.unit_id)
    if override.valid_to is not None and override.valid_to <= on:
        raise DomainError("ended", _("This figure has ended already."))
    if on <= override.valid_from:
        record(scope, action="rule.take_back", target=override, data=_data(override))
        override.delete()
        return
    override.valid_to = on
    override.save(update_fields=["valid_to"])
    record(scope, action="rule.end", target=override, data=_data(override))


def keep_version(rule: Rule) -> RuleVersion:
    """Return the kept copy of a figure as it stands, for a record that is made under it; one row for equal figures."""
    content = rule.stamp()
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    kept = RuleVersion.objects.filter(digest=digest).first()
    if kept is None:
        kept, _made = RuleVersion.objects.get_or_create(digest=digest, defaults={"key": rule.key, "content": content})
    return kept


def _data(row: RuleOverride) -> dict[str, Any]:
    return {
        "key": row.key,
        "value": row.value,
        "unit": row.unit_id,
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat() if row.valid_to else None,
        "basis": row.legal_basis,
    }
