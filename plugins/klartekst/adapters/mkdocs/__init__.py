"""MkDocs as the host: everything that knows it stands in this folder."""
