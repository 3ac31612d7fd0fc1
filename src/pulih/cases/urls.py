"""Routes of cases."""

from pulih.cases.routes import delivery, instruments, intake

app_name = "cases"

urlpatterns = [*instruments.urlpatterns, *intake.urlpatterns, *delivery.urlpatterns]
