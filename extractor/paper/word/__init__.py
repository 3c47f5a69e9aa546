"""Word files: package, styles, runs, automatic numbering; the formats from before 2007 by an outside program."""
