"""Reading spreadsheets as offices keep them: files, layouts, columns and cells. No Django."""
