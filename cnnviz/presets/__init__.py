"""Named choices: one table a menu."""
