"""Other people's documents: read into reports, with every doubt named. Nothing is guessed."""
