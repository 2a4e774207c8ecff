"""The real programs that learners and shops use, asked what they make of our files."""
