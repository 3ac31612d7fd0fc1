"""Every column that can hold words is encrypted, or lies readable for a reason that stands here."""

import pytest
from django.apps import apps
from django.db import models

from pulih.common.fields import EncryptedTextField
from pulih.common.sealed_units import holdings

CODE = "a code of our own lists, never typed"
NUMBER = "a number that the office gives; it stands in the trail and on letters"
KEYED = "a keyed digest; it is compared, never read"
PAGE = "the name of a page and the keys in its address"
OFFICE = "what the office says of itself in public"
SHOWN = "words that the office shows to everybody: its catalogue, questionnaires and programme"
STAFF = "staff, whom colleagues find by name and duty"
OPEN_ENTRY = "of open entries: search and sorting need it; empty on sealed ones (R-PEO, threats.md)"
PLACE = "a code of the official list of regions, or the words typed where no code was found"
SHORT = "a few words of how something is known, without whom it is about"
LIBRARY = "written by a library: no word of a client goes into it"

# table -> columns, with the reason. Whoever adds a column says here why it may be read.
READABLE = {
    **dict.fromkeys(
        (
            *("auth.Permission.name", "auth.Permission.codename", "auth.Group.name"),
            *("contenttypes.ContentType.app_label", "contenttypes.ContentType.model"),
            *("sessions.Session.session_key", "sessions.Session.session_data"),
            *("account.EmailAddress.email", "account.EmailConfirmation.key"),
            *("usersessions.UserSession.session_key", "usersessions.UserSession.user_agent"),
            "usersessions.UserSession.data",
            *(
                f"django_tasks_database.DBTaskResult.{name}"
                for name in (
                    *("task_path", "worker_ids", "queue_name", "backend_name"),
                    *("return_value", "exception_class_path", "traceback", "args_kwargs"),
                )
            ),
        ),
        LIBRARY,
    ),
    "exchange.ExportRun.sitting": "a digest of the session that asked",
    "access.RoleGrant.letter_number": "the letter of an appointment, as on the notice board",
    "mfa.Authenticator.data": "its secrets are sealed one by one (access/factors.py)",
    **dict.fromkeys(
        (
            *("access.Office.code", "access.Office.name", "access.Office.region_code"),
            *("access.Office.address", "access.Section.name", "access.Unit.code"),
            *("access.Unit.name", "papers.Letterhead.government", "papers.Letterhead.name"),
            *("papers.Letterhead.address", "papers.Letterhead.contact", "papers.Letterhead.place"),
            *("papers.Letterhead.code", "papers.Letterhead.site_url", "papers.Signatory.name"),
            *("papers.Signatory.rank", "papers.Signatory.post", "papers.Signatory.own_post"),
            *("papers.Signatory.decree", "papers.NumberSeries.pattern", "desk.Ticket.place"),
            *("privacy.ProtectionOfficer.name", "privacy.ProtectionOfficer.contact"),
        ),
        OFFICE,
    ),
    **dict.fromkeys(
        (
            *("access.WorkProgramme.code", "access.WorkProgramme.name", "access.Activity.code"),
            *("access.Activity.name", "access.Activity.months", "cases.ServiceOffer.code"),
            *(
                f"cases.ServiceOffer.{name}"
                for name in (
                    *("name", "who_may_ask", "requirements", "fields", "steps", "result"),
                    *("letters", "statement", "purpose", "addressed_to"),
                )
            ),
            *("cases.OfficeInstrument.code", "cases.OfficeInstrument.version"),
            *("cases.OfficeInstrument.content", "cases.OfficeInstrument.licence"),
            *("privacy.RetentionRule.code", "privacy.RetentionRule.source"),
            "privacy.Destruction.basis",
        ),
        SHOWN,
    ),
    **dict.fromkeys(
        (
            *("access.User.username", "access.User.full_name", "access.User.position"),
            *("access.StudentRecord.university", "access.StudentRecord.study_programme"),
            "access.StudentRecord.cohort",
        ),
        STAFF,
    ),
    "access.User.password": "Argon2",
    **dict.fromkeys(
        (
            *("access.User.nip_index", "access.StudentRecord.nim_index", "access.AuditHead.mac"),
            *("access.AuditHead.seal", "access.AuditEvent.digest", "access.AuditEvent.mac"),
            *("access.DailyHead.mac", "files.Attachment.sha256", "papers.Letter.pdf_digest"),
            *("papers.Letter.code_index", "people.DuplicatePair.fingerprint"),
            *("people.Household.kk_index", "people.Identifier.index", "people.Contact.index"),
            *("people.Judgement.fingerprint", "cases.Referral.token_digest"),
            *("exchange.ImportBatch.file_digest", "exchange.ImportBatch.fingerprint"),
            *("exchange.RowReport.digest", "exchange.ImportedRow.digest"),
            *("exchange.ImportedRow.person_key", "exchange.SavedMapping.fingerprint"),
        ),
        KEYED,
    ),
    **dict.fromkeys(
        (
            *("access.AuditEvent.verb", "access.AuditEvent.subject_kind"),
            *("access.NumberCounter.series", "access.User.language", "people.Person.language"),
            *("files.Attachment.owner_kind", "files.Attachment.content_type"),
            *("inbox.CalendarEntry.kind", "inbox.Notice.kind", "inbox.Task.kind"),
            *("inbox.CalendarEntry.subject_kind", "inbox.Notice.subject_kind"),
            *("inbox.Task.subject_kind", "papers.Letter.about_kind", "papers.Letter.template"),
            *("papers.Letter.classification", "papers.Letter.series"),
            *("people.PpksStatus.scheme_version", "people.PpksStatus.subtype"),
            *("people.PpksStatus.disability", "people.PersonFact.code"),
            *("people.PersonFact.period", "people.Mark.body_part", "cases.CaseEvent.kind"),
            *("cases.Measurement.instrument", "cases.Measurement.version"),
            *("cases.Measurement.method", "cases.CounterService.requirements"),
            *("cases.PlannedService.kind", "cases.PlannedService.form_version"),
            *("cases.PlannedService.frequency", "cases.GroupSession.kind"),
            *("cases.ServiceRecord.kind", "cases.ServiceRecord.form_version"),
            *("exchange.ExportRun.list_code", "exchange.ExportRun.language"),
            *("exchange.ImportBatch.settings", "exchange.ImportBatch.counts"),
            *("exchange.ImportBatch.fault", "exchange.ImportedUser.stayed"),
            *("desk.Disposition.instructions", "privacy.Breach.exports"),
            "privacy.Destruction.destroyed",
        ),
        CODE,
    ),
    **dict.fromkeys(
        (
            *("access.AuditEvent.subject_id", "access.AuditEvent.subject_label"),
            *("inbox.CalendarEntry.subject_label", "inbox.Notice.subject_label"),
            *("inbox.Task.subject_label", "inbox.CalendarEntry.key", "inbox.Notice.key"),
            *("inbox.Task.key", "papers.Letter.about_label", "papers.Letter.number"),
            *("people.Person.number", "people.Person.temporary_code", "cases.Report.number"),
            *("people.ProcessingLimit.request_number", "cases.Report.origin_label"),
            *("cases.Case.number", "cases.CounterService.number", "cases.CaseloadHandover.number"),
            *("cases.Referral.number", "exchange.ImportBatch.number", "desk.LetterOutcome.label"),
            *("desk.IncomingLetter.number", "desk.IncomingLetter.letter_number"),
            *("privacy.Breach.number", "privacy.RightsRequest.number"),
            "privacy.Destruction.number",
        ),
        NUMBER,
    ),
    **dict.fromkeys(
        (
            *("inbox.CalendarEntry.url_name", "inbox.CalendarEntry.url_kwargs"),
            *("inbox.Notice.url_name", "inbox.Notice.url_kwargs", "inbox.Task.url_name"),
            *("inbox.Task.url_kwargs", "papers.Letter.url_name", "papers.Letter.url_kwargs"),
            *("cases.Report.origin_url_name", "files.Attachment.storage_path"),
        ),
        PAGE,
    ),
    **dict.fromkeys(
        (
            *("people.Person.full_name", "people.Person.sort_name", "people.Person.birth_place"),
            *("people.Person.nationality", "people.Person.search_keys", "people.PersonName.text"),
            *("people.SearchKey.key", "people.KeyCount.key"),
        ),
        OPEN_ENTRY,
    ),
    **dict.fromkeys(
        (
            *("people.Person.home_code", "people.Address.typed_place", "people.Address.rt"),
            *("people.Address.rw", "people.Region.code", "people.Region.name"),
            *("people.Region.path", "people.Region.search_name", "cases.Report.village_code"),
        ),
        PLACE,
    ),
    **dict.fromkeys(
        (
            *("people.PersonName.source", "people.PpksStatus.source", "people.PersonFact.source"),
            *("people.Belonging.kept_at", "people.Identifier.note", "people.Consent.recipient"),
        ),
        SHORT,
    ),
    "people.Identifier.findings": "codes of what was odd about a number",
    "exchange.ImportBatch.mapping": "the headings of columns",
    "exchange.SavedMapping.mapping": "the headings of columns",
    "exchange.RowReport.sheet": "the name of a sheet",
    "desk.IncomingLetter.sender_open": "empty where the letter is closed; mail is found by sender",
    "desk.IncomingLetter.subject_open": "empty where the letter is closed; mail is found by it",
}
TEXTS = (models.CharField, models.TextField, models.JSONField)
# Never sealed: nobody's case, or held open to be found.
UNSEALED = {
    "access.AuditEvent": "the trail outlives what it tells of, and keeps its key",
    "access.User": "staff",
    "access.StudentRecord": "students",
    "papers.Signatory": "staff",
    "cases.CounterService": "the counter serves people of the open registry",
    "cases.CounterEvent": "as its service",
    "cases.CaseloadHandover": "of a worker; the line of a sealed case has its own key",
    "cases.GroupSession": "of many; what concerns one client stands in that client's record",
    "exchange.ImportBatch": "lists of open people",
    "exchange.ImportChunk": "lists of open people",
    "exchange.RowReport": "lists of open people",
    "exchange.ImportedUser": "staff and students",
    "exchange.ExportRun": "sealed rows never leave",
    "desk.IncomingLetter": "of the mail; a report made of it is sealed",
    "desk.Disposition": "of the mail; a report made of it is sealed",
    "privacy.Breach": "of many",
}


def columns():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, TEXTS):
                yield f"{model._meta.label}.{field.name}", field


def test_every_column_of_words_is_encrypted_or_gives_its_reason():
    readable = {
        name
        for name, field in columns()
        if not isinstance(field, EncryptedTextField) and not field.choices
    }

    assert readable == READABLE.keys()


@pytest.mark.parametrize(
    "model",
    sorted(
        {field.model for _name, field in columns() if isinstance(field, EncryptedTextField)},
        key=lambda model: model._meta.label,
    ),
    ids=lambda model: model._meta.label,
)
def test_a_model_with_encrypted_words_says_whose_key_they_lie_under(model):
    assert (model in holdings()) != (model._meta.label in UNSEALED)
