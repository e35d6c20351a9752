"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")
application = get_wsgi_application()
# Half a second of imports, now: otherwise the first person after each start of a worker waits for them.
_ = get_resolver().url_patterns
