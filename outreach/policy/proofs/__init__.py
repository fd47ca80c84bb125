"""What can be said of a policy without anybody's data: checked, proved, compared with another."""
