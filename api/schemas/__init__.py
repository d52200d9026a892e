"""What goes in and out, as marshmallow schemas: checked on the way in, documented both ways."""
