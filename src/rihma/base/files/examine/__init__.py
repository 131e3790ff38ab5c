"""Programs that look into a file, each run as a process of its own; they import nothing of the rest."""
