"""Pictures of pages become pages of words, by two readers that vote; and the layer that makes a scan searchable."""
