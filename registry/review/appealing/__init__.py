"""Appeals: whoever sent a report that was declined asks others to look at the decision again, once."""
