"""Numbers become steps and sentences."""
