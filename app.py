"""The Streamlit entry: page set-up and navigation, nothing else."""
