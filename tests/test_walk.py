"""A walk over every address: visitors are refused, and every role gets exactly what the written table says.

The table is `rights.toml`. An address that is not in it fails here until somebody has written down who may use it; an
address under `pending` is held against visitors only. Rows come from `walk_rows.py`.
"""

import datetime
import time
import tomllib
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from prytany.accounts.services.api_tokens import create_token
from prytany.organisation.roles import ROLES
from tests.walk_rows import MAKERS, Case

pytestmark = pytest.mark.django_db

TABLE = tomllib.loads((Path(__file__).parent / "rights.toml").read_text(encoding="utf-8"))
ADDRESSES = TABLE["address"]
PENDING = TABLE["pending"]["addresses"]
PLACES = ("own", "other", "foreign")
# The holder of each role in the small province.
ACTORS = {
    "leader": "leader",
    "chief": "chief",
    "deputy_chief": "deputy",
    "specialist": "specialist",
    "registry_clerk": "clerk",
    "unit_head": "home_head",
    "focal_point": "mau_son_focal",
    "council_member": "council",
    "archivist": "archivist",
    "inspector": "inspector",
    "auditor": "auditor",
    "administrator": "admin",
}
# Let in: shown, done, sent on, or told what is wrong with the form or the state.
LET_IN = {200, 201, 204, 302, 400, 409, 422}
SIGN_IN = "/sign-in/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def patterns(resolver=None, prefix=""):
    """Yield (name with namespaces, pattern) for every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern
        else:
            yield from patterns(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


PATTERNS = dict(patterns())


def sample(converter):
    """Return a value that a path converter takes, of something that does not exist."""
    for value in (uuid4(), 1, datetime.date(2026, 1, 1), "x", str(uuid4())):
        try:
            text = converter.to_url(value)
            if text and converter.to_python(str(text)) is not None:
                return value
        except (ValueError, AttributeError, TypeError):
            continue
    raise AssertionError(f"no sample for {converter}: add one")


def address_of(name):
    """Return an address of `name` with made-up arguments."""
    converters = PATTERNS[name].pattern.converters
    parents = {key: value for chain in _parents(name) for key, value in chain.items()}
    kwargs = {key: sample(converter) for key, converter in {**parents, **converters}.items()}
    return reverse(name, kwargs=kwargs)


def _parents(name, resolver=None, prefix="", chain=()):
    """Return the converters of the includes above an address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if f"{prefix}{pattern.name}" == name:
                return chain
        else:
            below = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found = _parents(name, pattern, below, (*chain, pattern.pattern.converters))
            if found is not None:
                return found
    return None


def test_every_address_stands_in_the_table_and_no_other():
    assert set(PATTERNS) - set(ADDRESSES) - set(PENDING) == set()
    assert (set(ADDRESSES) | set(PENDING)) - set(PATTERNS) == set()
    assert set(ADDRESSES) & set(PENDING) == set()


def test_every_role_is_walked():
    assert set(ACTORS) == set(ROLES)


def test_table_names_roles_and_rows_that_exist():
    for name, entry in ADDRESSES.items():
        assert set(entry) <= {"public", "method", "row", "roles", "page", "refused", "forbidden", *PLACES}, name
        assert entry.get("row") in {None, *MAKERS}, name
        for key in ("roles", "page", "forbidden", *PLACES):
            named = entry.get(key, [])
            assert named in ("everybody", "nobody") or set(named) <= set(ROLES), f"{name}: {key}"


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_visitor_is_refused_unless_the_address_is_public(world, name):
    entry = ADDRESSES.get(name, {})
    for method in ("get", "post"):
        response = getattr(Client(), method)(address_of(name))
        if entry.get("public"):
            assert response.status_code < 500, method
            assert not response.get("Location", "").startswith(f"{SIGN_IN}?next="), method
        elif name.startswith("api:"):
            assert response.status_code in (401, 405), method
        else:
            assert response.status_code == 302, method
            assert response["Location"].startswith(f"{SIGN_IN}?next="), method


def holds(named, role):
    """Tell whether a cell of the table names the role."""
    return named == "everybody" or (named != "nobody" and role in named)


def expected(entry, place, role):
    """Return "in", 403 or 404: what the table says for one role and one class of row."""
    if place == "":
        return "in" if holds(entry["roles"], role) else entry.get("refused", 403)
    if not holds(entry.get("page", "everybody"), role):
        return 403
    if holds(entry.get(place, "nobody"), role):
        return "in"
    if place != "foreign" and holds(entry.get("forbidden", "nobody"), role):
        return 403
    return entry.get("refused", 404)


def ask(world, name, entry, role, place):
    """Ask as `role` for a row of `place`, all taken back afterwards; return the status."""
    actor = world.posts[ACTORS[role]]
    with transaction.atomic():
        try:
            arguments = MAKERS[entry["row"]](Case(world, actor, place)) if place else {}
            data = arguments.pop("data", {})
            response = send(world, name, entry.get("method", "get"), actor, arguments, data)
        finally:
            transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith(f"{SIGN_IN}?"):
        return "sign-in"
    return response.status_code


def send(world, name, method, actor, arguments, data):
    """Send the request, with a key of the actor's appointment for the API and a session for pages."""
    address = reverse(name, kwargs=arguments)
    client = Client()
    if not name.startswith("api:"):
        client.force_login(actor.person.user, backend=BACKEND)
        confirm_identity(client, actor.person.user)
        return getattr(client, method)(address, data)
    scope = world.scope(next(key for key, one in world.posts.items() if one.pk == actor.pk))
    rights = [permission.value for permission in scope.grants]
    _row, key = create_token(scope=scope, appointment=actor, name="x", permissions=rights, expires_on=scope.today)
    return getattr(client, method)(
        address, data, headers={"Authorization": f"Bearer {key}"}, content_type="application/json"
    )


def confirm_identity(client, user):
    """Make the sign-in a fresh one, as the library notes it: pages about second factors ask again otherwise."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


WALKED = sorted(name for name, entry in ADDRESSES.items() if not entry.get("public"))


@pytest.mark.parametrize("name", WALKED)
def test_every_role_gets_what_the_table_says(world, name):
    entry = ADDRESSES[name]
    wrong = {}
    for place in PLACES if "row" in entry else ("",):
        for role in ACTORS:
            status = ask(world, name, entry, role, place)
            wanted = expected(entry, place, role)
            if status != wanted and not (wanted == "in" and status in LET_IN):
                wrong[f"{role} {place}".strip()] = f"{status}, not {wanted}"
    assert wrong == {}
