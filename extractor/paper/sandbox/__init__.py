"""Strangers' files are read in a process that may die: its parent's side, its own, and what passes between them."""
