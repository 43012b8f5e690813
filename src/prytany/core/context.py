"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from prytany.core.frame import Frame


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values: product, demo flag, and the frame itself (computed when shown)."""
    if not hasattr(request, "frame"):
        request.frame = Frame(request)  # type: ignore[attr-defined]
    return {"PRODUCT_NAME": settings.PRODUCT_NAME, "DEMO": settings.DEMO, "frame": request.frame}
