"""Letters of the office: templates, numbers, letterhead and signature, sealed PDF and DOCX."""
