"""Routes of cases."""

from pulih.cases.routes import casework, delivery, intake

app_name = "cases"

urlpatterns = [*casework.urlpatterns, *intake.urlpatterns, *delivery.urlpatterns]
