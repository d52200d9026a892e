"""Figures about review that anybody may read: counted from the trail, small ones kept back."""
