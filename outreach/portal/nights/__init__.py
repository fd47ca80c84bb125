"""Published nights, opened for reading, with the answers that came in since."""
