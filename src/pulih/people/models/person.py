"""A person of the registry: one directory entry, open or inside a compartment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jejak.birth import BirthDate
from pulih.access.models import Compartment, Office, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models.region import Region


class Person(UUIDModel):
    """Somebody whom the office knows, named or not.

    The name of an open person is readable in the database, because search and sorting need it;
    that of a person in a compartment is encrypted and takes no part in sorting.
    """

    class Status(models.TextChoices):
        IDENTIFIED = "identified", _("Identified")
        UNIDENTIFIED = "unidentified", _("Not identified")
        DECEASED = "deceased", _("Deceased")

    class Sex(models.TextChoices):
        MALE = "L", _("Male")
        FEMALE = "P", _("Female")

    class BirthPrecision(models.TextChoices):
        EXACT = "exact", _("Exact date")
        YEAR = "year", _("Year only")
        ESTIMATED = "estimated", _("Estimated age")

    class Religion(models.TextChoices):
        ISLAM = "islam", _("Islam")
        PROTESTANT = "protestant", _("Protestant")
        CATHOLIC = "catholic", _("Catholic")
        HINDU = "hindu", _("Hindu")
        BUDDHIST = "buddhist", _("Buddhist")
        CONFUCIAN = "confucian", _("Confucian")
        BELIEF = "belief", _("Belief in the One God")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    compartment = models.ForeignKey(
        Compartment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    number = models.CharField(max_length=20)
    status = models.CharField(max_length=12, choices=Status, default=Status.IDENTIFIED)
    full_name = models.CharField(max_length=120, blank=True)
    full_name_sealed = EncryptedTextField(blank=True, default="")
    sort_name = models.CharField(
        max_length=120, blank=True, help_text="Lower case, without titles; empty when sealed"
    )
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, choices=BirthPrecision, blank=True)
    birth_year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_on = models.DateField(null=True, blank=True)
    born_around = models.DateField(
        null=True, blank=True, help_text="The date, or the middle of the range; for age filters"
    )
    birth_place = models.CharField(max_length=80, blank=True)
    religion = models.CharField(max_length=12, choices=Religion, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    photo_id = models.UUIDField(null=True, blank=True)
    home_code = models.CharField(
        max_length=13, blank=True, help_text="Code of the current address, as deep as known"
    )
    main_kind = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The primary PPKS kind now"
    )
    temporary_code = models.CharField(max_length=32, blank=True)
    found_in = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    found_text = EncryptedTextField(blank=True, default="")
    found_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=120, blank=True, help_text="Language and accent heard")
    died_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        db_index=False,
    )
    import_batch = models.UUIDField(null=True, blank=True)
    search_keys = models.TextField(
        blank=True, default="", help_text="The keys under which an open person is found, one a line"
    )
    is_findable = models.BooleanField(
        default=False, help_text="Do the keys stand in the table of keys, and are they counted?"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager["Person"]()

    EDITED = (
        "full_name",
        "full_name_sealed",
        "sex",
        "birth_date",
        "birth_precision",
        "birth_year_from",
        "birth_year_to",
        "birth_place",
        "religion",
        "nationality",
        "language",
        "found_in",
        "found_text",
        "found_on",
        "status",
        "died_on",
    )

    class Meta:
        ordering = ["sort_name", "id"]
        # No index starts with the office or holds the empty compartments: the database would take
        # it for every question, since it cannot know that these are nearly all rows.
        indexes = [
            models.Index(name="person_by_name", fields=["sort_name", "id"]),
            models.Index(name="person_by_home", fields=["home_code"]),
            models.Index(name="person_by_birth", fields=["born_around"]),
            models.Index(name="person_by_batch", fields=["import_batch"]),
            models.Index(
                name="person_not_findable",
                fields=["import_batch", "id"],
                condition=Q(is_findable=False, import_batch__isnull=False),
            ),
            models.Index(name="person_by_status", fields=["status", "sort_name"]),
            models.Index(name="person_by_code", fields=["temporary_code"]),
            models.Index(
                name="person_in_compartment",
                fields=["compartment"],
                condition=Q(compartment__isnull=False),
            ),
            models.Index(
                name="person_absorbed",
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="person_number_once", fields=["number", "office"]),
            models.CheckConstraint(
                name="person_name_in_its_own_column",
                condition=Q(compartment__isnull=True, full_name_sealed="")
                | Q(compartment__isnull=False, full_name="", sort_name=""),
            ),
            models.CheckConstraint(
                name="person_birth_fits_its_precision",
                condition=Q(birth_precision="", birth_date=None, birth_year_from=None)
                | Q(birth_precision="exact", birth_date__isnull=False)
                | Q(birth_precision="year", birth_date=None, birth_year_from__isnull=False)
                | Q(
                    birth_precision="estimated",
                    birth_date=None,
                    birth_year_from__isnull=False,
                    estimated_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="person_birth_years_in_order",
                condition=Q(birth_year_from=None)
                | Q(birth_year_to__gte=models.F("birth_year_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_sealed(self) -> bool:
        """Is the person inside a compartment?"""
        return self.compartment_id is not None

    @property
    def own_name(self) -> str:
        """The name on record, empty when nobody knows it."""
        return str(self.full_name_sealed) if self.is_sealed else self.full_name

    @property
    def name(self) -> str:
        """The name to show: the person's own, else the temporary code, else the number."""
        return self.own_name or self.temporary_code or self.number

    @property
    def birth(self) -> BirthDate | None:
        """The birth date with its precision, as the identity engine knows it."""
        if self.birth_date is not None:
            return BirthDate.exact(self.birth_date)
        if self.birth_year_from is None or self.birth_year_to is None:
            return None
        if self.birth_precision == self.BirthPrecision.YEAR:
            return BirthDate.year(self.birth_year_from)
        if self.estimated_on is None:
            return None
        said_in = self.estimated_on.year
        return BirthDate.estimated(
            said_in - self.birth_year_to, said_in - self.birth_year_from, on=self.estimated_on
        )
