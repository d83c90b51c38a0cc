"""What the pages of reports are asked for, part by part."""
