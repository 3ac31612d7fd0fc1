"""The first office with its sections, and users made at the terminal."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import Office, RoleGrant, Section, Unit, User
from pulih.access.roles import SECTION_ROLES, Role
from pulih.common.clock import today
from pulih.common.errors import RuleError

SECTION_NAMES = {
    Section.Kind.REHABILITATION: "Bidang Rehabilitasi Sosial",
    Section.Kind.SECURITY: "Bidang Jaminan Sosial",
    Section.Kind.EMPOWERMENT: "Bidang Pemberdayaan Sosial",
    Section.Kind.PROTECTION: "Bidang Perlindungan Sosial",
}
REHABILITATION_UNITS = (
    ("anak-lansia", "Seksi Anak dan Lanjut Usia"),
    ("tuna-sosial", "Seksi Tuna Sosial dan Korban Perdagangan Orang"),
    ("disabilitas", "Seksi Penyandang Disabilitas"),
)


@transaction.atomic
def create_office(*, name: str, region_code: str, is_demo: bool = False, by: User | None) -> Office:
    """Create an office with its four sections and the three units of rehabilitation.

    Args:
        name: the office's full name.
        region_code: Kemendagri code of its regency.
        is_demo: marks an office of a demonstration, which `serve` refuses.
        by: who does it; None at the terminal, before anybody exists.

    Raises:
        RuleError: an office with this name exists.

    Source: R-ACC-4, docs/rules/access.md (PP 39/2012 art. 3: four sections).
    """
    code = slugify(name)[:20]
    if Office.objects.filter(code=code).exists():
        raise RuleError(_("There is an office of this name already."), rule="R-ACC-4")
    office = Office.objects.create(code=code, name=name, region_code=region_code, is_demo=is_demo)
    for kind, words in SECTION_NAMES.items():
        section = Section.objects.create(office=office, kind=kind, name=words)
        if kind == Section.Kind.REHABILITATION:
            for unit_code, unit_name in REHABILITATION_UNITS:
                Unit.objects.create(section=section, code=unit_code, name=unit_name)
    audit.record("office.created", actor=by, subject=office, office=office)
    return office


@transaction.atomic
def create_first_user(
    *,
    username: str,
    full_name: str,
    role: str,
    section_kind: str | None,
    password: str,
    office_name: str,
    region_code: str,
    by: User | None,
) -> User:
    """Create a user at the terminal, and the office when it is the first.

    Args:
        section_kind: which of the four sections the role is for, where the role needs one.
        office_name, region_code: used only while there is no office.
        by: None: who sits at the server's terminal is not known to the application.

    Raises:
        RuleError: the user name is taken, or role and section do not fit.

    Source: R-ACC-5, docs/rules/access.md.
    """
    if role not in Role.values:
        raise RuleError(
            _("There is no role “%(role)s”. Roles: %(all)s")
            % {"role": role, "all": ", ".join(Role.values)},
            rule="R-ACC-5",
        )
    if User.objects.filter(username=username).exists():
        raise RuleError(_("The user name “%s” is taken.") % username, rule="R-ACC-5")
    office = Office.objects.first() or create_office(
        name=office_name, region_code=region_code, by=by
    )
    section = office.sections.filter(kind=section_kind).first() if section_kind else None
    if Role(role) in SECTION_ROLES and section is None:
        raise RuleError(
            _("The role “%(role)s” needs a section: %(all)s")
            % {"role": role, "all": ", ".join(Section.Kind.values)},
            rule="R-ACC-5",
        )
    user = User.objects.create_user(username, password, office=office, full_name=full_name)
    RoleGrant.objects.create(user=user, role=role, section=section, valid_from=today())
    audit.record("user.created", actor=by, subject=user, office=office, detail={"role": role})
    return user
