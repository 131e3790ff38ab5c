"""The register of organisations, for those who run programmes: find, add, edit, rename, end, merge, bring in."""
