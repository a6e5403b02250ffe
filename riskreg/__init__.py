"""The register without its window: records, rules, storage, files in and out, reports, command line."""

__version__ = "0.1.0"
"""As in pyproject.toml, which is not shipped."""
