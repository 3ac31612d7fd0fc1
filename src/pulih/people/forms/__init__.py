"""The shapes of what is typed; what the office asks of it is the business of rules and actions."""
