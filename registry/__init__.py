"""The life of a report, one folder a stage; see ARCHITECTURE.md for who may import whom."""
