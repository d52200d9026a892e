"""Who may judge a report: nobody who has to do with those who told it, or whom it is about."""
