"""Forms of the organisation."""
