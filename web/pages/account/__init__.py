"""Pages about oneself: who one is here, sessions, second factors."""
