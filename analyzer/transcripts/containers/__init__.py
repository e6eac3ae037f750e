"""Files that hold their text inside themselves, opened within bounds: Word documents, PDFs; and kinds of files that hold none."""
