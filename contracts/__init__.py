"""What is promised at each border: extracts in, facts between, published tables out. Data, no behaviour."""
