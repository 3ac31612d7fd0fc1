"""Two worlds from one seed, one with sealed cases on top, and the same questions to both."""
