"""Stand-ins for the outside world that speak the real wire formats. The product never imports them."""
