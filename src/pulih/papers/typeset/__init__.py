"""From a letter in words to a sheet: tagged PDF, sealed PDF, DOCX."""
