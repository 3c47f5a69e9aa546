"""A PDF becomes pages of glyph runs and rulings, whichever engine opens it; what is hidden says so."""
