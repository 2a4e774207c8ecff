"""What this machine has of all that the commands need, and how to get the rest."""
