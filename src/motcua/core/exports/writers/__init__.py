"""One module for each format: `write(table, out)` gives the number of rows it wrote."""
