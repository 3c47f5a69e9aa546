"""People's decisions: work lists, corrections, votes, aliases, quality, and what can be learned."""
