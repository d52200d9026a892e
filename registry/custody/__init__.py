"""What is kept for people and organizations: stopping it, handing it on, giving it out, removing it."""
