"""Start of the desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The first page of every role, the search box, incoming mail, the work programme's pages."""

    name = "pulih.desk"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.desk import mail_filing, mail_scoping

        mail_scoping.install()
        mail_filing.install()
