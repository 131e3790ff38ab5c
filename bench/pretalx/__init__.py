"""What runs inside the peer's own environment, by its own interpreter. Nothing here is imported by ours."""
