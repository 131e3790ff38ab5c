"""What may be done in a review and what comes of it: without database, request or clock."""
