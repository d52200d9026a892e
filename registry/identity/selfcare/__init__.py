"""What people do for their own account: password, address, and the letters about both."""
