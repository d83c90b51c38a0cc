"""Files of a report. They know columns, sections and signatures, and nothing of what the report is about."""
