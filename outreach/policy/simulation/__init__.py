"""What if: a changed policy against the people of a published release."""
