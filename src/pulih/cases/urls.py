"""Routes of cases."""

from pulih.cases.routes import casework, catalogue, delivery, glass, instruments, intake

app_name = "cases"

urlpatterns = [
    *glass.urlpatterns,
    *casework.urlpatterns,
    *catalogue.urlpatterns,
    *instruments.urlpatterns,
    *intake.urlpatterns,
    *delivery.urlpatterns,
]
