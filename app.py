"""The Streamlit entry: page set-up and navigation, nothing else."""

import streamlit as st

from extractor.ui import pages as screens

st.set_page_config(page_title="Số liệu", page_icon=str(screens.ICON), layout="wide")
st.navigation(screens.pages(), position="top").run()
