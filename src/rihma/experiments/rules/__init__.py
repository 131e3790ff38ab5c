"""What an experiment may do and what its numbers say. Pure: no database, no request, no clock."""
