"""What the process that servers are forked from loads, once for all tests."""

import PIL.Image  # noqa: F401
import streamlit.emojis
import streamlit.material_icon_names  # noqa: F401
from streamlit.web.server.starlette import starlette_app  # noqa: F401

from extractor.ui import page_images, serve  # noqa: F401

serve.warm()
