"""The register without its window: records, rules, storage, files in and out, reports, command line."""
