"""Routes of cases."""

from pulih.cases.routes import catalogue, delivery, instruments, intake

app_name = "cases"

urlpatterns = [
    *catalogue.urlpatterns,
    *instruments.urlpatterns,
    *intake.urlpatterns,
    *delivery.urlpatterns,
]
