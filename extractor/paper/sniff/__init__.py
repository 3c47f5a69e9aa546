"""What a file is by its bytes: format, old encodings and fonts, and the sentences that refuse what is no report."""
