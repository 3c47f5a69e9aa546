"""Speed and memory, measured on demand: nothing timed lives in tests/."""
