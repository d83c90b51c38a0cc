"""The figures of overview, reports, open data and targets: facts, measures of them, and what they are told apart by.

One statement per fact, whatever the size. Whatever shows a figure asks here, so that page, file and API can't differ.
"""

from reports.queries.figures.measures import MEASURES, Fact, Measure, Time, What, measure
from reports.queries.figures.reading import FigureQuery, Figures, read_figures
from reports.queries.figures.sources import Dimension, dimensions_of, records_of, waiting_in

__all__ = [
    "MEASURES",
    "Dimension",
    "Fact",
    "FigureQuery",
    "Figures",
    "Measure",
    "Time",
    "What",
    "dimensions_of",
    "measure",
    "read_figures",
    "records_of",
    "waiting_in",
]
