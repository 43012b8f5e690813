"""The first page of an official document: who issued it, its number, date, kind and summary, who signed it."""

from prytany.intake.reading.page_one.page import page_of, read_page

__all__ = ["page_of", "read_page"]
