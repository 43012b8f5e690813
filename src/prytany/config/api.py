"""The REST API: one address, one way in, problem responses, a limit per key."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.responses import codes_4xx

from prytany.accounts.api_auth import ApiTokenAuth
from prytany.core import problems
from prytany.core.problems import KeyThrottle, Problem
from prytany.documents.api import router as documents
from prytany.files.api import router as files
from prytany.organisation.api import router as organisation
from prytany.work.api import router as work
from prytany.work.api_exchange import router as exchange

REQUESTS_A_MINUTE = 600

api = NinjaAPI(
    title="Prytany",
    version="1",
    description=(
        "Tasks, parts, documents and units, as the holder of the key's appointment may see and change them. Files, "
        "such as the evidence behind an answer, are sent ahead (POST /files) and then named in what they belong to."
    ),
    auth=ApiTokenAuth(),
    throttle=[KeyThrottle(REQUESTS_A_MINUTE)],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
problems.install(api)
api.add_router("", work)
api.add_router("", exchange)
api.add_router("", files)
api.add_router("", documents)
api.add_router("", organisation)


@cache
def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI document; refusals are told as problems, which ninja itself cannot say."""
    document = dict(api.get_openapi_schema())
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                content = response.get("content")
                if content and int(status) >= 400 and "application/json" in content:
                    content[problems.MEDIA_TYPE] = content.pop("application/json")
    return document


@api.get("/openapi.json", response={200: dict, codes_4xx: Problem}, include_in_schema=False)
def openapi(request: HttpRequest) -> dict[str, Any]:
    """Return the OpenAPI document to holders of a key."""
    return openapi_document()


@api.get("/me", response={200: dict, codes_4xx: Problem}, tags=["account"])
def me(request: HttpRequest) -> dict[str, Any]:
    """Say for which post the key acts and what it may do."""
    scope = request.scope  # type: ignore[attr-defined]
    return {
        "post": str(scope.post_uid),
        "role": scope.role,
        "permissions": sorted(permission.value for permission in scope.grants),
    }
