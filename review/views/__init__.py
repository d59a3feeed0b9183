"""What answers: one file for each part of the work. Each has a table ``PAGES``; ``review.routes`` collects them."""
