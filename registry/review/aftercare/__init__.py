"""Caring for what is public: flags of anybody, and changes of a record that a second person decides on."""
