"""How words, names, times, dates and values are written, by people and by programs, in the languages of those who export."""
