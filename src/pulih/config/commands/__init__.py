"""The subcommands of `pulih`, one file a subject; each has `add_to(commands)`."""
