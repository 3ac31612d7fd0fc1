"""Routes of cases."""

from pulih.cases.routes import catalogue, delivery, intake

app_name = "cases"

urlpatterns = [*catalogue.urlpatterns, *intake.urlpatterns, *delivery.urlpatterns]
