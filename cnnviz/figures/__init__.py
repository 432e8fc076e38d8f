"""Arrays and steps become pictures."""
