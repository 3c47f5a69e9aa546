"""What is kept and judged: reports as received, the machine's reading, people's decisions and the proof of both."""
