"""Settings, routes, the server and the `pulih` command."""
