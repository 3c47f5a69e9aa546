"""Items become drafts of figures: names, values, periods, comparisons and what they belong to."""
