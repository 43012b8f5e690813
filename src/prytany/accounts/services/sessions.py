"""Ending sessions: at a reset, when an account is closed, and where a person signs out elsewhere."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings

from prytany.accounts.models import User


def end_sessions(*, user: User, keep: str = "") -> int:
    """End all sessions of `user` at once but the one with the key `keep`; return how many."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep)
    keys = list(sessions.values_list("session_key", flat=True))
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
    sessions.delete()
    return len(keys)
