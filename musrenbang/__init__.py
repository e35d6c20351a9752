import os

# openpyxl prefers lxml once it is installed, and then no longer reads strangers' files through defusedxml.
os.environ["OPENPYXL_LXML"] = "False"
