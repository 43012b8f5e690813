"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values: product, demo flag."""
    return {"PRODUCT_NAME": settings.PRODUCT_NAME, "DEMO": settings.DEMO}
