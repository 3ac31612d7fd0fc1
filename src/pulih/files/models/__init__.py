"""Models of files."""

from pulih.files.models.attachment import Attachment
from pulih.files.models.owner import Owner

__all__ = ["Attachment", "Owner"]
