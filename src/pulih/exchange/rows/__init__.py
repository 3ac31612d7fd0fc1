"""What a row of a spreadsheet means for the registry: a draft of a person, and remarks."""
