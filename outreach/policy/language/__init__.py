"""Policy files: what they may say, read, checked, with terms and parameters put in."""
