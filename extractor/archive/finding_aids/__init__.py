"""What an archive hands to other archives: cards in the columns that their programs import, and bags with all files."""
