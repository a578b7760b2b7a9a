"""What the councils run: software and devices found, what they are, and until when they are supported."""
