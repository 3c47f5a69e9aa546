"""Commands that hand a store over to other programs of archives."""
