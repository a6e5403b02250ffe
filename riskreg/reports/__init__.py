"""Printed pages: a report is asked for by its name and made as a PDF."""

from __future__ import annotations

from riskreg.reports.writing import REPORTS as REPORTS
from riskreg.reports.writing import Paper as Paper
from riskreg.reports.writing import Span as Span
from riskreg.reports.writing import draw as draw
from riskreg.reports.writing import make as make
from riskreg.reports.writing import make_for as make_for
from riskreg.reports.writing import note as note
from riskreg.reports.writing import save as save
from riskreg.reports.writing import span as span
