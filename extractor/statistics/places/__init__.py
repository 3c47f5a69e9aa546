"""Places through time: what units there were, which one a printed name means on a day, and what merged into what."""
