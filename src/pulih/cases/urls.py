"""Routes of cases."""

from pulih.cases.routes import delivery, intake

app_name = "cases"

urlpatterns = [*intake.urlpatterns, *delivery.urlpatterns]
