"""Documents that lie at an address: the guard before every connection, the download, and the copies that are kept."""
