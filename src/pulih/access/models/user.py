"""Staff and students who log in, and the roles they hold for a time."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models.office import Office, Section, Unit
from pulih.access.policy import Action, rows_for
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class UserManager(BaseUserManager["User"]):
    """Makes users with a hashed password, or with none that works."""

    def create_user(self, username: str, password: str | None = None, **values: Any) -> User:
        """Save a new user; without a password nobody can log in as them."""
        user = self.model(username=self.model.normalize_username(username), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(UUIDModel, AbstractBaseUser):
    """Somebody who works or learns at the office; never a client."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="users")
    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    nip = EncryptedTextField(_("NIP"), blank=True, default="")
    nip_index = models.CharField(max_length=32, blank=True, default="", db_index=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="users"
    )
    language = models.CharField(max_length=2, default="id")
    is_active = models.BooleanField(default=True)
    password_is_initial = models.BooleanField(
        default=False, help_text="Given by the administrator; the user must choose another"
    )
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    EDITED = (
        "full_name",
        "position",
        "nip",
    )

    class Meta:
        ordering = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def current_grants(self) -> list[RoleGrant]:
        """The roles held today; read once for each request, since the user is."""
        day = today()
        within = Q(valid_until=None) | Q(valid_until__gte=day)
        if not self.is_active:
            return []
        return list(
            self.grants.filter(within, valid_from__lte=day).select_related("section", "unit")
        )

    @property
    def roles(self) -> frozenset[str]:
        """The codes of the roles held today."""
        return frozenset(grant.role for grant in self.current_grants)

    @property
    def section_ids(self) -> frozenset[Any]:
        """The sections named by the roles held today."""
        return frozenset(g.section_id for g in self.current_grants if g.section_id is not None)

    def capacity(self, *roles: Role) -> str:
        """By which letter the user acts in one of the roles today; empty for who holds it."""
        held = [grant for grant in self.current_grants if grant.role in roles]
        if not held or any(not grant.acting for grant in held):
            return ""
        return f"{held[0].acting} {held[0].letter_number}"

    def may(self, action: Action) -> bool:
        """Does any role held today give the action on some record?"""
        return bool(rows_for(self.roles, action))

    def holds(self, *roles: Role) -> bool:
        """Does the user hold any of these roles today?"""
        return not self.roles.isdisjoint(roles)


class RoleGrant(UUIDModel):
    """A role, for one user, for a time, in a section where the role needs one."""

    Role = Role

    class Acting(models.TextChoices):
        TASKED = "tasked", _("Acting for an empty post (Plt.)")
        DAILY = "daily", _("Daily acting while the holder is away (Plh.)")
        ON_BEHALF = "on_behalf", _("On behalf of the head (a.n.)")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=Role)
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        help_text="A section head with a unit heads this unit alone",
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    acting = models.CharField(max_length=10, choices=Acting, blank=True, default="")
    letter_number = models.CharField(
        max_length=80, blank=True, default="", help_text="Of the letter that makes them act"
    )
    letter_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                name="acting_by_letter_until_a_day",
                condition=Q(acting="")
                | Q(valid_until__isnull=False, letter_on__isnull=False) & ~Q(letter_number=""),
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="grant_of_a_section_role_names_it",
                condition=~Q(role__in=["social_worker", "section_head"]) | Q(section__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.in_capacity}"

    @property
    def in_capacity(self) -> str:
        """The role with the capacity in which it is held: `Plt. Section head`."""
        short = {
            self.Acting.TASKED.value: "Plt. ",
            self.Acting.DAILY.value: "Plh. ",
            self.Acting.ON_BEHALF.value: "a.n. ",
        }
        return short.get(self.acting, "") + str(self.get_role_display())
