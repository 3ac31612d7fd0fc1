"""The application as a WSGI server loads it."""

import gc

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from pulih.config import fault_pages, holding

# Until this process ends no restore begins, also when whoever started it is killed.
holding.share(settings.PULIH_DATA)
application = get_wsgi_application()

# What the pages of faults need is read while it can be.
fault_pages.prepare()
# Every page is loaded now, and what is loaded stays: the search for garbage need not go through it
# again and again, which would stop somebody's page for a tenth of a second.
_PAGES = get_resolver().url_patterns
gc.collect()
gc.freeze()
