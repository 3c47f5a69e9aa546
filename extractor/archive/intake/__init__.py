"""A report comes into the store: made into rows, recognised as another copy, written in one transaction."""
