"""From an unknown paper to a described one: propose a paper's file, and hold described papers to their stored pages."""
