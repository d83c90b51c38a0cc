"""The payment list of a batch as a paper: what stands in it, and how it is written as Excel and as PDF."""
