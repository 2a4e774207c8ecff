"""What a release holds, and what it changes for those who have an earlier one."""
