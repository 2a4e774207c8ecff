"""PDFs by WeasyPrint, which is imported only in this folder."""
