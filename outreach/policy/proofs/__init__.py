"""What can be known of a policy without anybody's data: checked, proved, compared with another."""
