"""Tables: ruled, aligned without rulings, and in Markdown; and which rows are the header."""
