"""The pages that are measured, each with the hand-written SQL that brings the same rows."""

from tests.bench.measure import Page

PAGES: list[Page] = []
