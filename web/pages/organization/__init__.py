"""Pages of organizations: joining the node, and what their administrators look after."""
