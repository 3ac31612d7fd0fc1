"""Lists as spreadsheets: read for somebody, written in memory."""
