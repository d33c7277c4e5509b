"""Filled Word forms (附件2) read cell by cell: .docx, .odt and the old .doc, several forms in one.

bytes → source (what file it is) → docx | odt | doc → paper (lines and grids)
      → walking (labels and what stands beside them) → grouping (one form after the other)
      → values (words as they would be typed, each with its source and what is doubtful)
"""
