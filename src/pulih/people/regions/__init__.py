"""Where the regions come from: our own table of Ngawi, a file, or the national data set."""
