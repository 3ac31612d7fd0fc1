"""Routes of cases."""

from pulih.cases.routes import casework, catalogue, delivery, instruments, intake

app_name = "cases"

urlpatterns = [
    *casework.urlpatterns,
    *catalogue.urlpatterns,
    *instruments.urlpatterns,
    *intake.urlpatterns,
    *delivery.urlpatterns,
]
