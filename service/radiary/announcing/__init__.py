"""What is told without being asked: the desktop, the service manager, a file for programs, one for Prometheus."""
