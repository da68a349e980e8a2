"""The report and its rules: cells, totals, checks, the document and its file.

Standard library only, and no Qt: whoever imports this package loads no third-party module.
"""

__version__ = "0.1.0"
