"""Start of the desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The first page of every role, the search box, the counter, incoming mail, the programme."""

    name = "pulih.desk"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.desk import mail_filing, mail_scoping, scoping

        scoping.install()
        mail_scoping.install()
        mail_filing.install()
