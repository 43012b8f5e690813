"""The WSGI application that `prytany serve` hands to the server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prytany.config.settings")
application = get_wsgi_application()
