"""The Streamlit pages and the canvas component: they describe the screen and compute nothing."""
