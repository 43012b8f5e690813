"""A walk over every address: visitors are refused, and every role gets exactly what the written table says.

The table is `rights.toml`. An address that is not in it fails here until somebody has written down who may use it.
Rows come from `walk_rows.py`. The small province, its sign-ins and its keys are made once; each row and each request
is taken back.
"""

import contextlib
import datetime
import time
import tomllib
from collections import defaultdict
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from prytany.accounts.services.api_tokens import create_token
from prytany.accounts.tests.world import make_world
from prytany.core import remembered
from prytany.organisation.roles import ROLES
from tests.walk_rows import MAKERS, PERSONAL, Case

pytestmark = pytest.mark.django_db

TABLE = tomllib.loads((Path(__file__).parent / "rights.toml").read_text(encoding="utf-8"))
ADDRESSES = TABLE["address"]
GROUPS = {"everybody": sorted(ROLES), "nobody": [], **TABLE["groups"]}
PLACES = ("own", "other", "foreign")
KEYS = {
    "public",
    "method",
    "act",
    "body",
    "arguments",
    "row",
    "roles",
    "page",
    "refused",
    "forbidden",
    "forbidden_other",
}
KEYS |= {*PLACES}
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
JSON = "application/json"


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
    for value in (uuid4(), 1, datetime.date(2026, 1, 1), "x", str(uuid4()), "pdf"):
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


def cell(named):
    """Return the roles that a cell of the table means: a list of roles, or a group by its name."""
    return GROUPS[named] if isinstance(named, str) else named


def address_in(name):
    """Return the address of an entry: "work:bulk remind" is one more of "work:bulk"."""
    return name.partition(" ")[0]


def test_every_address_stands_in_the_table_and_no_other():
    named = {address_in(name) for name in ADDRESSES}
    assert set(PATTERNS) - named == set()
    assert named - set(PATTERNS) == set()


def test_every_role_is_walked():
    assert set(ACTORS) == set(ROLES)


def test_table_names_roles_and_rows_that_exist():
    for name, roles in GROUPS.items():
        assert set(roles) <= set(ROLES), name
    for name, entry in ADDRESSES.items():
        assert set(entry) <= KEYS, name
        assert entry.get("row") in {None, *MAKERS}, name
        assert entry.get("method", "get") in {"get", "post", "both", "delete"}, name
        for key in ("roles", "page", "forbidden", "forbidden_other", *PLACES):
            assert set(cell(entry.get(key, []))) <= set(ROLES), f"{name}: {key}"


class Stage:
    """The small province with a signed-in browser and a key of each role."""

    def __init__(self):
        self.world = make_world()
        self.cookies, self.keys = {}, {}
        for role, post in ACTORS.items():
            client = Client()
            client.force_login(self.world.user(post), backend=BACKEND)
            confirm_identity(client, self.world.user(post))
            self.cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
            scope = self.world.scope(post)
            self.keys[role] = create_token(
                scope=scope,
                appointment=self.world.posts[post],
                name="x",
                permissions=[permission.value for permission in scope.grants],
                expires_on=scope.today,
            )[1]

    def browser(self, role):
        """Return a client signed in as the holder of a role."""
        client = Client()
        client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.cookies[role]})
        return client


def confirm_identity(client, user):
    """Make the sign-in a fresh one, as the library notes it: pages about second factors ask again otherwise."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() + 3600}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """The small province for the whole walk, taken back at its end."""
    with django_db_blocker.unblock(), taken_back():
        yield Stage()


@contextlib.contextmanager
def taken_back(*, forget=True):
    """Take back what happens inside, in the database and, with `forget`, in what the process remembers of it."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
            if forget:
                remembered.forget_all()


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_visitor_is_refused_unless_the_address_is_public(stage, name):
    entry = ADDRESSES[name]
    for method in ("get", "post"):
        with taken_back():
            response = getattr(Client(), method)(address_of(name))
        if entry.get("public"):
            assert response.status_code < 500, method
            assert not response.get("Location", "").startswith(f"{SIGN_IN}?next="), method
        elif name.startswith("api:"):
            assert response.status_code in (401, 405), method
        else:
            assert response.status_code == 302, method
            assert response["Location"].startswith(f"{SIGN_IN}?next="), method


def expected(entry, place, role):
    """Return "in", 403 or 404: what the table says for one role and one class of row."""
    if place == "":
        return "in" if role in cell(entry["roles"]) else entry.get("refused", 403)
    if role not in cell(entry.get("page", "everybody")):
        return 403
    if role in cell(entry.get(place, "nobody")):
        return "in"
    forbidden = {"own": entry.get("forbidden", "nobody"), "foreign": "nobody"}
    forbidden["other"] = entry.get("forbidden_other", forbidden["own"])
    if role in cell(forbidden[place]):
        return 403
    return entry.get("refused", 404)


def cases(stage, entry):
    """Yield (place, the roles that ask for one row, what makes the row), the roles of one unit together."""
    if "row" not in entry:
        yield "", sorted(ACTORS), None
        return
    for place in PLACES:
        together = defaultdict(list)
        for role, post in ACTORS.items():
            appointment = stage.world.posts[post]
            alone = appointment.pk if entry["row"] in PERSONAL else appointment.post.unit_id
            together[alone if place == "own" else ""].append(role)
        for roles in together.values():
            yield place, roles, Case(stage.world, stage.world.posts[ACTORS[roles[0]]], place)


def requests_of(name, data, wanted, place):
    """Yield (method, body) for what is asked: a page refuses before it looks at the body; the API reads it first."""
    entry, by_key = ADDRESSES[name], name.startswith("api:")
    method = entry.get("method", "get")
    if method == "get" or (method == "both" and place != "foreign"):
        yield "get", data if method == "get" else {}
    if method == "delete":
        yield "delete", {}
    if method in ("post", "both"):
        act = entry.get("act", {})
        body = {**entry.get("body", {}), **data}
        yield "post", act | body
        if body and wanted != "in" and not by_key and place in ("", "own"):
            yield "post", act


def send(stage, name, role, method, arguments, data):
    """Send the request, all taken back afterwards; with the role's key to the API, with its session to pages."""
    address = reverse(address_in(name), kwargs=arguments)
    with taken_back(forget=method != "get"):
        if name.startswith("api:"):
            headers = {"Authorization": f"Bearer {stage.keys[role]}"}
            response = getattr(Client(), method)(address, data, headers=headers, content_type=JSON)
        else:
            response = getattr(stage.browser(role), method)(address, data)
        if response.status_code == 302 and response["Location"].startswith(f"{SIGN_IN}?"):
            return "sign-in"
        if response.streaming:
            list(response)  # to its end: that closes the file, and not the connection that the whole walk uses
        return response.status_code


def walk(stage, name):
    """Return what is not as the table says, with role, class of row and method."""
    entry, wrong = ADDRESSES[name], defaultdict(set)
    for place, roles, case in cases(stage, entry):
        with taken_back():
            arguments = MAKERS[entry["row"]](case) if case else {}
            data = arguments.pop("data", {})
            arguments = {**entry.get("arguments", {}), **arguments}
            for role in roles:
                wanted = expected(entry, place, role)
                for method, body in requests_of(name, data, wanted, place):
                    status = send(stage, name, role, method, arguments, body)
                    if status != wanted and not (wanted == "in" and status in LET_IN):
                        wrong[f"{status}, not {wanted}"].add(f"{role} {place} {method}")
    return [f"{fault}: {', '.join(sorted(asked))}" for fault, asked in sorted(wrong.items())]


@pytest.mark.parametrize("name", sorted(name for name, entry in ADDRESSES.items() if not entry.get("public")))
def test_every_role_gets_what_the_table_says(stage, name):
    if wrong := walk(stage, name):
        pytest.fail("\n".join([name, *wrong]), pytrace=False)
