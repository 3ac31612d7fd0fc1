"""The application as a WSGI server loads it."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
