"""The border where YAML comes in: files that configure, read safely and told apart line by line.

Catalogs and mappings are written by people and may come from anywhere, so the reading is bounded
and nothing in a file can run, refer or expand. :func:`read_yaml` turns a file into plain data that
remembers its lines; :func:`load_model` turns plain data into a checked model, or tells every fault
with its path and line.
"""

from partnermcda.yamlfile.findings import Place, path_text
from partnermcda.yamlfile.models import IDENTIFIER, Fault, load_model
from partnermcda.yamlfile.reading import Document, read_yaml

__all__ = ["IDENTIFIER", "Document", "Fault", "Place", "load_model", "path_text", "read_yaml"]
