"""The app's start: streamlit run app.py."""

from kg.ui.main import main

main()
