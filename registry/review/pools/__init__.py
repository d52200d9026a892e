"""Which reviewer a report is given to: what they read and know, what they are spared, how much they hold."""
