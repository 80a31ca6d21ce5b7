"""How an archive's tables came about, one step a file in `versions/`; run by `twosource.archive.upgrades` alone."""
