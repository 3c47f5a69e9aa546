"""One module a screen of the review app."""
