"""What a store's decisions teach the reader: gold passages, a proposal that was tried, versions to go back to."""
