"""Routes of cases, in two halves: up to the approved plan, and from the first service on."""
