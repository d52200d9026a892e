"""What is believed of providers, without pages."""
