"""REST v1 and what machines read: parse, call one service, render."""
