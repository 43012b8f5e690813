"""A second reader: a model behind an OpenAI-compatible address, asked beside the reader where an office set one up.

Off by default. It is given the text of a document and nothing else, never of a classified one, and what it says is held
to the words of that text.
"""
