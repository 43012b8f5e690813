"""Who may move a part from which state to which: the one table that services, pages and the API ask."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.work import policies
from prytany.work.models import EventKind, Obligation
from prytany.work.models.states import ObligationState as S

WORKING = (S.ISSUED, S.RECEIVED, S.IN_PROGRESS, S.MORE_NEEDED)


@dataclass(frozen=True)
class Move:
    """One permitted move. `to` None keeps the state; `refusal` is said where the state forbids it."""

    kind: EventKind
    start: tuple[S, ...]
    to: S | None
    may: Callable[[Scope, Obligation], bool]
    refusal: object


MOVES: dict[str, Move] = {
    "open": Move(EventKind.OPENED, (S.ISSUED,), S.RECEIVED, policies.can_open, _("This has been opened already.")),
    "name_handler": Move(
        EventKind.HANDLER_NAMED,
        (*WORKING, S.WITH_HEAD),
        None,
        policies.can_name_handler,
        _("A handler can be named only while the work is open."),
    ),
    "hand_back": Move(
        EventKind.HANDED_BACK,
        (S.ISSUED, S.RECEIVED),
        S.HANDED_BACK,
        policies.can_hand_back,
        _("This can be handed back only before work on it has begun."),
    ),
    "progress": Move(
        EventKind.PROGRESS,
        WORKING,
        S.IN_PROGRESS,
        policies.can_answer,
        _("This has been answered already; wait for the check."),
    ),
    "to_head": Move(
        EventKind.TO_HEAD,
        WORKING,
        S.WITH_HEAD,
        policies.can_answer,
        _("This has been answered already; wait for the check."),
    ),
    "head_return": Move(
        EventKind.HEAD_RETURNED,
        (S.WITH_HEAD,),
        S.IN_PROGRESS,
        policies.can_approve_answer,
        _("This does not wait for the unit head."),
    ),
    "submit": Move(
        EventKind.SUBMITTED,
        (*WORKING, S.WITH_HEAD),
        S.SUBMITTED,
        policies.can_answer,
        _("This has been answered already; wait for the check."),
    ),
    "withdraw": Move(
        EventKind.REOPENED,
        (S.SUBMITTED,),
        S.IN_PROGRESS,
        policies.can_answer,
        _("Only an answer that waits for the check can be taken back."),
    ),
    "verify": Move(
        EventKind.VERIFIED,
        (S.SUBMITTED,),
        S.VERIFIED,
        policies.can_verify,
        _("Only an answer that waits for the check can be confirmed."),
    ),
    "send_back": Move(
        EventKind.SENT_BACK,
        (S.SUBMITTED, S.VERIFIED, S.NOTHING),
        S.MORE_NEEDED,
        policies.can_send_back,
        _("Only an answer can be sent back."),
    ),
    "extend": Move(
        EventKind.EXTENDED,
        (*WORKING, S.WITH_HEAD),
        None,
        policies.can_decide,
        _("The due date can be moved only while the work is open."),
    ),
    "remind": Move(
        EventKind.REMINDED,
        (*WORKING, S.WITH_HEAD),
        None,
        policies.can_remind,
        _("Only open work can be reminded of."),
    ),
    "recall": Move(
        EventKind.RECALLED,
        (S.ISSUED,),
        S.CANCELLED,
        policies.can_cancel,
        _("The unit has opened this; it can be cancelled, not recalled."),
    ),
    "cancel": Move(
        EventKind.CANCELLED,
        (*WORKING, S.WITH_HEAD, S.SUBMITTED, S.HANDED_BACK),
        S.CANCELLED,
        policies.can_cancel,
        _("This is closed already."),
    ),
    "hand_over": Move(
        EventKind.HANDED_OVER,
        (*WORKING, S.WITH_HEAD, S.SUBMITTED),
        None,
        policies.can_cancel,
        _("Only open work can be handed over."),
    ),
}


def check(scope: Scope, move: str, obligation: Obligation) -> Move:
    """Return the move; PermissionDenied where `scope` may not make it, DomainError where the state forbids it."""
    found = MOVES[move]
    authorise(found.may, scope, obligation)
    if obligation.state not in found.start:
        raise DomainError("wrong_state", found.refusal)
    return found


def possible(scope: Scope, obligation: Obligation) -> list[str]:
    """Return the moves that `scope` may make on `obligation` as it stands, in the order of the table."""
    return [name for name, move in MOVES.items() if obligation.state in move.start and move.may(scope, obligation)]
