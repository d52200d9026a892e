"""What people are told by letter about reports that they sent or look at: at once, once a day, or never."""
