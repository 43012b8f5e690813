"""Ending sessions: at a reset, when an account is closed, and where a person signs out elsewhere."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from prytany.accounts.models import User
from prytany.audit.recording import record
from prytany.core.scope import Scope


def end_sessions(*, user: User, keep: str = "") -> int:
    """End all sessions of `user` at once but the one with the key `keep`; return how many."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep)
    keys = list(sessions.values_list("session_key", flat=True))
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
    sessions.delete()
    return len(keys)


@transaction.atomic
def sign_out_elsewhere(*, scope: Scope, user: User, keep: str) -> int:
    """End one's own other sessions; return how many."""
    ended = end_sessions(user=user, keep=keep)
    record(scope, action="session.end_others", target=user, data={"count": ended})
    return ended
